"""Say in a message which papers somebody is given, and how they get them."""

from django.utils.translation import gettext as _

from people.directory.models import Person
from people.messages.emails import absolute_url
from programmes.packs.models import WelcomePack
from programmes.packs.queries import papers_in


def comes_by_post(person: Person) -> bool:
    """Return whether a pack is posted to `person`: who is written to by letter, or has no address to sign in with."""
    return not person.email or person.channel == Person.Channel.LETTER


def pack_in_words(pack: WelcomePack, *, by_post: bool) -> list[str]:
    """Return the paragraphs of a message about a pack: what is in it, and where to find it or that we post it."""
    names = "; ".join(one.paper.title for one in papers_in(pack))
    if by_post:
        return [_("Papers to start with, which we post to you: %(names)s.") % {"names": names}]
    return [
        _("Papers to start with: %(names)s.") % {"names": names},
        _("You can read them once you have signed in: %(url)s")
        % {"url": absolute_url("programme", pack.programme.slug)},
    ]
