"""Remove what is personal about somebody from everything we hold, but for records of accounts.

It is one transaction. Triggers that keep rows and histories as they were stand aside in it, and nowhere else
(`wellbeing.lib.triggers.guards_aside` is for migrations): the `Erasure` it makes is the record of that.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

import pgtrigger
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.accounts.models.users import User as Account
from people.directory.models import Person
from people.messages.models import Message
from people.privacy import hooks
from people.privacy.files import remove_from_files
from people.privacy.models import Complaint, Erasure, Look, PrivacyRequest
from people.privacy.sweeping import sweep
from people.privacy.taking_away import delete_rows, empty, empty_rows, history_rows
from people.privacy.values import values_of
from people.privacy.walking import Rows, everything_about
from wellbeing.lib.errors import ActionError
from wellbeing.lib.triggers import guards_of
from wellbeing.lib.types import PersonId
from wellbeing.whose_rows import DELETE

ASKED, IN_TIME = "asked", "in_time"


class ErasureError(ActionError):
    """Somebody cannot be removed as things stand."""


def what_to_settle(person: Person) -> list[str]:
    """Return what has to be settled before `person` can be removed, in sentences that say what to do."""
    sentences = [str(sentence) for ask in hooks.before_erasure_settle for sentence in ask(person)]
    if person.user is not None and person.user.is_superuser:
        sentences.insert(0, _("They are an administrator of this installation. Somebody else has to take this over."))
    if Complaint.objects.open().filter(person=person).exists():
        sentences.append(_("They have complained, and nobody has answered. Answer the complaint first."))
    return sentences


def remove(person: Person, *, by: Any, request: PrivacyRequest | None = None, because: str = ASKED) -> Erasure:
    """Remove `person`, and return the record of it. Called inside a transaction, by an action.

    Raises ErasureError with what has to be settled first. Locks the person.
    """
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if to_settle := what_to_settle(person):
        raise ErasureError(" ".join(to_settle))
    _call_off(person)
    for ready in hooks.before_erasure:
        ready(person)
    kept = [str(sentence) for say in hooks.kept_after_erasure for sentence in say(person)]
    until = max(filter(None, (ask(person) for ask in hooks.accounts_kept_until)), default=None)
    everything = list(everything_about(person, alone=True, accounts=False))
    values = values_of(person, everything)
    counts: Counter[str] = Counter()
    with pgtrigger.ignore(), transaction.atomic():
        for rows in everything:
            counts[rows.whose.at_erasure] += len(rows.pks)
            counts["history"] += len(rows.event_pks)
            _take_away(rows)
        _remove_account(person)
        _without_name(person, because)
        values.leave_to_others(person)
        counts["texts"] = sweep(values)
        files = remove_from_files(values)
        counts["files"] = files.made_anew
        for make_anew in hooks.after_erasure:
            make_anew(person, by)
    return Erasure.objects.create(
        person=person,
        request=request,
        because=because,
        reference=f"E-{secrets.token_hex(4).upper()}",
        counts=dict(counts),
        kept=kept,
        to_look_at=files.to_look_at,
        confirmed_by=by.person if by else None,
        last_kept_until=until,
    )


def _call_off(person: Person) -> None:
    """Take back what `person` asked for that is not done, and cancel what has not gone out to them.

    A worker that makes their copy, or is about to send them something, keeps nothing of it any more.
    """
    with pgtrigger.ignore(*guards_of(PrivacyRequest), *guards_of(Message)), transaction.atomic():
        PrivacyRequest.objects.open().filter(person=person).update(status=PrivacyRequest.Status.WITHDRAWN)
        under_way = Message.objects.filter(
            notice__person=person, status__in=[Message.Status.WAITING, Message.Status.SENDING]
        )
        under_way.update(status=Message.Status.CANCELLED, last_error="")


def forget(people: Collection[PersonId], labels: Iterable[str]) -> None:
    """Take away who looked at `people`, and what the histories of these models say of them.

    For people whose records are being deleted: nobody could ask for it afterwards. Called inside a transaction, by an
    action.
    """
    with pgtrigger.ignore(), transaction.atomic():
        Look.objects.filter(person__in=people).delete()
        for label in labels:
            rows = Rows(label)
            path = "pgh_obj" if label == "people.Person" else "person"
            past = rows.history._base_manager.filter(**{f"{path}__in": people})
            rows.event_pks = list(past.values_list("pk", flat=True))
            _take_away(rows)


def _take_away(rows: Rows) -> None:
    """Delete the rows of a model and their history, or take the texts of their personal fields away."""
    past = rows.history._base_manager.filter(pk__in=rows.event_pks) if rows.history else None
    if rows.label in {"people.Person", "people.User"}:
        if past is not None:
            empty(past, rows.label)
        return
    stored = rows.model._base_manager.filter(pk__in=rows.pks)
    act = delete_rows if rows.whose.at_erasure == DELETE else empty_rows
    act(stored, past)


def _remove_account(person: Person) -> None:
    """Delete the account with all that the sign-in library keeps for it: addresses, sessions, second steps."""
    account = Account.objects.filter(person=person).first()
    if account is None:
        return
    past = history_rows(Account._base_manager.filter(pk=account.pk))
    account.delete()
    if past is not None:
        past._raw_delete(past.db)


def _without_name(person: Person, because: str) -> None:
    name = _("Somebody who asked to be removed") if because == ASKED else _("Somebody who left")
    Person.objects.filter(pk=person.pk).update(
        user=None,
        full_name=name,
        known_as="",
        email="",
        shares_address=False,
        phone="",
        postal_address="",
        organisation=None,
        job_title="",
        channel=Person.Channel.EMAIL,
        second_channel="",
        call_time=Person.CallTime.ANY,
        letter_size=Person.LetterSize.STANDARD,
        about="",
        address_changed_at=timezone.now(),
    )
    person.refresh_from_db()
