"""The standard words of what people are told about their contributions."""

from django.utils.translation import gettext_lazy as _

from people.registry import ReplySlip, SlipQuestion
from people.wordings import Wording, WordingField

TOLD_BACK = Wording(
    subject=_("{headline}"),
    fields=(
        WordingField("headline", _("What it is about"), _("You said: The buses stop at six. Here is what happened")),
    ),
    holds=_("what they said, what became of it and why, what changed, and the link to say whether that is true"),
    example=_(
        "You said: The buses stop at six, so evenings are out.\n\nChanged\n\nWhat changed: Meetings now end at half"
        " past four.\n\nIs that true? Tell us:\nhttps://www.example.org/heard/12/"
    ),
)
ABOUT_CONTRIBUTIONS = Wording(
    subject=_("{headline}"),
    fields=(WordingField("headline", _("What it is about"), _("We wrote down what you told us")),),
    holds=_("what was written down about what they said, and the link to it"),
    example=_("On Monday 4 May 2026 we wrote down what you told us by phone: The buses stop at six."),
)
IS_IT_TRUE = ReplySlip(
    _("Is that true?"),
    (
        SlipQuestion(_("Is what we say in this letter true?"), choices=(_("That is true"), _("That is not true"))),
        SlipQuestion(_("In your own words"), lines=6),
        SlipQuestion(_("May we show your name with your answer?"), choices=(_("Yes"), _("No"))),
    ),
)
