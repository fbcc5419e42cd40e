"""Fetch the review a page is about, or refuse the reader."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from programmes.programme.guards import programme_or_404
from programmes.reviews.models import ReviewAsked, ReviewRound
from programmes.reviews.rules import can_run_reviews, is_inside


def review_or_404(request, pk):
    """Return the review at this address, for those who may know of it; others get 404."""
    reviews = ReviewRound.objects.visible_to(request.user).select_related("programme", "rule", "made_by")
    review = get_object_or_404(reviews, pk=pk)
    request.programme = review.programme
    return review


def inside_review(request, pk):
    """Return the review for programme staff, the steering group and administrators; others who see it get 403."""
    review = review_or_404(request, pk)
    if not is_inside(request.user, review.programme):
        raise PermissionDenied
    return review


def run_review(request, pk):
    """Return the review for those who run it; others who see it get 403."""
    review = review_or_404(request, pk)
    can_run_reviews(request.user, review.programme).insist(PermissionDenied)
    return review


def asked_of_run_review(request, pk):
    """Return what one person is asked, for those who run the review; 404 for whoever does not know of it."""
    rows = ReviewAsked.objects.filter(round__in=ReviewRound.objects.visible_to(request.user))
    asked = get_object_or_404(rows.select_related("round__programme", "round__rule", "person"), pk=pk)
    request.programme = asked.round.programme
    can_run_reviews(request.user, asked.round.programme).insist(PermissionDenied)
    return asked


def run_programme(request, slug):
    """Return the programme for those who run its reviews; others with a role in it get 403."""
    programme = programme_or_404(request, slug)
    can_run_reviews(request.user, programme).insist(PermissionDenied)
    return programme
