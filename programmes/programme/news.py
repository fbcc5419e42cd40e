"""Tell people about their roles: by email, or by a colleague where somebody has no address."""

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from people.messages import emails as message_emails
from people.messages import outbox
from people.models import Person
from programmes.programme import queries
from programmes.programme.models.joining import RoleNotice
from programmes.programme.models.programmes import Role, message_audience
from wellbeing.lib.dates import today


def tell(person, programme, heading, paragraphs, *, key, url="", label="", after=()):
    """Write to `person` in the voice of `programme`, once for each `key`; without an address a colleague is to tell.

    `heading` and `paragraphs` are translated sentences; `url` is absolute and `label` names its button.
    """
    if not person.email:
        RoleNotice.objects.create(person=person, programme=programme, text=Truncator(" ".join(paragraphs)).chars(400))
        return
    outbox.enqueue_many([draft(person, programme, heading, paragraphs, key=key, url=url, label=label, after=after)])


def draft(person, programme, heading, paragraphs, *, key, url="", label="", after=(), secret=False):
    """The same as a draft for `outbox.enqueue_many`. A `secret` one holds a link that its reader alone may use."""
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


def tell_colleagues(programme, heading, paragraphs, *, key, but=(), url="", label=""):
    """Write to all staff and finance of `programme` today who have joined it, except the people with ids in `but`."""
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
            draft(each, programme, heading, paragraphs, key=f"{key}:{each.pk}", url=url, label=label)
            for each in colleagues
        ]
    )


def tell_given(person, programme, what, *, key):
    """Tell `person` that they now have the role or seat named `what` in `programme`."""
    words = {"programme": programme.name, "what": what}
    tell(
        person,
        programme,
        _("You have a new role in %(programme)s") % words,
        [_("You now have this role in %(programme)s: %(what)s.") % words],
        key=key,
        url=message_emails.absolute_url("home"),
        label=_("Sign in"),
        after=[_("If this is not right, reply to this email.")],
    )


def tell_ended(person, programme, what, when, *, key):
    """Tell `person` that their role or seat `what` ends; `when` is a translated sentence about the day."""
    words = {"programme": programme.name, "what": what}
    tell(
        person,
        programme,
        _("Your role in %(programme)s ends") % words,
        [
            _("This is about your role in %(programme)s: %(what)s.") % words,
            when,
            _("What you did stays on record, and what you are owed is still paid."),
        ],
        key=key,
        after=[_("If this is not right, reply to this email.")],
    )
