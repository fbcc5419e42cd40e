"""The standard words with which people are thanked for coming, and their merge fields."""

from django.utils.translation import gettext_lazy as _

from people.wordings import Wording, WordingField

THANKS = Wording(
    subject=_("{headline}"),
    fields=(WordingField("headline", _("What it is about"), _("Thank you for coming to “Curry and conversation”")),),
    holds=_(
        "thanks for coming, the question how it was with the personal link, that a claim is ready where one is, and"
        " what happens next"
    ),
    example=_(
        "Thank you for coming to “Curry and conversation” on Thursday 14 January 2027."
        "\n\nHow was it for you? Please tell us by Friday 5 February 2027. It takes about two minutes, and you do not"
        " need to sign in.\n\nYour answers are kept without your name. We only show what a group said once 5 people"
        " in it have answered."
    ),
)
