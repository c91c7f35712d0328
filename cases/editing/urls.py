"""Addresses of the editors' pages, below those of the library."""

from django.urls import path

from cases.editing import correction_views, desk_views, draft_views, file_views, version_views

case = "editing/cases/<slug:slug>/"
urlpatterns = [
    path("editing/", desk_views.desk, name="desk"),
    path("editing/editors/", desk_views.editor_list, name="editors"),
    path("editing/editors/<int:pk>/release/", desk_views.release_editor, name="release_editor"),
    path("editing/new/", draft_views.new_case, name="new"),
    path("editing/import/", file_views.import_cases, name="import"),
    path("editing/template.xlsx", file_views.spreadsheet_template, name="template"),
    path("editing/cases.zip", file_views.all_as_yaml, name="all_as_yaml"),
    path("editing/corrections/<int:pk>/", correction_views.correction, name="correction"),
    path(case, draft_views.edit_case, name="edit"),
    path(f"{case}changes/", version_views.changes, name="changes"),
    path(f"{case}history/", version_views.history, name="history"),
    path(f"{case}withdraw/", version_views.withdraw, name="withdraw"),
    path(f"{case}case.yaml", file_views.case_as_yaml, name="as_yaml"),
    path(f"{case}<int:number>/", version_views.version_page, name="version"),
    path(f"{case}<int:number>/restore/", version_views.restore, name="restore"),
    path(f"{case}<int:number>/set-aside/", version_views.set_aside, name="set_aside"),
    path("<slug:slug>/correction/", correction_views.suggest, name="suggest"),
]
