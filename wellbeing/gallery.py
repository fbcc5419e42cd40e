"""The developers' gallery: every component and form field of the site in every state, on one page.

Open in development, tests and the demo; elsewhere there is no such page.
"""

import datetime as dt
from types import SimpleNamespace
from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from wellbeing.forms.choices import Checkboxes, Radios
from wellbeing.forms.dates import DayMonthYearField
from wellbeing.forms.fields import make_heading
from wellbeing.forms.money import PoundsField
from wellbeing.forms.times import TimeOfDayField

DAY = dt.date(2026, 5, 4)


class GalleryForm(forms.Form):
    """One field of every kind. Its words are examples, shown to developers only, and so not translated."""

    full_name = forms.CharField(
        label="Full name", help_text="As it is on your bank card.", widget=forms.TextInput({"autocomplete": "name"})
    )
    email = forms.EmailField(
        label="Email address", widget=forms.EmailInput({"autocomplete": "email", "spellcheck": "false"})
    )
    reply = forms.ChoiceField(
        label="Will you come?",
        choices=[("yes", "Yes, I will come"), ("no", "No, I cannot come"), ("unsure", "I am not sure yet")],
        widget=Radios(hints={"unsure": "You can tell us later. We will keep a place for you."}),
    )
    needs = forms.MultipleChoiceField(
        label="What do you need to take part?",
        help_text="Choose all that you want.",
        required=False,
        choices=[("step_free", "Step-free way in"), ("bsl", "BSL interpreter"), ("quiet", "A quiet room")],
        widget=Checkboxes(hints={"bsl": "Please tell us two weeks before."}),
    )
    travel = forms.ChoiceField(
        label="How did you travel?",
        choices=[("", "Choose one"), ("train", "Train"), ("bus", "Bus"), ("car", "Car")],
    )
    day = DayMonthYearField(
        label="When did you travel?",
        help_text="For example, 4 5 2026",
        earliest=dt.date(2026, 4, 6),
        latest=dt.date(2027, 4, 5),
    )
    start = TimeOfDayField(label="When did you set off?", help_text="For example, 10am or 2:30pm")
    fare = PoundsField(label="How much was your ticket?", min_pence=1, max_pence=50_000)
    ticket = forms.FileField(
        label="Photo or PDF of your ticket",
        help_text="Up to 15 MB.",
        required=False,
        widget=forms.FileInput({"accept": "image/*,.pdf"}),
    )
    note = forms.CharField(
        label="Anything else you want to tell us?", required=False, widget=forms.Textarea, max_length=40
    )
    declaration = forms.BooleanField(label="What I have written here is true")


class GalleryQuestion(forms.Form):
    """One question a page: its label is the page's heading."""

    reply = forms.ChoiceField(
        label="Will you come to the curry and co-production day?",
        help_text="Monday 4 May 2026, 10am to 4pm, Sample Hall, Leeds",
        choices=[("yes", "Yes, I will come"), ("no", "No, I cannot come"), ("unsure", "I am not sure yet")],
        widget=Radios,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        make_heading(self, "reply")


class GalleryFilters(forms.Form):
    """A search form as lists have it."""

    q = forms.CharField(label="Search", required=False, widget=forms.TextInput({"type": "search"}))
    status = forms.ChoiceField(
        label="Status", required=False, choices=[("", "All"), ("submitted", "Sent in"), ("paid", "Paid")]
    )
    programme = forms.ChoiceField(label="Programme", required=False, choices=[("", "All"), ("1", "Wellbeing Our Way")])


FILLED = {
    "full_name": "Ada Example",
    "email": "ada@example.org",
    "reply": "yes",
    "needs": ["bsl", "quiet"],
    "travel": "train",
    "day_day": "4",
    "day_month": "5",
    "day_year": "2026",
    "start": "8:15am",
    "fare": "23.40",
    "note": "The lift was out of order.",
    "declaration": "on",
}
WRONG = {
    "email": "ada at example",
    "day_day": "31",
    "day_month": "6",
    "day_year": "2026",
    "start": "10",
    "fare": "12,50",
    "note": "This is a very long answer which does not fit into the forty letters it may have.",
}

COLUMNS = [
    {"label": "Person", "sort": "person"},
    {"label": "Event"},
    {"label": "Status"},
    {"label": "Sent in", "sort": "submitted"},
    {"label": "Amount", "numeric": True, "sort": "amount"},
]
PEOPLE = [
    ("Ada Example", "Curry and co-production day", "Sent in", "waiting", "£73.40"),
    ("Bartholomew Fitzwilliam-Overlongname", "Community of practice workshop", "Approved", "good", "£50.00"),
    ("Cy Sample", "Steering group", "Returned", "attention", "£1,109.05"),
]


@require_safe
def gallery(request):
    """Show every component in every state; 404 in production.

    `?state=` filled, errors or question shows the form so.
    """
    if settings.PRODUCTION or not (settings.DEBUG or settings.TESTING or settings.DEMO_MODE):
        raise Http404
    state = request.GET.get("state", "")
    if state == "question":
        return render(request, "gallery_question.html", {"form": GalleryQuestion()})
    examples: dict[str, dict[str, Any]] = {"filled": FILLED, "errors": WRONG}
    form = GalleryForm(examples.get(state))
    return render(request, "gallery.html", {"form": form, "state": state, **_examples(request)})


@require_safe
def gallery_progress(request):
    """Report progress as a worker would, for the gallery's moving bar: always two thirds. 404 in production."""
    if settings.PRODUCTION or not (settings.DEBUG or settings.TESTING or settings.DEMO_MODE):
        raise Http404
    return JsonResponse({"done": 20, "total": 30, "state": "running", "message": "20 of 30 letters made"})


def _examples(request):
    pages = Paginator(range(300), 20)
    return {
        "tags": [
            ("Draft", "quiet"),
            ("Sent in", "waiting"),
            ("Paid", "good"),
            ("Needs an answer", "attention"),
            ("Payment failed", "bad"),
        ],
        "summary_rows": [
            {"label": "Event", "value": "Curry and co-production day", "url": "#"},
            {"label": "Your time", "value": "Half a day: £50.00"},
            {"label": "Train fare", "value": "£23.40\nReturn from Leeds", "url": "#"},
            {"label": "Note", "value": "", "url": "#", "action": "Add"},
        ],
        "columns": COLUMNS,
        "rows": [
            {
                "cells": [
                    {"text": name, "url": "#"},
                    {"text": event, "detail": "Monday 4 May 2026"},
                    {"tag": {"label": status, "tone": tone}},
                    {"text": "6 May 2026"},
                    {"text": amount},
                ]
            }
            for name, event, status, tone, amount in PEOPLE
        ],
        "totals": ["Total", "", "", "", "£1,232.45"],
        "filters": GalleryFilters(request.GET if "q" in request.GET else None),
        "exports": [
            {"label": "CSV file", "short": "CSV", "url": "#"},
            {"label": "Excel file", "short": "Excel", "url": "#"},
        ],
        "narrowed": SimpleNamespace(
            count=0, is_narrowed=True, form=GalleryFilters({"q": "nobody"}, auto_id="narrowed_%s")
        ),
        "empty": SimpleNamespace(
            count=0,
            is_narrowed=False,
            empty_title="Nobody is invited yet",
            empty_text="Choose who to invite, then send the invitations.",
            empty_url="#",
            empty_action="Choose people",
        ),
        "first_page": pages.page(1),
        "middle_page": pages.page(8),
        "last_page": pages.page(15),
        "bars": [
            {
                "label": "Workshops (X-01)",
                "url": "#",
                "text": "£1,200.00 left, of £4,000.00",
                "parts": [
                    {"tone": "paid", "x": 0, "width": 400},
                    {"tone": "approved", "x": 400, "width": 200},
                    {"tone": "committed", "x": 600, "width": 100},
                    {"tone": "forecast", "x": 700, "width": 150},
                ],
                "limit": 1000,
            },
            {
                "label": "Meetings",
                "text": "£50.00 over budget, of £100.00",
                "parts": [{"tone": "paid", "x": 0, "width": 1000}],
                "limit": 667,
            },
        ],
        "legend": [
            {"tone": "paid", "label": "Paid"},
            {"tone": "approved", "label": "Approved"},
            {"tone": "committed", "label": "Being checked"},
            {"tone": "forecast", "label": "Forecast"},
        ],
        "steps_waiting": [
            {"label": "We have your claim", "date": DAY, "state": "done"},
            {"label": "Being checked", "state": "current", "detail": "Jo Sample is looking at it."},
            {"label": "In a payment run", "state": "upcoming"},
            {"label": "Paid", "state": "upcoming"},
        ],
        "steps_problem": [
            {"label": "We have your claim", "date": DAY, "state": "done"},
            {
                "label": "We have a question",
                "date": DAY + dt.timedelta(days=2),
                "state": "problem",
                "detail": "The photo of your ticket is too dark to read. Can you send another?",
            },
            {"label": "Paid", "state": "upcoming"},
        ],
        "steps_done": [
            {"label": "We have your claim", "date": DAY, "state": "done"},
            {"label": "Approved", "date": DAY + dt.timedelta(days=1), "state": "done"},
            {"label": "In a payment run", "date": DAY + dt.timedelta(days=3), "state": "done"},
            {"label": "Paid", "date": DAY + dt.timedelta(days=8), "state": "done"},
        ],
        "work": [
            {
                "title": "Claims past their pay-by date",
                "detail": "Ada Example, Cy Sample",
                "url": "#",
                "count": 2,
                "due": DAY,
                "urgent": True,
            },
            {
                "title": "Claims to check",
                "detail": "The oldest came in on Monday 4 May 2026",
                "url": "#",
                "count": 14,
            },
            {"title": "Say who came to the community of practice workshop", "url": "#", "due": DAY},
        ],
        "cards": [
            {
                "title": "Curry and co-production day",
                "meta": "Monday 4 May 2026, 10am to 4pm",
                "text": "Sample Hall, Leeds, and online",
                "tag": {"label": "You are coming", "tone": "good"},
            },
            {"title": "Your money", "figure": "£73.40", "figure_label": "on its way"},
            {"title": "Waiting for you", "figure": "2", "text": "Replies to invitations"},
        ],
        "needs_list": ["BSL interpreter", "Large print, 18 point", "A break every 45 minutes"],
        "files": [
            {
                "name": "ticket-leeds-return.jpg",
                "url": "#",
                "size": 1_234_567,
                "detail": "sent 4 May 2026",
                "remove_url": "#",
            },
            {
                "name": "a-very-long-name-from-a-phone-that-says-everything-IMG_20260504_081522_HDR_COPY.heic",
                "url": "#",
                "size": 8_400_000,
                "tag": {"label": "Being checked", "tone": "waiting"},
            },
        ],
        "actions": [
            {"label": "Approve", "url": "#"},
            {"label": "Ask a question", "url": "#", "kind": "secondary"},
            {"label": "Decline", "url": "#", "kind": "warning"},
        ],
        "tabs": [{"label": "Replies", "url": "#", "current": True}, {"label": "Needs", "url": "#", "current": False}],
        "ticked_here": [1],
        "ticked_elsewhere": [7, 8],
        "crumbs": [{"label": "Home", "url": "#"}, {"label": "Claims", "url": "#"}],
        "next_steps": [
            "Jo Sample checks your claim.",
            format_html("We pay you by <strong>{}</strong>.", "Monday 18 May 2026"),
        ],
    }
