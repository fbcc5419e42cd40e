"""Tell a person what a colleague noted that they agree to."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from people import registry
from people.consent.models import Consent
from people.directory.models import Person
from people.messages import emails
from people.messages.telling import tell
from wellbeing.lib.types import User

NOTED = "consents-noted"


def tell_of_answers(person: Person, answers: Sequence[Consent], by: User) -> None:
    """Tell `person`, in the way they chose, which `answers` of theirs `by` has noted."""
    voice = registry.voice_between(person, by)
    link = emails.absolute_url("your_consents")
    lines = [(_("Yes: %s") if one.agreed else _("No: %s")) % one.get_purpose_display() for one in answers]
    words = emails.note(
        _("We have noted what you agree to"),
        name=person.short_name,
        paragraphs=[
            _("%(name)s has noted this for you: %(how)s") % {"name": by.person.full_name, "how": answers[0].how},
            *lines,
            _("If this is not what you said, tell us, or change it yourself."),
        ],
        url=link,
        label=_("See or change what you agree to"),
    )
    tell(person, NOTED, key=f"consents:{answers[-1].pk}", **words, link=link, voice=voice, audience=voice)
