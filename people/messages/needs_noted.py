"""Tell a person that a colleague has noted what they need to take part."""

from django.utils.translation import gettext as _

from people import registry
from people.messages import emails
from people.messages.telling import tell

NOTED = "needs-noted"


def tell_of_needs(person, by, how, key):
    """Tell `person`, in the way they chose, that `by` has noted their needs, and how they came to know.

    The message does not say which needs: others may read it, too.
    """
    voice = registry.voice_between(person, by)
    link = emails.absolute_url("your_access_needs")
    words = emails.note(
        _("We have noted what you need to take part"),
        name=person.short_name,
        paragraphs=[
            _("%(name)s has noted this for you: %(how)s") % {"name": by.person.full_name, "how": how},
            _("We do not write here what you need, as somebody else could read this."),
            _("If you want to know what we noted, or it is not what you said, ask us, or look at it yourself."),
        ],
        url=link,
        label=_("See or change what you need"),
    )
    tell(person, NOTED, key=key, **words, link=link, voice=voice, audience=voice)
