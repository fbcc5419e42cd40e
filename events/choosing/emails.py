"""Write what somebody is told when a colleague sets how often they are invited."""

from django.utils import timezone
from django.utils.translation import gettext as _

from events.choosing.models import InvitationLimit
from events.choosing.said import limit_in_words
from people.directory.models import Person
from people.messages import emails as message_emails
from people.messages.drafts import Draft

LIMIT = "invitation_limit"


def limit_set(person: Person, limit: InvitationLimit | None, by: Person) -> Draft:
    """Write what a colleague noted for somebody about how often they are invited."""
    words = limit_in_words(limit.number, limit.months) if limit else _("There is no limit any more.")
    note = message_emails.note(
        _("We noted how often you wish to be invited"),
        name=person.short_name,
        paragraphs=[
            _("%(name)s noted for you how often you wish to be invited to events:") % {"name": by.full_name},
            words,
            _("If that is not right, you can change it on your own page, or tell us."),
        ],
        url=message_emails.absolute_url("your_invitation_limit"),
        label=_("Change it"),
    )
    return {
        "key": f"invitation-limit:{person.pk}:{timezone.now().timestamp():.6f}",
        "kind": LIMIT,
        "person": person,
        **note,
    }
