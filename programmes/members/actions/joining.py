"""Add somebody as they were typed, ask at their address whether it is them, and put two records together."""

import datetime as dt
import secrets
from collections.abc import Iterable
from typing import Any

from allauth.core.internal.cryptokit import compare_user_code
from django.utils import timezone
from django.utils.translation import gettext as _

from people.accounts import sharing
from people.accounts.actions import accounts
from people.directory import actions as person_actions
from people.messages import emails as message_emails
from people.messages import telling
from people.messages.drafts import Draft
from people.models import Person
from programmes.members import hooks, queries
from programmes.programme import news
from programmes.programme import queries as programme_queries
from programmes.programme import rules as programme_rules
from programmes.programme.end_dates import last_day_of
from programmes.programme.models.groups import Term
from programmes.programme.models.joining import Appointment, Joining
from programmes.programme.models.programmes import Membership, Programme
from wellbeing.lib.actions import action
from wellbeing.lib.dates import today
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import User

# The least time between two messages with a link: people must not be pestered in our name.
SEND_AGAIN_AFTER = dt.timedelta(hours=1)


class JoiningError(ActionError):
    """A rule refused something about joining a programme."""


class WrongCodeError(JoiningError):
    """The code read out is not the one their page shows. The try is counted all the same."""

    keeps_changes = True


@action
def bring_in(*, programme: Programme, by: User, what: str, **details: Any) -> Person:
    """Add a person to `programme` as typed and ask at their address whether this is them. Return the Person.

    `what` names their roles, for the message. Whether the address is known elsewhere changes nothing here and takes no
    longer. Raises JoiningError for an address that has said no to this programme, PersonError without a name.
    """
    address = details.get("email", "").strip().lower()
    said_no = Joining.objects.filter(programme=programme, address=address, answer=Joining.Answer.NO)
    if address and said_no.exists():
        raise JoiningError(
            _("At this address we were told no before, so we do not ask there again. They can write to you."),
            field="email",
        )
    person = person_actions.add(by=by, **details)
    joining = Joining.objects.create(
        person=person, programme=programme, key=secrets.token_urlsafe(16), address=person.email, asked_by=by.person
    )
    if person.email:
        _ask(joining, what)
    else:
        _tell_added(joining, what)
    return person


@action
def welcome(*, joining: Joining, by: User) -> Joining:
    """Write to somebody who was added without a word, in the way they chose; where they have an address, ask there.

    Return the joining; harmless the second time, and once they have answered. Raises ActionError when `by` is not staff
    of the programme. Locks the programme and the joining.
    """
    programme_rules.can_manage_programme(by, joining.programme).insist()
    joining = _lock(joining)
    if joining.answer or joining.asked_at is not None:
        return joining
    person, what = joining.person, programme_queries.roles_in_words(joining.person, joining.programme)
    joining.asked_by = by.person
    if person.email:
        _ask(joining, what)
    if not person.email or person.channel != Person.Channel.EMAIL:
        _tell_added(joining, what)
    return joining


@action
def send_again(*, joining: Joining, by: User) -> Joining:
    """Send the question to the address again, with a new link; the one sent before stops working. Return the joining.

    Raises JoiningError when it has been answered, or was sent a moment ago, ActionError when `by` is not staff of the
    programme. Locks the programme and the joining.
    """
    programme_rules.can_manage_programme(by, joining.programme).insist()
    joining = _lock(joining)
    _must_be_open(joining)
    if joining.asked_at and timezone.now() < joining.asked_at + SEND_AGAIN_AFTER:
        raise JoiningError(_("We wrote to them less than an hour ago. Wait a while before you send it again."))
    joining.asked_by = by.person
    _ask(joining, programme_queries.roles_in_words(joining.person, joining.programme))
    return joining


@action
def ask_at_new_address(*, person: Person, by: User | None) -> None:
    """Ask at the changed address of `person`, where a question to them is open; links and codes of before stop working.

    Called in the transaction of the change, and so a part of it.
    """
    joining = Joining.objects.unanswered().filter(person=person).select_related("programme", "asked_by").first()
    if joining is None or joining.address == person.email:
        return
    joining.person, joining.address = person, person.email
    _ask(joining, programme_queries.roles_in_words(person, joining.programme))


@action
def answer_by_signing_in(*, by: User) -> None:
    """Record that `by`, who has just signed in, has joined the programme whose record became their account's person."""
    joining = Joining.objects.unanswered().filter(person__user=by).select_related("person").first()
    if joining is not None and joining.address.lower() == by.mailbox.lower():
        joining = _lock(joining)
        if not joining.answer:
            _say_yes(joining)


@action
def accept(*, joining: Joining, by: User | None) -> Person:
    """Say that this record is theirs: by the link (`by` None), or signed in with its address. Return the Person.

    Everything held for the record moves to the person of the account that has this address; where there is none, one is
    made for the record. Raises JoiningError when it has been answered or belongs to another address, or where several
    people sign in there and nobody has; PersonError when the two records together would break a rule. Locks the
    programme, the joining, and all records of the address.
    """
    return _accept(_lock(joining), by)


@action
def tell_apart(*, joining: Joining, by: User | None) -> Person:
    """Say that this record is somebody else than those who sign in with its address, and shares it with them.

    Return the Person, who gets an account and codes of their own there. Said by the link (`by` None) it is their yes as
    well; said by another who signs in there, they are asked when they first sign in. Raises JoiningError when it has
    been answered or belongs to another address, SharingError where somebody there works for a programme. Locks the
    programme, the joining, and the people of the address.
    """
    return _tell_apart(_lock(joining), by)


@action
def accept_in_person(*, joining: Joining, code: str, by: User) -> Person:
    """Accept for somebody who is with staff member `by` and reads out the `code` that only their link shows.

    Who shares the address with somebody has another code. Returns the Person. Raises WrongCodeError for a
    wrong one, which counts as a try; JoiningError after Joining.MAX_TRIES of them, and when it has been answered. Locks
    the programme, the joining, and all records of the address.
    """
    programme_rules.can_manage_programme(by, joining.programme).insist()
    joining = _lock(joining)
    _must_be_open(joining)
    if joining.tries >= Joining.MAX_TRIES:
        raise JoiningError(_("Too many wrong codes. Send the message again: its page shows a new code."))
    said = {queries.code_of(joining): _accept, queries.code_of(joining, apart=True): _tell_apart}
    for right, carry_out in said.items():
        if compare_user_code(actual=code, expected=right):
            try:
                return carry_out(joining, None)
            except ActionError:
                # The reason may be about people of other programmes, whom staff of this one know nothing of.
                raise JoiningError(
                    _("This could not be done here. They can answer by the link in their email.")
                ) from None
    Joining.objects.filter(pk=joining.pk).update(tries=joining.tries + 1)
    raise WrongCodeError(_("This is not the code. It is on the page that opens from their email."), field="code")


@action
def decline(*, joining: Joining, by: User | None) -> Joining:
    """Say no: it is not them, or they do not want to be in the programme. Their roles there end at once.

    Return the joining. The address is taken off the record, as its reader wants no more mail; staff are told. Raises
    JoiningError when it has been answered or belongs to another address than that of `by`. Locks the programme and the
    joining.
    """
    joining = _lock(joining)
    _must_be_open(joining)
    _must_be_theirs(joining, by)
    record = joining.person
    joining.answer, joining.answered_at = Joining.Answer.NO, timezone.now()
    joining.save(update_fields=["answer", "answered_at"])
    for rows in (
        Membership.objects.filter(programme=joining.programme),
        Term.objects.filter(group__programme=joining.programme),
    ):
        for row in rows.filter(person=record).select_for_update():
            if row.ends_on is None or row.ends_on >= today():
                row.ends_on = last_day_of(row, None)
                row.save(update_fields=["ends_on"])
    Appointment.objects.waiting().filter(person=record).update(
        status=Appointment.Status.WITHDRAWN, decided_at=timezone.now()
    )
    account, record.user = record.user, None
    record.email, record.address_changed_at, record.shares_address = "", timezone.now(), False
    record.save(update_fields=["user", "email", "address_changed_at", "shares_address"])
    if account is not None:
        # Made when somebody typed the address into the sign-in page, and never signed in to.
        account.delete()
    accounts.settle(address=joining.address, by=by)
    news.tell_colleagues(
        joining.programme,
        _("%(name)s does not join %(programme)s") % {"name": record.full_name, "programme": joining.programme.name},
        [
            _("We asked at the address you gave whether this is them, and the answer was no."),
            _("Their roles have ended, and we have taken the address off their record."),
        ],
        key=f"joining-declined:{joining.pk}",
    )
    return joining


def _tell_apart(joining: Joining, by: User | None) -> Person:
    """Let the person of a locked joining share its address with those who sign in there."""
    _must_be_open(joining)
    _must_be_theirs(joining, by)
    person = accounts.share(person=joining.person, address=joining.address, by=by)
    if by is None:
        _say_yes(joining)
    return person


def _accept(joining: Joining, by: User | None) -> Person:
    """Put the record of a locked joining together with the person of the account that has its address."""
    _must_be_open(joining)
    _must_be_theirs(joining, by)
    # All records of the address, always in one order: two programmes may be answered at the same moment.
    # Others may go on to write what points to them: they may hold a row that is to be moved.
    rows = Person.objects.select_for_update(of=("self",), no_key=True).filter(email__iexact=joining.address)
    list(rows.order_by("pk"))
    record = Person.objects.get(pk=joining.person_id)
    there = sharing.accounts_at(joining.address)
    if record.user_id or not there:
        _say_yes(joining)
    if record.user_id:
        # Another reader of the address said that it is somebody else, who now says yes.
        return record
    if by is None and len(there) > 1:
        raise JoiningError(
            _("Several people sign in with this address. Sign in with your own code, then say yes on your home page.")
        )
    user = by or accounts.account_for(email=record.email, by=None)
    # The record has this address, so there is an account for it.
    assert user is not None
    if user.person.pk == record.pk:
        if not joining.answer:
            _say_yes(joining)
        return record
    # The joining goes with its record; that it was answered with a yes is in the history.
    if not joining.answer:
        joining.answer, joining.answered_at = Joining.Answer.YES, timezone.now()
        joining.save(update_fields=["answer", "answered_at"])
    return person_actions.take_over(record=record, person=user.person, by=by)


def _say_yes(joining: Joining) -> None:
    joining.answer, joining.answered_at = Joining.Answer.YES, timezone.now()
    joining.save(update_fields=["answer", "answered_at"])
    Person.objects.filter(pk=joining.person_id, joined_at=None).update(joined_at=joining.answered_at)


def _tell_added(joining: Joining, what: str) -> None:
    """Tell somebody in the way they chose that they are in the programme; `what` names the roles."""
    by, programme = joining.asked_by, joining.programme
    params = {"by": by.full_name if by else programme.contact_name, "programme": programme.name, "what": what}
    draft = news.draft(
        joining.person,
        programme,
        _("You are in %(programme)s") % params,
        [_("%(by)s has added you to %(programme)s as: %(what)s.") % params],
        key=f"joining:{joining.pk}:added",
        after=_after(joining, extras := _extras(joining)),
    )
    _tell(draft, extras)


def _ask(joining: Joining, what: str) -> None:
    """Write to the address of a joining, with a new link; `what` names the roles it was added with."""
    person, programme = joining.person, joining.programme
    joining.key, joining.asked_at, joining.tries = secrets.token_urlsafe(16), timezone.now(), 0
    joining.save(update_fields=["key", "address", "asked_by", "asked_at", "tries"])
    params = {
        "by": joining.asked_by.full_name if joining.asked_by else programme.contact_name,
        "programme": programme.name,
        "what": what,
    }
    draft = news.draft(
        person,
        programme,
        _("%(programme)s has added you. Is this you?") % params,
        [
            _("%(by)s has added you to %(programme)s as: %(what)s.") % params,
            _("If you say yes, you can sign in and see your invitations and claims from %(programme)s.") % params,
            _(
                "Until you say yes, its staff can see only what they typed about you, and nothing that you told other"
                " programmes."
            ),
        ],
        key=f"joining:{joining.pk}:{joining.key[:8]}",
        url=message_emails.absolute_url("joining_link", joining.key),
        label=_("Say yes or no"),
        kind="joining",
        after=_after(joining, extras := _extras(joining)),
        to=person.email,
    )
    _tell(draft, extras)


def _extras(joining: Joining) -> list[hooks.WithWelcome]:
    """Return what wings above add to the welcome of the person of a joining."""
    return [extra for make in hooks.with_welcome if (extra := make(joining))]


def _after(joining: Joining, extras: Iterable[hooks.WithWelcome]) -> list[str]:
    """Return the last paragraphs of a welcome: what goes with it, and who the contact is."""
    paragraphs = [paragraph for extra in extras for paragraph in extra.paragraphs]
    return [*paragraphs, *news.contact_in_words(joining.person, joining.programme)]


def _tell(draft: Draft, extras: Iterable[hooks.WithWelcome]) -> None:
    """Send a welcome, and let those hear of it whose words are in it."""
    notice = telling.tell_many([draft])[0]
    for extra in extras:
        extra.told(notice)


def _lock(joining: Joining) -> Joining:
    # The programme's row first, as for appointments: an answer and a confirmation at once wait for each other.
    Programme.objects.select_for_update().get(pk=joining.programme_id)
    locked = (
        Joining.objects.select_for_update(of=("self",))
        .select_related("person__user", "programme", "asked_by")
        .filter(pk=joining.pk)
        .first()
    )
    if locked is None:
        # Answered with a yes a moment ago: the record has gone into the person's own.
        raise JoiningError(_("This has been answered already."))
    return locked


def _must_be_open(joining: Joining) -> None:
    if joining.answer:
        raise JoiningError(_("This has been answered already."))
    if not joining.person.email or joining.address.lower() != joining.person.email.lower():
        raise JoiningError(_("This was sent to another address than the one they have now."))


def _must_be_theirs(joining: Joining, by: User | None) -> None:
    if by is not None and by.mailbox.lower() != joining.address.lower():
        raise JoiningError(_("This was sent to another email address than the one you sign in with."))
