"""Adding somebody by what was typed, asking at their address whether it is them, and putting two records together."""

import datetime as dt
import secrets

from django.utils import timezone
from django.utils.translation import gettext as _

from people import emails
from people.actions import accounts, outbox, people
from people.models import Person
from programmes import queries, rules
from programmes.models import Appointment, Joining, Membership, Term
from wellbeing.lib.dates import today
from wellbeing.lib.errors import ActionError

from . import news
from .doing import doing

# How long before the same link may be sent again: nobody is to be pestered in our name.
SEND_AGAIN_AFTER = dt.timedelta(hours=1)


class JoiningError(ActionError):
    """A rule refused something about joining a programme."""


def bring_in(*, programme, by, what, **details):
    """Add a person to `programme` as typed and ask at their address whether this is them. Returns the Person.

    `what` names their roles, for the message. Whether the address is known elsewhere changes nothing here and takes no
    longer. Raises PersonError as `people.add` does.
    """
    person = people.add(by=by, **details)
    joining = Joining.objects.create(
        person=person, programme=programme, key=secrets.token_urlsafe(16), asked_by=by.person
    )
    if person.email:
        _write(joining, what)
    else:
        news.tell(
            person,
            programme,
            "",
            [
                _("%(by)s has added you to %(programme)s: %(what)s.")
                % {"by": by.person.full_name, "programme": programme.name, "what": what}
            ],
            key="",
        )
    return person


def send_again(*, joining, by):
    """Send the question to the address again, with a new link; the one sent before stops working.

    Raises JoiningError when `by` is not staff of the programme, it has been answered, or it was sent a moment ago.
    """
    rules.must_manage(by, joining.programme).insist()
    with doing("joining.send_again", by):
        joining = _lock(joining)
        _must_be_open(joining)
        if timezone.now() < joining.asked_at + SEND_AGAIN_AFTER:
            raise JoiningError(_("We wrote to them less than an hour ago. Wait a while before you send it again."))
        joining.key, joining.asked_at, joining.tries = secrets.token_urlsafe(16), timezone.now(), 0
        joining.save(update_fields=["key", "asked_at", "tries"])
        _write(joining, queries.roles_in_words(joining.person, joining.programme))
    return joining


def accept(*, joining, by=None):
    """Say that this record is theirs: by the link (`by` None), or signed in with its address. Returns the Person.

    Everything held for the record moves to the person of the account that has this address; where there is none, one
    is made for the record. Raises JoiningError when it has been answered or belongs to another address, PersonError
    when the two records together would break a rule.
    """
    with doing("joining.accept", by):
        joining = _lock(joining)
        _must_be_open(joining)
        record = joining.person
        if by is not None and by.email.lower() != record.email.lower():
            raise JoiningError(_("This was sent to another email address than the one you sign in with."))
        joining.answer, joining.answered_at = Joining.Answer.YES, timezone.now()
        joining.save(update_fields=["answer", "answered_at"])
        if not Person.objects.filter(email__iexact=record.email).exclude(user=None).exists():
            record.joined_at = timezone.now()
            record.save(update_fields=["joined_at"])
        user = accounts.account_for(record.email)
        if user.person.pk == record.pk:
            return record
        return people.take_over(record=record, person=user.person)


def accept_in_person(*, joining, code, by):
    """Accept for somebody who is with staff member `by` and reads out the `code` that only their link shows.

    Returns the Person. Raises JoiningError for a wrong code, after Joining.MAX_TRIES of them, and as `accept` does.
    """
    rules.must_manage(by, joining.programme).insist()
    wrong = not secrets.compare_digest(queries.code_of(joining), "".join(code.split()).upper().replace("-", ""))
    with doing("joining.accept_in_person", by):
        joining = _lock(joining)
        _must_be_open(joining)
        if joining.tries >= Joining.MAX_TRIES:
            raise JoiningError(_("Too many wrong codes. Send the message again: its page shows a new code."))
        if wrong:
            Joining.objects.filter(pk=joining.pk).update(tries=joining.tries + 1)
    if wrong:
        raise JoiningError(_("This is not the code. It stands on the page that opens from their email."), field="code")
    return accept(joining=joining)


def decline(*, joining, by=None):
    """Say no: it is not them, or they do not want to be in the programme. Their roles there end at once.

    The address is taken off the record, as whoever reads it wants no more mail; staff are told. Raises JoiningError
    when it has been answered or belongs to another address than that of `by`.
    """
    with doing("joining.decline", by):
        joining = _lock(joining)
        _must_be_open(joining)
        record = joining.person
        if by is not None and by.email.lower() != record.email.lower():
            raise JoiningError(_("This was sent to another email address than the one you sign in with."))
        joining.answer, joining.answered_at = Joining.Answer.NO, timezone.now()
        joining.save(update_fields=["answer", "answered_at"])
        for rows in (
            Membership.objects.filter(programme=joining.programme),
            Term.objects.filter(group__programme=joining.programme),
        ):
            for row in rows.filter(person=record).select_for_update():
                if row.ends_on is None or row.ends_on >= today():
                    row.ends_on = max(today(), row.starts_on) - dt.timedelta(days=1)
                    row.save(update_fields=["ends_on"])
        Appointment.objects.waiting().filter(person=record).update(
            status=Appointment.Status.WITHDRAWN, decided_at=timezone.now()
        )
        record.email, record.address_changed_at = "", timezone.now()
        record.save(update_fields=["email", "address_changed_at"])
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


def _write(joining, what):
    person, programme = joining.person, joining.programme
    words = {"by": joining.asked_by.full_name, "programme": programme.name, "what": what}
    outbox.enqueue_many(
        [
            news.draft(
                person,
                programme,
                _("%(programme)s has added you. Is this you?") % words,
                [
                    _("%(by)s has added you to %(programme)s: %(what)s.") % words,
                    _("If you say yes, you see its invitations, your claims and your payments when you sign in."),
                    _("Until then the programme knows only what it typed, and nothing you may have told others here."),
                ],
                key=f"joining:{joining.pk}:{joining.key[:8]}",
                url=emails.absolute_url("joining_link", joining.key),
                label=_("Say yes or no"),
                secret=True,
            )
        ]
    )


def _lock(joining):
    locked = (
        Joining.objects.select_for_update(of=("self",))
        .select_related("person", "programme", "asked_by")
        .filter(pk=joining.pk)
        .first()
    )
    if locked is None:
        # Answered with a yes a moment ago: the record has gone into the person's own.
        raise JoiningError(_("This has been answered already."))
    return locked


def _must_be_open(joining):
    if joining.answer or joining.person.user_id:
        raise JoiningError(_("This has been answered already."))
    if not joining.person.email:
        raise JoiningError(_("There is no email address to ask at."))
