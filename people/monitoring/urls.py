"""Addresses of questions about fairness."""

from django.urls import path

from . import views

urlpatterns = [
    path("you/fairness/", views.monitoring, name="monitoring"),
    path("you/fairness/not-now/", views.monitoring_not_now, name="monitoring_not_now"),
    path("you/fairness/take-back/", views.monitoring_take_back, name="monitoring_take_back_all"),
    path("you/fairness/questions/<slug:about>/", views.monitoring_question, name="monitoring_question"),
    path("you/fairness/questions/<slug:about>/take-back/", views.monitoring_take_back, name="monitoring_take_back"),
]
