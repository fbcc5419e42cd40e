"""Addresses of who takes part."""

from django.urls import path

from .views import profile, reports

urlpatterns = [
    path("programmes/<slug:slug>/who-takes-part/", reports.participation, name="participation"),
    path(
        "programmes/<slug:slug>/who-takes-part/<int:number>/make/",
        reports.participation_make,
        name="participation_make",
    ),
    path("programmes/<slug:slug>/area/", profile.area_profile, name="area_profile"),
    path("programmes/<slug:slug>/area/file/", profile.area_profile_import, name="area_profile_import"),
    path("programmes/<slug:slug>/area/questions/<slug:question>/", profile.area_profile_edit, name="area_profile_edit"),
    path("who-takes-part/<int:pk>/", reports.participation_report, name="participation_report"),
    path("who-takes-part/<int:pk>/<slug:layout>.pdf", reports.participation_paper, name="participation_paper"),
]
