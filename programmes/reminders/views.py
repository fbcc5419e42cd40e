"""Show when people of a programme are reminded, change it, and list who was reminded of what."""

from functools import partial
from typing import Any

import django_filters
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from people.messages.page import tag
from programmes import registry
from programmes.programme import rules as programme_rules
from programmes.programme.guards import programme_or_404
from programmes.reminders import actions, queries
from programmes.reminders.forms import ReminderRuleForm
from programmes.reminders.models import Reminder, ReminderRule
from programmes.reminders.wording import (
    planned_in_words,
    reminders_of_in_words,
    rule_in_words,
    set_in_words,
    title_of,
)
from wellbeing.lib.dates import long_date, today
from wellbeing.lib.form_pages import attempt, form_page, posted, read_page
from wellbeing.lib.spreadsheets import DATE
from wellbeing.lib.tables import Column, Listing

# Words for those who hear the links of a page one by one: where a link leads.
LINK = '<a class="govuk-link" href="{}">{}<span class="govuk-visually-hidden">: {}</span></a>'


def _programme(request, slug):
    """Return the programme at this address; 404 for strangers, 403 for people who do not manage it."""
    programme = programme_or_404(request, slug)
    programme_rules.can_manage_programme(request.user, programme).insist(PermissionDenied)
    return programme


@read_page
def reminders(request, slug):
    """Show each subject: when people are reminded, since when, and how many would be reminded now."""
    programme = _programme(request, slug)
    on = today()
    due = queries.people_to_remind(programme, on)
    rules = ReminderRule.objects.effective_on([programme.pk], on)
    changes = list(queries.rules_of(programme))
    set_by = {rule.pk: set_in_words(rule) for rule in changes}
    planned = {rule.pk for rule in queries.planned(programme, on)}
    context = {
        "programme": programme,
        "columns": [
            {"label": _("What people are reminded of")},
            {"label": _("When")},
            {"label": _("Set by")},
            {"label": _("If sent now")},
            {"label": _("Change"), "hidden": True},
        ],
        "rows": [
            _row(programme, subject, rules.get((programme.pk, subject.key)), set_by, len(due.get(subject.key, ())))
            for subject in registry.subjects_in_order()
        ],
        "people": len(set().union(*due.values())),
        "change_columns": [{"label": label} for label in (_("Reminders of"), _("When"), _("From"), _("Set by"))],
        "changes": [_change(rule, planned) for rule in changes],
        "has_planned": bool(planned),
        "written": Reminder.objects.filter(programme=programme).count(),
    }
    return render(request, "programmes/reminders/reminders.html", context)


def _row(programme, subject, rule, set_by, number):
    """Return a row of the table of subjects: its rule of today, or where another page sets it."""
    elsewhere = subject.elsewhere(programme) if subject.elsewhere else None
    people = ngettext("%(number)s person", "%(number)s people", number) % {"number": number}
    if elsewhere:
        words, by, label, url = elsewhere.words, elsewhere.by, elsewhere.label, elsewhere.url
    else:
        words, by = rule_in_words(rule, subject.due), (set_by.get(rule.pk) or set_in_words(rule)) if rule else ""
        label, url = _("Change"), reverse("reminder_rule", args=[programme.slug, subject.key])
    return {
        "cells": [
            {"text": subject.title, "detail": subject.detail},
            {"text": words},
            {"text": by},
            {"text": people if number else _("Nobody")},
            {"html": format_html(LINK, url, label, subject.title)},
        ]
    }


def _change(rule, planned):
    """Return a row of the table of changes. `planned` are the keys of the rules that will start."""
    subject = registry.reminder_subjects.get(rule.subject)
    tags = []
    if rule.pk in planned:
        tags = [{"label": _("Planned"), "tone": "waiting"}]
    elif rule.effective_from > today():
        tags = [{"label": _("Replaced"), "tone": "quiet"}]
    return {
        "cells": [
            {"text": title_of(rule.subject)},
            {"text": rule_in_words(rule, subject.due if subject else "")},
            {"text": long_date(rule.effective_from), "tags": tags},
            {"text": set_in_words(rule)},
        ]
    }


@form_page
def reminder_rule(request, slug, subject):
    """Set when people are reminded of one subject."""
    programme = _programme(request, slug)
    known = registry.reminder_subjects.get(subject)
    if known is None or known.elsewhere:
        raise Http404
    current = ReminderRule.objects.effective_on([programme.pk], today()).get((programme.pk, subject))
    initial: dict[str, Any] = {"effective_from": today()}
    if current:
        fields = ("days", "when", "again_after", "at_most")
        initial |= {"is_on": "yes" if current.is_on else "no", **{name: getattr(current, name) for name in fields}}
    form = ReminderRuleForm(posted(request), subject=known, initial=initial)
    act = partial(actions.set_rule, programme=programme, subject=subject, by=request.user)
    if done := attempt(form, lambda: act(**form.cleaned_data), edits=current or programme):
        words = _("Saved. This starts on %(day)s.") % {"day": long_date(done.result.effective_from)}
        messages.success(request, words)
        return redirect("reminders", slug)
    context = {
        "programme": programme,
        "form": form,
        "title": reminders_of_in_words(known),
        "caption": programme.name,
        "lead": known.detail,
        "planned": [planned_in_words(rule, known.due) for rule in queries.planned(programme, today(), subject)],
        "back_url": reverse("reminders", args=[slug]),
    }
    return render(request, "programmes/reminders/rule.html", context)


class ReminderFilter(django_filters.FilterSet):
    """Filters reminders by what they were about."""

    subject = django_filters.ChoiceFilter(
        choices=lambda: [(subject.key, subject.title) for subject in registry.subjects_in_order()],
        label=gettext_lazy("About"),
        empty_label=gettext_lazy("Anything"),
    )

    class Meta:
        model = Reminder
        fields = ["subject"]


@read_page
def reminders_written(request, slug):
    """List each time somebody was reminded of something, and how far the message has come."""
    programme = _programme(request, slug)
    listing = Listing(
        request,
        queries.reminders_of(programme),
        columns=[
            Column("person", _("Name"), value="person.full_name", sort="person__sort_key", link=_message, shape="code"),
            Column("subject", _("About"), value=lambda row: title_of(row.subject), sort="subject", shape="code"),
            Column("words", _("What the reminder says")),
            Column("number", _("Reminder number"), numeric=True, sort="number"),
            Column("on", _("Day"), kind=DATE, sort="on"),
            Column(
                "state",
                _("Message"),
                value=lambda row: row.notice.latest.status_in_words,
                tag=lambda row: tag(row.notice.latest),
            ),
        ],
        name="reminders",
        caption=_("Reminders"),
        search=["person__search_key"],
        search_label=_("Search people"),
        filters=ReminderFilter,
        default_sort="-on",
        empty_title=_("Nobody has been reminded yet"),
        empty_text=_("Each reminder is listed here on the day it is written."),
    )
    if listing.wants_export:
        return listing.export()
    return render(request, "programmes/reminders/written.html", {"programme": programme, "listing": listing})


def _message(row):
    return reverse("message", args=[row.notice.latest.pk])
