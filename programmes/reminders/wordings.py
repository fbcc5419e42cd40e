"""The standard words of reminders, and their merge fields."""

from django.utils.translation import gettext_lazy as _

from people.wordings import Wording, WordingField

REMINDER = Wording(
    subject="{about}",
    heading="{heading}",
    fields=(
        WordingField("about", _("What it is about, or how many reminders there are"), _("Send your claim by 14 April")),
        WordingField("heading", _("The same in other words"), _("Your claim is not sent yet")),
    ),
    holds=_("each thing we remind them of, what to do by when, and the link for it"),
    example=_(
        "Your claim for Curry and conversation is not sent yet. There is £87.40 on it.\n\nPlease send it by Wednesday"
        " 14 April 2027. If you do not want to claim, you do not need to do anything.\n\nLook at your"
        " claim:\nhttps://www.example.org/your-claim/"
    ),
)
