"""Reviews in the admin, to look at. What was answered, and who is asked, is left out."""

from django.contrib import admin

from people.read_only_admin import ReadOnlyAdmin
from programmes.reviews.models import ReviewRound, ReviewRule, ReviewStatement


@admin.register(ReviewRound)
class ReviewRoundAdmin(ReadOnlyAdmin):
    list_display = ["title", "programme", "status", "opens_on", "closes_on"]
    list_filter = ["status", "programme"]
    search_fields = ["title"]
    list_select_related = ["programme"]


@admin.register(ReviewStatement)
class ReviewStatementAdmin(ReadOnlyAdmin):
    list_display = ["words", "staff_words", "section", "programme", "effective_from"]
    list_filter = ["section", "programme"]
    list_select_related = ["programme"]


@admin.register(ReviewRule)
class ReviewRuleAdmin(ReadOnlyAdmin):
    list_display = ["programme", "effective_from", "fewest", "low_mean", "open_days"]
    list_select_related = ["programme"]
