"""Addresses of importing people."""

from django.urls import path

from .views import imports, rows

_IMPORT = "programmes/<slug:slug>/people/import/<int:pk>/"

urlpatterns = [
    path("programmes/<slug:slug>/people/import/", imports.people_imports, name="people_imports"),
    path(_IMPORT, imports.people_import, name="people_import"),
    path(f"{_IMPORT}columns/", imports.people_import_columns, name="people_import_columns"),
    path(f"{_IMPORT}reading/", imports.people_import_reading, name="people_import_reading"),
    path(f"{_IMPORT}rows-to-put-right.csv", imports.people_import_bad_rows, {"kind": "csv"}, name="people_import_csv"),
    path(
        f"{_IMPORT}rows-to-put-right.xlsx", imports.people_import_bad_rows, {"kind": "xlsx"}, name="people_import_xlsx"
    ),
    path(f"{_IMPORT}leave-out/", imports.people_import_leave_out, name="people_import_leave_out"),
    path(f"{_IMPORT}bring-in/", imports.people_import_bring_in, name="people_import_bring_in"),
    path(f"{_IMPORT}welcome/", imports.people_import_welcome, name="people_import_welcome"),
    path(f"{_IMPORT}undo/", imports.people_import_undo, name="people_import_undo"),
    path(f"{_IMPORT}discard/", imports.people_import_discard, name="people_import_discard"),
    path(f"{_IMPORT}rows/<int:row_pk>/", rows.people_import_row, name="people_import_row"),
    path(f"{_IMPORT}rows/<int:row_pk>/answer/", rows.people_import_row_answer, name="people_import_row_answer"),
]
