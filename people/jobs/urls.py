"""Addresses of long work."""

from django.urls import path

from . import views

urlpatterns = [
    path("jobs/<int:pk>/", views.job, name="job"),
    path("jobs/<int:pk>/try-again/", views.job_try_again, name="job_try_again"),
]
