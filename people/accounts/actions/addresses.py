"""Change the address somebody signs in with, on their behalf: ask, agree, wait, carry out or stop."""

import datetime as dt
import secrets
from collections.abc import Iterable

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people import registry
from people.accounts import queries, rules, sharing
from people.accounts.actions import accounts, sessions
from people.accounts.models.addresses import AddressChange, WaitingTime
from people.accounts.models.users import User
from people.directory.models import Person
from people.messages import emails as message_emails
from people.messages.telling import tell
from wellbeing.lib.actions import action
from wellbeing.lib.dates import long_date, time_of_day
from wellbeing.lib.errors import ActionError
from wellbeing.lib.texts import is_nowhere


class AddressError(ActionError):
    """A rule refused a change of the address somebody signs in with."""


@action
def ask(*, person: Person, new_address: str, how: str, by: User) -> AddressChange:
    """Ask that `person` signs in and is written to at `new_address`. Return the change.

    `how` says how it was made sure that they want it. The old address gets a link to agree or to stop it; a second
    colleague can agree in its place. Raises AddressError when `by` may not, a change is open already, or nothing would
    change. Locks the person.
    """
    new_address = new_address.strip().lower()
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    rules.can_ask_for_address(by, person).insist(AddressError)
    if not how.strip():
        raise AddressError(_("Say how you made sure that they asked for this."), field="how")
    if is_nowhere(new_address):
        raise AddressError(_("Enter an email address, like name@example.org"), field="new_address")
    if new_address == person.email.lower():
        raise AddressError(_("This is the address they have now."), field="new_address")
    if AddressChange.objects.open().filter(person=person).exists():
        raise AddressError(_("Another new address is being checked for this person. Stop that one first."))
    change = AddressChange.objects.create(
        person=person,
        old_address=person.email,
        new_address=new_address,
        key=secrets.token_urlsafe(16),
        asked_by=by.person,
        asked_how=how.strip(),
    )
    if change.old_address:
        _tell_asked(change)
    return change


@action
def agree(*, change: AddressChange, how: str, by: User) -> AddressChange:
    """Agree to a change as a second colleague. Its waiting time begins. Return it.

    `how` says how it was made sure. Raises AddressError when `by` may not or the change has been dealt with. Locks the
    change.
    """
    change = _lock(change)
    rules.can_agree_to_address(by, change).insist(AddressError)
    if not how.strip():
        raise AddressError(_("Say how you made sure that they asked for this."), field="how")
    now = timezone.now()
    change.status = AddressChange.Status.AGREED
    change.agreed_by, change.agreed_how, change.agreed_at = by.person, how.strip(), now
    change.takes_effect_at = now + queries.waiting_time(WaitingTime.Kind.NEW_ADDRESS, now)
    change.save()
    if change.old_address:
        _tell_agreed(change)
    return change


@action
def agree_from_old_address(*, change: AddressChange, by: User | None) -> AddressChange:
    """Agree to a change by the link that went to the old address. The new address is asked at once. Return the change.

    Raises AddressError when it has been dealt with. Locks the change.
    """
    change = _lock(change)
    if change.status != AddressChange.Status.ASKED:
        raise _moved_on(change)
    change.status = AddressChange.Status.AGREED
    change.agreed_at = change.takes_effect_at = timezone.now()
    change.save()
    return _go_on(change)


@action
def take(*, change: AddressChange, by: User | None) -> AddressChange:
    """Take the new address into use by the link that went to it, which proves it. Return the change.

    The account is signed out everywhere, and what its holder signed in with besides the old address (a password, a
    second step) is dropped; bank details are held. Where somebody else signs in with the address, they share it from
    now. Raises AddressError when the change has been dealt with, ActionError where the two cannot share it. Locks the
    change.
    """
    change = _lock(change)
    if change.status != AddressChange.Status.AGREED or not change.new_key:
        raise _moved_on(change)
    return _carry_out(change)


@action
def stop(*, change: AddressChange, by: User | None) -> AddressChange:
    """Stop a change that is not done: the old address by its link (`by` None), the person, or a colleague. Return it.

    Raises AddressError when `by` may not, or it is done or stopped. Locks the change.
    """
    change = _lock(change)
    if not change.is_open:
        raise _moved_on(change)
    if by is not None:
        rules.can_stop_address_change(by, change).insist(AddressError)
    change.status, change.stopped_at = AddressChange.Status.STOPPED, timezone.now()
    change.stopped_by = by.person if by else None
    change.save()
    return change


@action
def go_on_when_due(*, change_id: int, now: dt.datetime, by: User | None) -> AddressChange | None:
    """Go on with a change whose waiting time is over at `now`. Return it, or None where another worker has it.

    Locks the change.
    """
    rows = AddressChange.objects.select_for_update(of=("self",), skip_locked=True).due(now)
    change = rows.select_related("person").filter(pk=change_id).first()
    return _go_on(change) if change is not None else None


def _go_on(change: AddressChange) -> AddressChange:
    """Ask the new address for its yes; without an account there is nothing to sign in to, and it is used at once."""
    if change.person.user_id is None:
        return _carry_out(change)
    change.new_key = secrets.token_urlsafe(16)
    change.save()
    paragraphs = [
        _("%(name)s, or a colleague for them, asked to sign in with this address from now on.")
        % {"name": change.person.full_name},
        _("If this is you, say yes. You then sign in here with a code sent to this address, and nothing else."),
    ]
    if names := sharing.names_at(change.new_address, but=change.person):
        paragraphs.append(
            _("Already signing in with this address: %(names)s. If you say yes, each of you gets a code of their own.")
            % {"names": names}
        )
    _write(
        change,
        change.new_address,
        _("Is this your new email address?"),
        paragraphs,
        url=message_emails.absolute_url("address_link", change.new_key),
        label=_("Say yes or no"),
        after=[_("If you do not know this name, say no.")],
    )
    return change


def _carry_out(change: AddressChange) -> AddressChange:
    """Write the new address onto person and account and tell both addresses. Raises AddressError. Locks the person."""
    person = Person.objects.select_for_update(of=("self",)).select_related("user").get(pk=change.person_id)
    now = timezone.now()
    if person.email.lower() != change.old_address.lower():
        change.status, change.stopped_at = AddressChange.Status.STOPPED, now
        change.save()
        return change
    user, shared = person.user, person.shares_address
    if user and sharing.names_at(change.new_address, but=person):
        accounts.share(person=person, address=change.new_address, by=None)
        person.refresh_from_db()
        _hand_over_account(user, sharing.name_for(person))
    else:
        person.email, person.address_changed_at, person.shares_address = change.new_address, now, False
        try:
            with transaction.atomic():
                person.save(update_fields=["email", "address_changed_at", "shares_address"])
                if user:
                    _hand_over_account(user, change.new_address)
        except IntegrityError:
            raise AddressError(
                _("You sign in with this address already. It cannot be used for a second account.")
            ) from None
    if shared:
        accounts.settle(address=change.old_address, by=None)
    change.status, change.done_at = AddressChange.Status.DONE, now
    change.save()
    for hear in registry.address_changed:
        hear(person)
    _tell_done(change, shared=shared)
    return change


def _hand_over_account(user: User, name: str) -> None:
    """Let the account be signed in to at its new address alone: with a code, and with nothing its holder had before.

    `name` is the address, or the name of an account whose person shares it.
    """
    user.email = name
    user.save(update_fields=["email"])
    accounts.leave_nothing_set(user=user, by=None)
    EmailAddress.objects.filter(user=user).delete()
    if sharing.is_name(name):
        # The yes came from the address. Without this row the library would ask for a code to the name.
        EmailAddress.objects.create(user=user, email=name, verified=True, primary=True)
    sessions.end_all(user=user, by=None)


def _write(
    change: AddressChange,
    address: str,
    heading: str,
    paragraphs: Iterable[str],
    *,
    url: str = "",
    label: str = "",
    after: Iterable[str] = (),
) -> None:
    tell(
        change.person,
        "address",
        key=f"address:{change.pk}:{change.status}:{address}",
        to=address,
        **message_emails.note(
            heading,
            name=change.person.short_name,
            paragraphs=paragraphs,
            url=url,
            label=label,
            after=after,
        ),
    )


def _tell_asked(change: AddressChange) -> None:
    """Write to the old address that a new one was asked for: it can agree or stop it."""
    params = {"by": change.asked_by.full_name, "address": change.new_address}
    asks = _("%(by)s asks us to use another email address for you: %(address)s.")
    # Who else reads a shared address is not told where the person goes.
    if change.person.shares_address:
        asks = _("%(by)s asks us to use another email address for you, which others do not read.")
    _write(
        change,
        change.old_address,
        _("Is this your new email address?"),
        [asks % params, _("You would then sign in with it, and we would write to you there.")],
        url=message_emails.absolute_url("address_link", change.key),
        label=_("Say yes or no"),
        after=[_("If you did not ask for this, press the button and say no.")],
    )


def _tell_agreed(change: AddressChange) -> None:
    """Write to the old address that two colleagues agreed, from when it counts, and how to stop it."""
    # An agreed change has its time: a constraint.
    assert change.takes_effect_at is not None
    params = {
        "address": change.new_address,
        "day": long_date(change.takes_effect_at),
        "time": time_of_day(change.takes_effect_at),
    }
    soon = _("From %(day)s, %(time)s, you can say yes to it at %(address)s. You then sign in with that address.")
    if change.person.shares_address:
        soon = _("From %(day)s, %(time)s, you can say yes to it in an email to the new address.")
    _write(
        change,
        change.old_address,
        _("The email address you sign in with is about to change"),
        [
            soon % params,
            _("Two people of your programme have told us how they made sure that you asked for it."),
        ],
        url=message_emails.absolute_url("address_link", change.key),
        label=_("I did not ask for this: stop it"),
    )


def _tell_done(change: AddressChange, *, shared: bool) -> None:
    """Write to both addresses that the new one counts; to one that others read as well (`shared`), not which it is."""
    now = _("From now on you sign in with %(address)s, and we write to you there.") % {"address": change.new_address}
    if shared:
        told = _("%(name)s no longer signs in with this address.") % {"name": change.person.full_name}
        _write(change, change.old_address, _("An email address has changed"), [told])
    for address in {change.new_address} if shared else {change.old_address, change.new_address} - {""}:
        _write(
            change,
            address,
            _("Your email address has changed"),
            [
                now,
                _("A password or second step you had before no longer works: set it up again if you want it."),
                _("To keep your money safe, we check your bank details again. They cannot change for a few days."),
            ],
            after=[_("If you did not ask for this, contact your programme.")],
        )


def _lock(change: AddressChange) -> AddressChange:
    return AddressChange.objects.select_for_update(of=("self",)).select_related("person").get(pk=change.pk)


def _moved_on(change: AddressChange) -> AddressError:
    return AddressError(_("This has been dealt with. It is now: %s.") % change.get_status_display())
