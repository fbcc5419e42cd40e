"""Addresses of papers of events."""

from django.urls import path

from .views import attached, meeting_papers

urlpatterns = [
    path("meetings/<int:pk>/papers/", meeting_papers.meeting_papers, name="meeting_papers"),
    path("meetings/<int:pk>/papers/<int:paper_pk>/", meeting_papers.meeting_paper, name="meeting_paper"),
    path("events/<int:pk>/papers/", attached.attached_papers, name="attached_papers"),
    path("events/<int:pk>/papers/new/", attached.attached_new, name="attached_new"),
    path("meetings/<int:pk>/papers/made/", meeting_papers.meeting_made, name="meeting_made"),
    path("events/<int:pk>/papers/made/<int:made_pk>/remove/", attached.made_remove, name="made_remove"),
    path("events/<int:pk>/papers/<int:paper_pk>/", attached.attached_paper, name="attached_paper"),
    path("events/<int:pk>/papers/<int:paper_pk>/edit/", attached.attached_edit, name="attached_edit"),
    path("events/<int:pk>/papers/<int:paper_pk>/withdraw/", attached.attached_withdraw, name="attached_withdraw"),
    path("events/<int:pk>/papers/<int:paper_pk>/made/", attached.attached_made, name="attached_made"),
    path("events/<int:pk>/papers/<int:paper_pk>/copies/new/", attached.copy_new, name="paper_copy_new"),
    path("events/<int:pk>/papers/<int:paper_pk>/copies/<int:copy_pk>/", attached.copy, name="paper_copy"),
    path(
        "events/<int:pk>/papers/<int:paper_pk>/copies/<int:copy_pk>/withdraw/",
        attached.copy_withdraw,
        name="paper_copy_withdraw",
    ),
]
