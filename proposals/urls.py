"""Addresses of the proposals pages."""

from django.urls import URLPattern, path, re_path

from proposals import deletion_views, pictures_views, precedents, views
from proposals.advising import views as advising_views
from proposals.building import views as building_views
from proposals.comparing import variant_views
from proposals.comparing import views as comparing_views
from proposals.exchange import export_views, import_views
from proposals.listing import views as listing_views
from proposals.sharing.urls import urlpatterns as sharing
from proposals.starting import inspiration_views, text_views
from proposals.starting import views as starting_views

app_name = "proposals"
urlpatterns: list[URLPattern] = [
    path("", listing_views.proposal_list, name="list"),
    path("archive/", listing_views.archive, name="archive"),
    path("put-back/", listing_views.put_back, name="put_back"),
    path("upload/", import_views.upload, name="upload"),
    path("export/", export_views.export, name="export"),
    path("new/", starting_views.start, name="start"),
    path("new/shelf/", inspiration_views.start_from_shelf, name="start_shelf"),
    path("new/text/", text_views.start_from_text, name="start_text"),
    path("inspire/<slug:slug>/<int:number>/", inspiration_views.inspire, name="inspire"),
    path("worked-example/", views.open_example, name="open_example"),
    path("deleted/", deletion_views.deleted_list, name="deleted"),
    path("<uuid:pk>/delete/", deletion_views.delete, name="delete"),
    path("<uuid:pk>/restore/", deletion_views.restore, name="restore"),
    path("<uuid:pk>/", views.proposal_page, name="proposal"),
    path("<uuid:pk>/draft/", building_views.draft_page, name="draft"),
    path("<uuid:pk>/draft/save/", building_views.save, name="save_draft"),
    path("<uuid:pk>/draft/pane/", advising_views.draft_pane, name="draft_pane"),
    path("<uuid:pk>/draft/scores/", advising_views.hide_scores, name="hide_scores"),
    path("<uuid:pk>/draft/presence/", building_views.presence, name="draft_presence"),
    path(
        "<uuid:pk>/draft/measures/<str:measure>/", building_views.draft_page, {"step": "measures"}, name="draft_measure"
    ),
    # The scorecard, which is kept for all who see it, names precedents relative to its page; here it stands in the last step.
    path(
        "<uuid:pk>/draft/advice/precedents/<slug:measure>/",
        precedents.precedents_page,
        name="precedents_in_the_builder",
    ),
    path("<uuid:pk>/draft/<slug:step>/", building_views.draft_page, name="draft_step"),
    path("<uuid:pk>/upload/", import_views.upload_revision, name="upload_revision"),
    path("<uuid:pk>/confidential/", views.confidential_parts, name="confidential"),
    path("<uuid:pk>/pictures/", pictures_views.pictures_page, name="pictures"),
    path("<uuid:pk>/precedents/<slug:measure>/", precedents.precedents_page, name="precedents"),
    path("<uuid:pk>/revisions/", views.revision_list, name="revisions"),
    path("<uuid:pk>/revisions/<int:number>/restore/", comparing_views.restore, name="restore_revision"),
    path("<uuid:pk>/compare/", comparing_views.compare_page, name="compare"),
    path("<uuid:pk>/variants/", variant_views.variants_page, name="variants"),
    path("<uuid:pk>/variants/new/", variant_views.new_variant, name="new_variant"),
    path("<uuid:pk>/revisions/<int:number>/", views.proposal_page, name="revision"),
    path("<uuid:pk>/revisions/<int:number>/pictures/", pictures_views.pictures_page, name="pictures_of_revision"),
    path(
        "<uuid:pk>/revisions/<int:number>/precedents/<slug:measure>/",
        precedents.precedents_page,
        name="precedents_of_revision",
    ),
    re_path(
        r"^(?P<pk>[0-9a-f-]{36})/revisions/(?P<number>[0-9]{1,9})/package\.(?P<kind>json|yaml)$",
        export_views.download,
        name="download",
    ),
    *sharing,
]
