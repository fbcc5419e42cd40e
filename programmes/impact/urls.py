"""Addresses of impact."""

from django.urls import path

from .views import reading, writing

urlpatterns = [
    path("programmes/<slug:slug>/impact/", reading.impact, name="impact"),
    path("programmes/<slug:slug>/impact/public/", reading.impact_public, name="impact_public"),
    path("programmes/<slug:slug>/impact/earlier/", reading.impact_earlier, name="impact_earlier"),
    path("programmes/<slug:slug>/impact/papers/", reading.impact_papers, name="impact_papers"),
    path("programmes/<slug:slug>/impact/share/", reading.impact_share, name="impact_share"),
    path("programmes/<slug:slug>/impact/stop-sharing/", reading.impact_stop_sharing, name="impact_stop_sharing"),
    path("programmes/<slug:slug>/impact/vision/", writing.vision_edit, name="vision_edit"),
    path("programmes/<slug:slug>/impact/aims/new/", writing.aim_new, name="aim_new"),
    path("programmes/<slug:slug>/impact/activities/new/", writing.activity_new, name="activity_new"),
    path("programmes/<slug:slug>/impact/changes/new/", writing.change_new, name="change_new"),
    path("impact/papers/<int:pk>/", reading.impact_paper, name="impact_paper"),
    path("impact/aims/<int:pk>/replace/", writing.aim_replace, name="aim_replace"),
    path("impact/aims/<int:pk>/end/", writing.aim_end, name="aim_end"),
    path("impact/aims/<int:pk>/up/", writing.aim_up, name="aim_up"),
    path("impact/activities/<int:pk>/", writing.activity_edit, name="activity_edit"),
    path("impact/changes/<int:pk>/", writing.change_edit, name="change_edit"),
]
