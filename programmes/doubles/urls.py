"""Addresses of records that may be one person."""

from django.urls import path

from .views import answers, records

_TWO = "programmes/<slug:slug>/people/doubles/<int:one_pk>/<int:other_pk>/"

urlpatterns = [
    path("programmes/<slug:slug>/people/doubles/", records.doubles, name="doubles"),
    path("programmes/<slug:slug>/people/doubles/look/", records.doubles_look, name="doubles_look"),
    path(_TWO, records.double, name="double"),
    path(f"{_TWO}ask/", records.double_ask, name="double_ask"),
    path(f"{_TWO}apart/", records.double_apart, name="double_apart"),
    path("programmes/<slug:slug>/people/<int:person_pk>/double/", records.double_of, name="double_of"),
    path("programmes/<slug:slug>/people/merges/<int:pk>/", records.merge, name="merge"),
    path("programmes/<slug:slug>/people/merges/<int:pk>/undo/", records.merge_undo, name="merge_undo"),
    path("programmes/<slug:slug>/people/merges/<int:pk>/withdraw/", records.merge_withdraw, name="merge_withdraw"),
    path("your-records/<int:pk>/", answers.merge_answer, name="merge_answer"),
]
