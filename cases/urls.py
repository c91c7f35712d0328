"""Addresses of the case library."""

from django.urls import path

from cases import comparison_views, illustrations, views
from cases.editing.urls import urlpatterns as editing
from cases.keeping import saved_views, shelf_file_views, shelf_views
from cases.publishing import open_data_views
from cases.searching import tagged

app_name = "cases"
urlpatterns = [
    path("", views.case_list, name="list"),
    path("illustrating/<str:topic_id>/", illustrations.illustrating, name="illustrating"),
    path("compare/", comparison_views.comparison_page, name="compare"),
    path("searches/", saved_views.saved_searches, name="saved_searches"),
    path("searches/save/", saved_views.save_search, name="save_search"),
    path("searches/<int:pk>/", saved_views.saved_search, name="saved_search"),
    path("searches/<int:pk>/rename/", saved_views.rename_search, name="rename_search"),
    path("searches/<int:pk>/delete/", saved_views.delete_search, name="delete_search"),
    path("shelf/", shelf_views.shelf_page, name="shelf"),
    path("shelf/shelf.csv", shelf_file_views.shelf_file, {"kind": "csv"}, name="shelf_csv"),
    path("shelf/shelf.json", shelf_file_views.shelf_file, {"kind": "json"}, name="shelf_json"),
    path("shelf/<slug:slug>/put/", shelf_views.put_on_shelf, name="put_on_shelf"),
    path("shelf/<slug:slug>/take-off/", shelf_views.take_off_shelf, name="take_off_shelf"),
    path("shelf/<slug:slug>/put-back/", shelf_views.put_back, name="put_back"),
    path("shelf/<slug:slug>/move/", shelf_views.move, name="move"),
    path("shelf/<slug:slug>/note/", shelf_views.write_note, name="write_note"),
    path("data/", open_data_views.open_data_page, name="open_data"),
    *(
        path(f"data/{file.name}", open_data_views.library_file, {"kind": kind}, name=f"library_{kind}")
        for kind, file in open_data_views.FILES.items()
    ),
    path("data/case.schema.json", open_data_views.case_schema, name="case_schema"),
    path("tagged/<str:kind>/", tagged.tagged, name="tagged"),
    *editing,
    path("<slug:slug>/", views.case_page, name="case"),
    path("<slug:slug>/case.json", open_data_views.case_file, name="case_file"),
]
