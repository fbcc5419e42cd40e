"""The page "What we hold about you", as an object: what is held, who looked, what was asked, who decides."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people import registry
from people.directory.models import Person
from people.jobs.models import Job
from people.privacy import hooks, making, rules
from people.privacy.models import Complaint, EmergencyLook, Look, PrivacyRequest, PrivacyRule
from people.privacy.walking import rows_of
from wellbeing.lib.dates import short_date
from wellbeing.whose_rows import WHOSE_ROWS, kind_of_rows

LOOKS_SHOWN = 50
TITLES = {
    "who": gettext_lazy("Who you are, how to reach you, and who supports you"),
    "account": gettext_lazy("Your account, where you are signed in, and what you typed and did not send"),
    "fairness": gettext_lazy("What you said about yourself, for fairness"),
    "needs": gettext_lazy("What you need to take part, and how far it was met"),
    "roles": gettext_lazy("Your part in programmes and groups"),
    "events": gettext_lazy("Events you were invited to, and days you came"),
    "words": gettext_lazy("What you said: in decisions, reviews, and what we heard"),
    "messages": gettext_lazy("What we told you, and what you texted us"),
    "money": gettext_lazy("Your claims, receipts and payments"),
    "bank": gettext_lazy("Your bank details, and how you are paid"),
    "data": gettext_lazy("What you asked about your data, and who looked"),
}


@dataclass(frozen=True)
class Kept:
    """One kind of thing we hold: what it is, how many, and for how long."""

    title: str
    number: int
    how_long: str


class WhatWeHold:
    """Return the parts that the page shows to `person`."""

    def __init__(self, person: Person) -> None:
        self.person = person

    @cached_property
    def kinds(self) -> list[Kept]:
        """Return what we hold, kind by kind, with its number: kinds of which there is nothing are left out."""
        numbers: Counter[str] = Counter()
        for label, whose in WHOSE_ROWS.items():
            if whose.paths or whose.found_by:
                numbers[kind_of_rows(label)] += rows_of(label, self.person).count()
        return [
            Kept(str(title), numbers[kind], self._how_long(kind)) for kind, title in TITLES.items() if numbers[kind]
        ]

    @property
    def kind_columns(self) -> list[dict[str, Any]]:
        return [{"label": _("What")}, {"label": _("How many"), "numeric": True}, {"label": _("How long")}]

    @property
    def kind_rows(self) -> list[dict[str, Any]]:
        return [
            {"cells": [{"text": kind.title}, {"text": kind.number}, {"text": kind.how_long}]} for kind in self.kinds
        ]

    def _how_long(self, kind: str) -> str:
        if kind == "money":
            return _("%(length)s after the end of their financial year") % {"length": self._length("accounts")}
        if kind == "messages":
            return self._length("messages")
        return _("%(length)s after your last role ends, or until you ask us to remove it") % {
            "length": self._length("left")
        }

    @cached_property
    def _rules(self) -> dict[str, PrivacyRule]:
        today = timezone.localdate()
        rows = PrivacyRule.objects.filter(effective_from__lte=today).order_by("effective_from")
        return {row.kind: row for row in rows}

    def _length(self, kind: str) -> str:
        return self._rules[kind].length

    @cached_property
    def looks(self) -> list[dict[str, Any]]:
        """Return who looked, by role and day, newest first: rows of a table."""
        rows = (
            Look.objects.filter(person=self.person)
            .values("on", "role", "kind")
            .annotate(number=Count("reader", distinct=True))
            .order_by("-on", "role", "kind")[:LOOKS_SHOWN]
        )
        return [
            {
                "cells": [
                    {"text": short_date(row["on"])},
                    {"text": str(row["role"]) or _("A colleague")},
                    {"text": Look.Kind(row["kind"]).label},
                    {"text": row["number"]},
                ]
            }
            for row in rows
        ]

    @property
    def looks_kept(self) -> str:
        """Return for how long it is kept who looked."""
        return self._length("looks")

    @property
    def look_columns(self) -> list[dict[str, Any]]:
        return [
            {"label": _("Day")},
            {"label": _("In the role of")},
            {"label": _("What they read")},
            {"label": _("How many people"), "numeric": True},
        ]

    @cached_property
    def emergencies(self) -> list[EmergencyLook]:
        """Return when somebody opened the reader's needs in an emergency, and why."""
        return list(EmergencyLook.objects.filter(person=self.person).select_related("reader")[:LOOKS_SHOWN])

    @cached_property
    def requests(self) -> list[PrivacyRequest]:
        return list(PrivacyRequest.objects.filter(person=self.person).prefetch_related("files")[:20])

    @property
    def newest_copy(self) -> PrivacyRequest | None:
        """Return the newest request for a copy whose files are there."""
        return next((one for one in self.requests if one.kind == "copy" and self.files_of(one)), None)

    @staticmethod
    def files_of(request: PrivacyRequest) -> list[Any]:
        return [one for one in request.files.all() if one.is_made]

    @cached_property
    def files(self) -> list[dict[str, Any]]:
        """Return the files of the newest copy, with where to download each."""
        copy = self.newest_copy
        if copy is None:
            return []
        return [
            {
                "label": one.get_format_display(),
                "url": reverse("copy_file", args=[copy.pk, one.format]),
                "size": one.size,
            }
            for one in self.files_of(copy)
        ]

    @cached_property
    def copy_until(self) -> Any:
        copy = self.newest_copy
        made = [one.made_at for one in self.files_of(copy)] if copy else []
        return max(made).date() + self._rules["copy_kept"].delta if made else None

    @cached_property
    def job(self) -> Job | None:
        """Return the work on the newest copy while it is not done."""
        keys = [one.pk for one in self.requests if one.kind == "copy" and one.is_open]
        return Job.objects.filter(kind=making.COPY_JOB, subject_id__in=keys).order_by("-pk").first() if keys else None

    @property
    def erasure_asked(self) -> PrivacyRequest | None:
        return next((one for one in self.requests if one.kind == "erasure" and one.is_open), None)

    @cached_property
    def complaints(self) -> list[Complaint]:
        return list(Complaint.objects.filter(person=self.person).select_related("acknowledged_by", "answered_by"))

    @cached_property
    def controllers(self) -> list[registry.Voice]:
        """Return who decides how the reader's data is used."""
        return [voice for ask in hooks.controllers for voice in ask(self.person)]

    @property
    def acknowledge(self) -> str:
        return rules.time_for(PrivacyRule.Kind.ACKNOWLEDGE).length
