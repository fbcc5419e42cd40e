"""Tell people about their roles: by email, or through a colleague where somebody has no address."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from people.messages import emails as message_emails
from people.messages import outbox
from people.models import Person
from programmes.programme import queries
from programmes.programme.models.joining import RoleNotice
from programmes.programme.models.programmes import Programme, Role, message_audience
from wellbeing.lib.dates import today
from wellbeing.lib.types import PersonId


def tell(
    person: Person,
    programme: Programme,
    heading: str,
    paragraphs: Sequence[str],
    *,
    key: str,
    url: str = "",
    label: str = "",
    after: Sequence[str] = (),
) -> None:
    """Write to `person` in the voice of `programme`, once for each `key`.

    Without an address, ask a colleague to tell them. `heading` and `paragraphs` are translated sentences; `url` is
    absolute and `label` names its button.
    """
    if not person.email:
        RoleNotice.objects.create(person=person, programme=programme, text=Truncator(" ".join(paragraphs)).chars(400))
        return
    outbox.enqueue_many([draft(person, programme, heading, paragraphs, key=key, url=url, label=label, after=after)])


def draft(
    person: Person,
    programme: Programme,
    heading: str,
    paragraphs: Sequence[str],
    *,
    key: str,
    url: str = "",
    label: str = "",
    after: Sequence[str] = (),
    secret: bool = False,
) -> dict[str, Any]:
    """Return the same message as a draft for `outbox.enqueue_many`.

    A `secret` one holds a link only its reader may use.
    """
    return {
        "key": key,
        "kind": "role",
        "to": person.email,
        "person": person,
        "audience": "" if secret else message_audience(programme.pk),
        **message_emails.note(
            heading,
            name=person.short_name,
            paragraphs=paragraphs,
            url=url,
            label=label,
            after=after,
            reply_to=programme.contact_email,
        ),
    }


def tell_colleagues(
    programme: Programme,
    heading: str,
    paragraphs: Sequence[str],
    *,
    key: str,
    but: Iterable[PersonId] = (),
    url: str = "",
    label: str = "",
) -> None:
    """Write to all staff and finance of `programme` today who have joined it, except the people in `but`."""
    colleagues = (
        Person.objects.filter(
            queries.holding(programme, Role.STAFF, on=today()) | queries.holding(programme, Role.FINANCE, on=today())
        )
        .exclude(pk__in=but)
        .exclude(email="")
        .exclude(joined_at=None)
        .order_by("pk")
    )
    outbox.enqueue_many(
        [
            draft(colleague, programme, heading, paragraphs, key=f"{key}:{colleague.pk}", url=url, label=label)
            for colleague in colleagues
        ]
    )


def tell_given(person: Person, programme: Programme, what: str, *, key: str) -> None:
    """Tell `person` that they now have the role or seat named `what` in `programme`."""
    params = {"programme": programme.name, "what": what}
    tell(
        person,
        programme,
        _("You have a new role in %(programme)s") % params,
        [_("You now have this role in %(programme)s: %(what)s.") % params],
        key=key,
        url=message_emails.absolute_url("home"),
        label=_("Sign in"),
        after=[_("If this is not right, reply to this email.")],
    )


def tell_ended(person: Person, programme: Programme, what: str, when: str, *, key: str) -> None:
    """Tell `person` that their role or seat `what` ends; `when` is a translated sentence about the day."""
    params = {"programme": programme.name, "what": what}
    tell(
        person,
        programme,
        _("Your role in %(programme)s ends") % params,
        [
            _("This is about your role in %(programme)s: %(what)s.") % params,
            when,
            _("What you did stays on record, and what you are owed is still paid."),
        ],
        key=key,
        after=[_("If this is not right, reply to this email.")],
    )
