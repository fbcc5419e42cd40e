"""The standard words of what people are told about their needs, and the slip of its letter."""

from django.utils.translation import gettext_lazy as _

from people.registry import ReplySlip, SlipQuestion
from people.wordings import Wording, WordingField

NEEDS_MET = Wording(
    subject=_("{headline}"),
    fields=(
        WordingField(
            "headline", _("What it is about"), _("What you needed at “Curry and conversation”: is this right?")
        ),
    ),
    holds=_("what they needed at the event, how far it was met, and the link to say that it was not so"),
    example=_(
        "You told us what you need. This is what we recorded after “Curry and conversation”, Thursday 14 January 2027:"
        "\n\nHearing loop: Met.\n\nQuiet room or rest space: Not met. Somebody held a meeting in it.\n\nIf something is"
        " not so, please tell us. You do not need to sign in:\nhttps://www.example.org/your-own-page/"
    ),
)
IS_IT_SO = ReplySlip(
    _("Is that so?"),
    (
        SlipQuestion(_("Is what we say in this letter so?"), choices=(_("That is so"), _("Something in it is not so"))),
        SlipQuestion(_("What is not so?"), lines=6),
    ),
)
