"""Addresses of publishing a version of the policy."""

from django.urls import path

from . import views

urlpatterns = [
    path("programmes/<slug:slug>/policy/draft/publish/", views.policy_publish, name="policy_publish"),
    path("programmes/<slug:slug>/policy/versions/<int:number>/", views.policy_published, name="policy_published"),
]
