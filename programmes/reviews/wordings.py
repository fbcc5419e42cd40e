"""The standard words of what people are told about 4Pi reviews, and their merge fields."""

from django.utils.translation import gettext_lazy as _

from people.wordings import Wording, WordingField

REVIEW = Wording(
    subject=_("{headline}"),
    fields=(WordingField("headline", _("What it is about"), _("How is it to work together? Our yearly review")),),
    holds=_("what the review is about, the last day to answer, how answers are kept, and the personal link"),
    example=_(
        "We ask how it is to work together: “Our yearly review”. Please answer by Friday 12 March 2027."
        "\n\nYour answers are kept without your name."
    ),
)
RESULTS = Wording(
    subject=_("{headline}"),
    fields=(WordingField("headline", _("What it is about"), _("What people said: Our yearly review")),),
    holds=_("what the review was about and the link to its results"),
    example=_("The results of “Our yearly review” are ready. You can see where the groups answered differently."),
)
