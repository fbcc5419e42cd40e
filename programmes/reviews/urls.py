"""Addresses of 4Pi reviews."""

from django.urls import path

from .views import answering, results, rounds, setting

urlpatterns = [
    path("programmes/<slug:slug>/reviews/", rounds.reviews, name="reviews"),
    path("programmes/<slug:slug>/reviews/new/", rounds.review_new, name="review_new"),
    path("programmes/<slug:slug>/reviews/statements/", setting.review_statements, name="review_statements"),
    path("programmes/<slug:slug>/reviews/statements/own/", setting.review_statements_own, name="review_statements_own"),
    path("programmes/<slug:slug>/reviews/rule/", setting.review_rule, name="review_rule"),
    path("reviews/<int:pk>/", rounds.review_page, name="review"),
    path("reviews/<int:pk>/edit/", rounds.review_edit, name="review_edit"),
    path("reviews/<int:pk>/open/", rounds.review_open, name="review_open"),
    path("reviews/<int:pk>/ask-more/", rounds.review_ask_more, name="review_ask_more"),
    path("reviews/<int:pk>/longer/", rounds.review_longer, name="review_longer"),
    path("reviews/<int:pk>/close/", rounds.review_close, name="review_close"),
    path("reviews/<int:pk>/publish/", rounds.review_publish, name="review_publish"),
    path("reviews/<int:pk>/form/<str:side>/<slug:layout>/", answering.review_form, name="review_form"),
    path("reviews/<int:pk>/results/", results.review_results, name="review_results"),
    path("reviews/<int:pk>/results/pdf/<slug:layout>/", results.review_paper_ask, name="review_paper_ask"),
    path("reviews/<int:pk>/results/<slug:layout>.pdf", results.review_paper, name="review_paper"),
    path("reviews/<int:pk>/actions/new/", results.review_action, name="review_action"),
    path("reviews/asked/<int:pk>/", answering.review_answer_for, name="review_answer_for"),
    path("4pi/<str:key>/", answering.review_answer, name="review_answer"),
    path("4pi/<str:key>/done/", answering.review_answered, name="review_answered"),
]
