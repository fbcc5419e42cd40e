"""Adding people and changing what we hold about them."""

import hashlib
import logging

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from people import emails, rules
from people.models import Person, User
from wellbeing.lib.errors import ActionError

from . import outbox

logger = logging.getLogger(__name__)

DETAILS = (
    "full_name",
    "known_as",
    "email",
    "phone",
    "postal_address",
    "organisation",
    "channel",
    "letter_size",
    "about",
)


class PersonError(ActionError):
    """What we hold about a person cannot be changed like this."""


@transaction.atomic
def add(*, by, full_name, email="", **details):
    """Add a person, or find the one who already has this e-mail address; returns the Person.

    Someone known by their address stays as they are: a programme that adds them learns nothing and changes nothing.
    Who may add is the caller's rule, as people are added to something. They need no account: the first sign-in code
    they ask for makes it. Raises PersonError without a name; TypeError for an unknown detail.
    """
    email = email.strip().lower()
    full_name = full_name.strip()
    known = Person.objects.filter(email__iexact=email).first() if email else None
    if known:
        return known
    if not full_name:
        raise PersonError(_("Enter their name."), field="full_name")
    # An account without its address on a person (an administrator's, say) may be signed in to by this address.
    user = User.objects.filter(email__iexact=email).select_related("person").first() if email else None
    if user and getattr(user, "person", None):
        return user.person
    _check_known(details)
    person = Person(full_name=full_name, email=email, user=user, **_stripped(details))
    _check_reachable(person)
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError:
        # A colleague has added the same person at the same moment.
        return Person.objects.get(email__iexact=email)
    return person


@transaction.atomic
def edit(*, person, by, **details):
    """Change details of a person; `details` may hold any of DETAILS. Returns the Person.

    Done on somebody's behalf, the person is told by e-mail, and a changed address is told at the old one too. Raises
    PersonError when `by` may not, an address is taken, or a way to reach them is left without what it needs.
    """
    _check_known(details)
    person = Person.objects.select_for_update(of=("self",)).select_related("user").get(pk=person.pk)
    if not rules.can_edit_person(by, person):
        raise PersonError(_("You cannot change this person's details."))
    old_email = person.email
    before = {name: getattr(person, name) for name in DETAILS}
    for name, value in _stripped(details).items():
        setattr(person, name, value)
    person.email = person.email.lower()
    if not person.full_name:
        raise PersonError(_("Enter a name."), field="full_name")
    _check_reachable(person)
    changed = [name for name in DETAILS if getattr(person, name) != before[name]]
    if not changed:
        return person
    if "email" in changed:
        _change_address(person, old_email, by)
    try:
        with transaction.atomic():
            person.save(update_fields=changed)
    except IntegrityError:
        raise PersonError(_("Somebody else has this email address."), field="email") from None
    if person.user_id != by.pk:
        _tell(person, by, old_email)
    return person


def _change_address(person, old_email, by):
    """Keep the address somebody signs in with and the one we write to the same. Raises PersonError."""
    if not rules.can_change_address(by, person):
        if person.user_id == by.pk:
            raise PersonError(_("Change your own email address on the page “Your email address”."), field="email")
        raise PersonError(
            _("They can reach other people's details, so only an administrator can change this address."),
            field="email",
        )
    if person.email and Person.objects.filter(email__iexact=person.email).exclude(pk=person.pk).exists():
        raise PersonError(_("Somebody else has this email address."), field="email")
    if not person.user:
        return
    if not person.email:
        raise PersonError(_("They sign in with their email address. Change it, but do not remove it."), field="email")
    if User.objects.filter(email__iexact=person.email).exclude(pk=person.user.pk).exists():
        raise PersonError(_("Somebody else signs in with this email address."), field="email")
    person.user.email = person.email
    person.user.save(update_fields=["email"])
    # What allauth knows of the old address; the new one is proved by the first code sent to it.
    person.user.emailaddress_set.all().delete()


def follow_account(*, user, email):
    """Write the address an account has just proved onto its person, so that we write to where they read.

    Where somebody was added with this very address meanwhile, both stay as they are: signing in works all the same.
    """
    email = email.strip().lower()
    if Person.objects.filter(email__iexact=email).exclude(user=user).exists():
        logger.warning("Account %s has an address that another person has too.", user.pk)
        return
    Person.objects.filter(user=user).update(email=email)


def _check_known(details):
    unknown = set(details) - set(DETAILS)
    if unknown:
        raise TypeError(f"Not a detail of a person: {', '.join(sorted(unknown))}")


def _check_reachable(person):
    needed = {
        Person.Channel.EMAIL: ("email", _("To reach them by email, enter an email address.")),
        Person.Channel.SMS: ("phone", _("To reach them by text message, enter a phone number.")),
        Person.Channel.PHONE: ("phone", _("To reach them by phone, enter a phone number.")),
        Person.Channel.LETTER: ("postal_address", _("To reach them by letter, enter a postal address.")),
    }
    field, sentence = needed[Person.Channel(person.channel)]
    # A person nobody has any contact for is allowed: their supporter may be the only way to them.
    if not getattr(person, field) and (person.email or person.phone or person.postal_address):
        raise PersonError(sentence, field=field)


def _stripped(details):
    return {name: value.strip() if isinstance(value, str) else value for name, value in details.items()}


def _tell(person, by, old_email):
    latest = person.history.order_by("-pgh_id").values_list("pgh_id", flat=True).first()
    for address in {person.email, old_email} - {""}:
        subject, text, html = emails.render(
            "people/details_changed",
            {"person": person, "by": by.person, "url": emails.absolute_url("your_details"), "address": address},
        )
        mark = hashlib.sha256(address.encode()).hexdigest()[:12]
        outbox.enqueue(
            key=f"details-changed:{person.pk}:{latest}:{mark}",
            kind="details-changed",
            to=address,
            subject=subject,
            text=text,
            html=html,
            person=person,
        )
