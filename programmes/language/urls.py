"""Addresses of the agreed language."""

from django.urls import path

from . import views

urlpatterns = [
    path("programmes/<slug:slug>/language/", views.agreed_language, name="agreed_language"),
    path("programmes/<slug:slug>/language/hints/", views.words_hints, name="words_hints"),
    path("programmes/<slug:slug>/language/old-words/", views.old_words, name="old_words"),
    path("programmes/<slug:slug>/language/new/", views.agreed_term_new, name="agreed_term_new"),
    path("language/<int:pk>/edit/", views.agreed_term_edit, name="agreed_term_edit"),
]
