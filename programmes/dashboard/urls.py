"""Addresses of the dashboard."""

from django.urls import path

from .views import pages

urlpatterns = [
    path("programmes/<slug:slug>/dashboard/", pages.dashboard, name="dashboard"),
    path("programmes/<slug:slug>/dashboard/actions/", pages.board_actions, name="board_actions"),
    path("programmes/<slug:slug>/dashboard/papers/", pages.board_papers, name="board_papers"),
    path("board-papers/<int:pk>/", pages.board_paper, name="board_paper"),
]
