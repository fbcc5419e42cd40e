"""Addresses of a person's own record."""

from django.urls import path

from . import views

urlpatterns = [
    path("you/recognition/<slug:slug>/", views.your_recognition, name="your_recognition"),
    path("you/record/", views.your_record, name="your_record"),
    path("you/record/limit/", views.your_limit, name="your_limit"),
    path("you/letters/", views.your_letters, name="your_letters"),
    path("you/letters/<int:pk>/", views.your_letter, name="your_letter"),
    path("money-and-benefits/", views.money_and_benefits, name="money_and_benefits"),
]
