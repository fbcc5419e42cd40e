"""Kinds of things of this app that are kept for a time: people who left, unanswered additions, messages, looks."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

import pgtrigger
from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from people.directory.models import Person
from people.messages.models import Call, IncomingText, Message, Notice, NoticePart
from people.privacy import erasing, hooks
from people.privacy.hooks import RetentionKind
from people.privacy.models import CopyFile, Erasure, Look, PrivacyRule
from people.privacy.values import REMOVED
from people.privacy.walking import history_of
from wellbeing.lib.dates import short_date
from wellbeing.lib.stored_files import delete_after_commit


def _before(rule: PrivacyRule, on: dt.date) -> dt.date:
    """Return the day before which things have been kept long enough on the day `on`."""
    return on - rule.delta


def _people_who_left(rule: PrivacyRule, on: dt.date, key: int | None) -> Iterator[tuple[int, dt.date]]:
    """Yield people whose last role ended long ago, and who have done nothing here since.

    Those who took part without ever saying that it is them, such as people reached by post, are among them.
    """
    last = _before(rule, on)
    long_away = Q(user=None) | Q(user__last_login=None) | Q(user__last_login__date__lt=last)
    for person, since in _over(_people(key).filter(long_away, created_at__date__lt=last), last):
        if person.joined_at or _was_a_part(person):
            yield person.pk, since


def _over(people: Any, last: dt.date) -> Iterator[tuple[Person, dt.date]]:
    """Yield those of `people` who are a part of nothing, and were for the last time before the day `last`."""
    for person in people:
        since = _last_day_of(person)
        if since is not None and since < last:
            yield person, since


def _people(key: int | None) -> Any:
    gone = Erasure.objects.values("person")
    people = Person.objects.exclude(pk__in=gone).exclude(user__is_superuser=True).order_by("pk")
    return people if key is None else people.filter(pk=key)


def _last_day_of(person: Person) -> dt.date | None:
    """Return the last day on which `person` was a part of anything here; None while they are."""
    days = [ask(person) for ask in hooks.last_days]
    known = [day for day in days if day is not None]
    return None if len(known) < len(days) else max([*known, person.created_at.date()])


def _was_a_part(person: Person) -> bool:
    """Return whether `person`, who is a part of nothing today, ever was."""
    return any(day != dt.date.min for ask in hooks.last_days if (day := ask(person)))


def _unanswered(rule: PrivacyRule, on: dt.date, key: int | None) -> Iterator[tuple[int, dt.date]]:
    """Yield people whom a programme added and who never said that it is them, nor were a part of anything."""
    last = _before(rule, on)
    for person, since in _over(_people(key).filter(user=None, joined_at=None, created_at__date__lt=last), last):
        if not _was_a_part(person):
            yield person.pk, since


def _remove_person(pk: int) -> None:
    erasing.remove(Person.objects.get(pk=pk), by=None, because=erasing.IN_TIME)


def _named(people: Iterable[int]) -> dict[int, str]:
    return {person.pk: person.full_name for person in Person.objects.filter(pk__in=list(people))}


def _months_of_messages(rule: PrivacyRule, on: dt.date) -> Iterator[tuple[int, dt.date]]:
    """Yield the months whose messages have been kept long enough, as 202311 for November 2023."""
    last = _before(rule, on).replace(day=1)
    told = Notice.objects.filter(created_at__date__lt=last).exclude(text_body__in=["", REMOVED])
    texts = IncomingText.objects.filter(received_at__date__lt=last).exclude(words__in=["", REMOVED])
    for month in sorted({*told.dates("created_at", "month"), *texts.dates("received_at", "month")}):
        yield month.year * 100 + month.month, month


def _remove_messages(month: int) -> None:
    """Take the words of one month's notices away, of calls about them and of texts that came: when they were stays."""
    texts = IncomingText.objects.filter(received_at__year=month // 100, received_at__month=month % 100)
    rows = Notice.objects.filter(created_at__year=month // 100, created_at__month=month % 100)
    with pgtrigger.ignore(), transaction.atomic():
        rows.exclude(text_body__in=["", REMOVED]).update(
            subject=REMOVED, text_body=REMOVED, html_body="", short="", link=""
        )
        NoticePart.objects.filter(notice__in=rows).delete()
        texts.exclude(words__in=["", REMOVED]).update(words=REMOVED)
        for model, path, name in ((Message, "notice", "told_how"), (Call, "message__notice", "note")):
            about: Any = model._base_manager.filter(**{f"{path}__in": rows})
            for stored in (about, history_of(model)._base_manager.filter(pgh_obj__in=about.values("pk"))):
                stored.exclude(**{name: ""}).update(**{name: REMOVED})


def _months(keys: Iterable[int]) -> dict[int, str]:
    return {key: f"{dt.date(key // 100, key % 100, 1):%B %Y}" for key in keys}


def _days_of_looks(rule: PrivacyRule, on: dt.date) -> Iterator[tuple[int, dt.date]]:
    for month in Look.objects.filter(on__lt=_before(rule, on).replace(day=1)).dates("on", "month"):
        yield month.year * 100 + month.month, month


def _remove_looks(month: int) -> None:
    with pgtrigger.ignore(), transaction.atomic():
        Look.objects.filter(on__year=month // 100, on__month=month % 100).delete()


def _old_copies(rule: PrivacyRule, on: dt.date, key: int | None) -> Iterator[tuple[int, dt.date]]:
    made = CopyFile.objects.filter(made_at__date__lt=_before(rule, on))
    made = made if key is None else made.filter(request=key)
    for row in made.values("request").annotate(last=Max("made_at")):
        yield row["request"], row["last"].date()


def _remove_copy(request: int) -> None:
    for row in CopyFile.objects.filter(request=request):
        delete_after_commit(row.file)
        row.delete()


def _copies(keys: Iterable[int]) -> dict[int, str]:
    rows = CopyFile.objects.filter(request__in=list(keys)).select_related("request__person")
    return {row.request_id: f"{row.request.person}, {short_date(row.asked_at)}" for row in rows}


KINDS = (
    RetentionKind("left", _("People who left"), PrivacyRule.Kind.LEFT, _people_who_left, _remove_person, _named),
    RetentionKind(
        "unanswered",
        _("People who were added and never answered"),
        PrivacyRule.Kind.UNANSWERED,
        _unanswered,
        _remove_person,
        _named,
    ),
    RetentionKind(
        "messages",
        _("Words of messages"),
        PrivacyRule.Kind.MESSAGES,
        # A month is a row of neither table, and few months are due.
        lambda rule, on, _key: _months_of_messages(rule, on),
        _remove_messages,
        _months,
    ),
    RetentionKind(
        "looks",
        _("Who looked at what"),
        PrivacyRule.Kind.LOOKS,
        lambda rule, on, _key: _days_of_looks(rule, on),
        _remove_looks,
        _months,
    ),
    RetentionKind("copies", _("Copies for people"), PrivacyRule.Kind.COPY_KEPT, _old_copies, _remove_copy, _copies),
)
