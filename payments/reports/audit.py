"""Report every money event of a programme for auditors: who, when, and the values before and after.

The events are the rows of the history tables of this app, which the database writes by itself and nobody can change.
A table belongs to a programme when a foreign key leads there; the table of a person's bank details is added by name
below, and tables about a person's private record are left out. They are read one after the other in the order of time,
so that memory stays flat however many there are.
"""

import datetime as dt
import heapq
from collections import Counter
from contextlib import suppress
from operator import itemgetter

from django.apps import apps
from django.db import models
from django.db.models import F, JSONField, OuterRef, Q, Subquery, Value
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from payments.bank_files.models.downloads import RunFileDownload
from payments.claims.models.claim import Claim
from payments.payees.models.bank import BankDetails
from payments.policy.models.kinds import Activity
from payments.recognition.models import RecognitionChoice
from payments.reports import periods
from payments.reports.report import MOMENT, NUMBER, Report, ReportColumn, Section
from payments.reports.who import Names
from people.models import Person
from programmes.models import Programme
from wellbeing.lib.crypto import EncryptedTextField
from wellbeing.lib.dates import short_date, time_of_day
from wellbeing.lib.money import pounds

CHUNK = 2000
UNSENT = Q(status=Claim.Status.DRAFT) | Q(status=Claim.Status.WITHDRAWN, submitted_at=None)
# The same in every row, or said better by the reference.
LEFT_OUT = {"id", "programme"}
# A person's choice before they claim is private; on a sent claim it is in the claim's events.
NOT_FOR_AUDIT = {RecognitionChoice}


def report(programme, period, today):
    """Report every money event of `programme` in `period` (a Period): counts by subject, then all events."""
    sources = _sources(programme, period)
    counted: Counter[tuple[str, str]] = Counter()
    return Report(
        title=_("Audit extract"),
        period=str(period),
        expected=lambda: sum(source.count() for source in sources),
        sections=[
            Section(
                _("Events by what they are about"),
                [
                    ReportColumn(_("About")),
                    ReportColumn(_("What happened")),
                    ReportColumn(_("Events"), NUMBER, summed=True),
                ],
                _counted(counted),
                worked_out_last=True,
            ),
            Section(
                _("Every event, oldest first"),
                [
                    ReportColumn(_("When"), MOMENT),
                    ReportColumn(_("Who")),
                    ReportColumn(_("About")),
                    ReportColumn(_("Reference")),
                    ReportColumn(_("What happened")),
                    ReportColumn(_("Before")),
                    ReportColumn(_("After")),
                ],
                _rows(sources, counted),
                only_in_spreadsheets=True,
            ),
        ],
        notes=_notes(),
    )


def _notes():
    return [
        _(
            "Claims, their lines, receipts and conversation; payment runs, payments and their documents; the policy;"
            " bank details; downloads and reports."
        ),
        _("Account names and numbers are not in it: of bank details it says who changed and confirmed them, and when."),
        _("Claims that have not been sent are not included. Only the person can see them."),
        _(
            "Who: the person who did it; “By a personal link” for somebody who answered a message without signing"
            " in; or the automatic work that did it."
        ),
        _("“Not recorded” means that a change was made before the history kept who made it."),
    ]


def tracked_models():
    """List the event models of this app's history that belong to a programme, each with its path to the programme."""
    tables = []
    for model in apps.get_models():
        tracked = getattr(model, "pgh_tracked_model", None)
        if tracked is not None and tracked._meta.app_label == "payments" and tracked not in NOT_FOR_AUDIT:
            path = _path_to_programme(tracked)
            if path:
                tables.append((model, path))
    return sorted(tables, key=lambda pair: pair[0]._meta.label)


def _path_to_programme(model):
    """Return the path of foreign keys in this app from `model` to its programme: "payment__run__programme", or ""."""
    waiting, seen = [(model, "")], {model}
    while waiting:
        here, path = waiting.pop(0)
        for field in here._meta.fields:
            target = field.related_model if field.many_to_one or field.one_to_one else None
            if target is Programme:
                return f"{path}{field.name}"
            if target is not None and target._meta.app_label == "payments" and target not in seen:
                seen.add(target)
                waiting.append((target, f"{path}{field.name}__"))
    return ""


def _sources(programme, period):
    start = timezone.make_aware(dt.datetime.combine(period.first, dt.time()))
    end = timezone.make_aware(dt.datetime.combine(period.last + dt.timedelta(days=1), dt.time()))
    sources: list[_Events | _Downloads] = [
        _Events(model, {path: programme}, start, end) for model, path in tracked_models()
    ]
    details = BankDetails.objects.of_programme(programme).values("pk")
    sources.append(_Events(apps.get_model("payments", "BankDetailsEvent"), {"pgh_obj__in": details}, start, end))
    sources.append(_Downloads(programme, start, end))
    return sources


def _counted(counted):
    # This section is read last: the events are counted while the other one is read.
    for (about, what), number in sorted(counted.items()):
        yield [about, what, number]


def _rows(sources, counted):
    names = Names()
    for when, _key, who, about, reference, what, before, after in heapq.merge(
        *(source.rows(names) for source in sources), key=itemgetter(0, 1)
    ):
        counted[about, what] += 1
        yield [when, who, about, reference, what, before, after]


class _Events:
    """The events of one history table in a stretch of time, for one programme."""

    def __init__(self, model, scope, start, end):
        self.model, self.tracked = model, model.pgh_tracked_model
        self.about = str(capfirst(self.tracked._meta.verbose_name))
        self.reference = _reference_of(self.tracked)
        self.fields = {
            field.attname: self.tracked._meta.get_field(field.name)
            for field in model._meta.fields
            if not field.name.startswith("pgh_")
            and field.name not in LEFT_OUT
            # The place of a file is of no use to an auditor: its fingerprint is.
            and not isinstance(field, models.FileField | EncryptedTextField)
        }
        # Of a row that has a reference auditors read that, not its number in the database.
        self.referring = {
            name: F(f"{field.name}__reference")
            for name, field in self.fields.items()
            if field.related_model is not None and _has_reference(field.related_model)
        }
        events = model.objects.filter(pgh_created_at__gte=start, pgh_created_at__lt=end, **scope)
        self.events = _without_unsent(events, self.tracked, next(iter(scope)))

    def count(self):
        return self.events.count()

    def rows(self, names):
        snapshot = JSONObject(**{name: F(name) for name in self.fields})
        # An object has few events: with a sum to sort by, Postgres looks among those, not back through all events.
        by_object = F("pgh_id") + 0
        earlier = self.model.objects.filter(pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__lt=OuterRef("pgh_id"))
        events = (
            self.events.annotate(
                now=snapshot,
                nothing=Value(""),
                was=Subquery(earlier.order_by(by_object.desc()).values(snapshot=snapshot)[:1]),
                metadata=F("pgh_context__metadata"),
                referred=JSONObject(**self.referring) if self.referring else Value(None, JSONField()),
            )
            .order_by("pgh_created_at", "pgh_id")
            .values_list("pgh_created_at", "pgh_id", self.reference, "metadata", "was", "now", "referred")
        )
        for when, key, reference, metadata, was, now, referred in events.iterator(chunk_size=CHUNK):
            changed = [name for name in self.fields if was is None or was[name] != now[name]]
            for name, text in (referred or {}).items():
                names.references[self.fields[name].related_model, now[name]] = text
            yield (
                when,
                (self.model._meta.label, key),
                names.of_context(metadata),
                self.about,
                self._reference(reference),
                self._what(was, now),
                self._words(changed, was, names) if was else "",
                self._words(changed, now, names),
            )
            names.references.clear()

    def _reference(self, value):
        if value is None:
            return ""
        return _("Policy, version %(number)s") % {"number": value} if self.reference.endswith("number") else str(value)

    def _what(self, was, now):
        if was is None:
            return _("Added")
        if "status" in now and was["status"] != now["status"]:
            return str(dict(self.fields["status"].flatchoices).get(now["status"], now["status"]))
        return _("Changed")

    def _words(self, changed, values, names):
        parts = []
        for name in changed:
            text = _in_words(self.fields[name], values[name], names)
            # A new row does not list its empty fields; a change lists a field that becomes empty.
            if text or len(changed) < len(self.fields):
                parts.append(f"{_label(self.fields[name])}: {text or '–'}")
        return "; ".join(parts)


class _Downloads:
    """The downloads of bank files of the programme. Their rows never change, so they have no history."""

    def __init__(self, programme, start, end):
        self.downloads = RunFileDownload.objects.filter(run__programme=programme, at__gte=start, at__lt=end)

    def count(self):
        return self.downloads.count()

    def rows(self, names):
        rows = self.downloads.order_by("at", "pk").values_list(
            "at", "pk", "by__full_name", "run__reference", "payments_count", "total_pence", "sha256"
        )
        for at, key, who, run, count, pence, sha256 in rows.iterator(chunk_size=CHUNK):
            after = _("payments in the file: %(n)s; total: %(total)s; fingerprint: %(sha256)s") % {
                "n": count,
                "total": pounds(pence),
                "sha256": sha256,
            }
            label = RunFileDownload._meta.label
            yield at, (label, key), who, _("Bank file"), run, _("Downloaded"), "", after


def _without_unsent(events, tracked, path):
    """Leave out of `events` those of claims only their owner sees, where the path to the programme has a claim."""
    unsent = Claim.objects.filter(UNSENT).values("pk")
    if tracked is Claim:
        return events.exclude(pgh_obj__in=unsent)
    steps = path.split("__")
    if "claim" in steps:
        return events.exclude(**{f"{'__'.join(steps[: steps.index('claim') + 1])}__in": unsent})
    return events


def _has_reference(model):
    return model._meta.app_label == "payments" and any(field.name == "reference" for field in model._meta.fields)


def _reference_of(model):
    """Return the path of the field that names the row of an event: its own reference, or that of a row above it.

    Of parts of the policy it is the number of their version; of a row without any, a path that holds nothing.
    """
    waiting, seen = [(model, "")], {model}
    while waiting:
        here, path = waiting.pop(0)
        names = {field.name for field in here._meta.fields}
        if field_name := next((name for name in ("reference", "number") if name in names), None):
            return f"{path}{field_name}"
        for field in here._meta.fields:
            target = field.related_model if field.many_to_one else None
            if target is not None and target._meta.app_label == "payments" and target not in seen:
                seen.add(target)
                waiting.append((target, f"{path}{field.name}__"))
    return "nothing"


def _label(field):
    """Name a field as an auditor reads it: amounts are written as pounds, whatever the database keeps."""
    return str(field.verbose_name).removesuffix(_(", in pence"))


def _in_words(field, value, names):
    """Write a value of the history's snapshot (from JSON) for an auditor; "" for nothing."""
    if value is None or value == "":
        return ""
    if field.many_to_one or field.one_to_one:
        return names.of_person(value) if field.related_model is Person else names.of_row(field.related_model, value)
    if field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    if field.name == "activity":
        return str(dict(Activity.choices).get(value, value))
    if field.name.endswith("_pence") and isinstance(value, int):
        return pounds(value)
    if isinstance(field, models.DateTimeField):
        at = dt.datetime.fromisoformat(value)
        return f"{short_date(at)}, {time_of_day(at)}"
    if isinstance(field, models.DateField):
        return short_date(dt.date.fromisoformat(value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        return ", ".join(_part(key, part) for key, part in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _part(key, value):
    """Write one part of a field that holds several: the period of a report as its name."""
    if key == "period":
        with suppress(ValueError):
            return str(periods.period(value))
    return str(value)
