"""Write what somebody is told when a colleague sets how often they are invited."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.choosing.models import InvitationLimit
from events.choosing.said import limit_in_words
from people import registry
from people.directory.models import Person
from people.messages import emails as message_emails
from people.messages.drafts import Draft
from people.wordings import Wording
from wellbeing.lib.types import User

LIMIT = "invitation_limit"
WORDING = Wording(
    subject=gettext_lazy("We noted how often you wish to be invited"),
    holds=gettext_lazy("who noted it, how often that is, and the link to change it"),
    example=gettext_lazy(
        "Stella Staff noted for you how often you wish to be invited to events:\n\nAt most 2 invitations in 6 months."
        "\n\nIf that is not right, you can change it on your own page, or tell us.\n\nChange"
        " it:\nhttps://www.example.org/your-own-page/"
    ),
)


def limit_set(person: Person, limit: InvitationLimit | None, by: User) -> Draft:
    """Write what `by` noted for somebody about how often they are invited; None is no limit any more."""
    voice, link = registry.voice_between(person, by), message_emails.absolute_url("your_invitation_limit")
    wish = limit_in_words(limit.number, limit.months) if limit else _("There is no limit any more")
    facts = {
        "paragraphs": [
            _("%(name)s noted for you how often you wish to be invited to events:") % {"name": by.person.full_name},
            f"{wish}.",
            _("If that is not right, you can change it on your own page, or tell us."),
        ],
        "url": link,
        "label": _("Change it"),
    }
    written = message_emails.write(LIMIT, "people/note", facts, person=person, speaker=registry.voice(voice))
    return {
        "key": f"invitation-limit:{person.pk}:{timezone.now().timestamp():.6f}",
        "kind": LIMIT,
        "person": person,
        "link": link,
        "voice": voice,
        "audience": voice,
        **written,
    }
