"""Tell people about their roles, in the voice of the programme and in the way they chose."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people import registry
from people.messages import emails as message_emails
from people.messages import telling
from people.messages.drafts import Draft
from people.models import Person
from people.wordings import Wording, WordingField
from programmes.programme import contacts, queries
from programmes.programme.models.programmes import Programme, Role
from wellbeing.lib.dates import today
from wellbeing.lib.types import PersonId

# News of many things: its heading and its facts are those of each.
ROLE = Wording(
    subject=gettext_lazy("{headline}"),
    fields=(
        WordingField(
            "headline", gettext_lazy("What it is about"), gettext_lazy("You have a new role in Our Programme")
        ),
    ),
    holds=gettext_lazy("the news about their role, and the link for it where there is one"),
    example=gettext_lazy("You now have this role in Our Programme: member of the steering group."),
)


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
    """Tell `person` something in the voice of `programme`, once for each `key`.

    `heading` and `paragraphs` are translated sentences; `url` is absolute and `label` names its button.
    """
    telling.tell_many([draft(person, programme, heading, paragraphs, key=key, url=url, label=label, after=after)])


def draft(
    person: Person,
    programme: Programme,
    heading: str,
    paragraphs: Sequence[str],
    *,
    key: str,
    kind: str = "role",
    url: str = "",
    label: str = "",
    after: Sequence[str] = (),
    to: str = "",
) -> Draft:
    """Return the same as a draft for `telling.tell_many`.

    One `to` an address has a link that proves the address: it goes there alone, and no colleague reads it.
    """
    facts: dict[str, Any] = {
        "paragraphs": paragraphs,
        "url": url,
        "label": label,
        "after": after,
        "reply_to": programme.contact_email,
    }
    words: message_emails.Note
    if registry.notice_kinds[kind].wording:
        values = {"headline": heading}
        words = message_emails.write(
            kind, "people/note", facts, person=person, speaker=programme.speaker, values=values
        )
    else:
        words = message_emails.note(heading, name=person.short_name, **facts)
    return {
        "key": key,
        "kind": kind,
        "person": person,
        "audience": "" if to else programme.voice,
        "voice": programme.voice,
        "link": url,
        "to": to,
        **words,
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
    """Tell all staff and finance of `programme` today who have joined it, except the people in `but`."""
    colleagues = (
        Person.objects.filter(
            queries.holding(programme, Role.STAFF, on=today()) | queries.holding(programme, Role.FINANCE, on=today())
        )
        .exclude(pk__in=but)
        .exclude(joined_at=None)
        .order_by("pk")
    )
    telling.tell_many(
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
        after=[*contact_in_words(person, programme), _("If this is not right, tell us.")],
    )


def contact_in_words(person: Person, programme: Programme) -> list[str]:
    """Say in a paragraph who is the contact of `person` in `programme`; in none where nobody is."""
    contact = contacts.contact_of(person, programme)
    return [contacts.in_a_sentence(contact)] if contact else []


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
        after=[_("If this is not right, tell us.")],
    )
