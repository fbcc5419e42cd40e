"""Addresses of the policy."""

from django.urls import path

from . import views

urlpatterns = [
    path("programmes/<slug:slug>/policy/", views.policy, name="policy"),
    path("programmes/<slug:slug>/policy/pdf/<slug:layout>/", views.policy_paper, name="policy_paper"),
    path("programmes/<slug:slug>/policy/draft/", views.policy_draft, name="policy_draft"),
    path("programmes/<slug:slug>/policy/draft/discard/", views.policy_discard, name="policy_discard"),
    path("programmes/<slug:slug>/closed-days/", views.closed_days, name="closed_days"),
    path("programmes/<slug:slug>/closed-days/<int:pk>/remove/", views.closed_day_remove, name="closed_day_remove"),
]
