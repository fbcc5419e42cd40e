"""The standard words of what is said about payments, and their merge fields."""

from django.utils.translation import gettext_lazy as _

from people.wordings import Wording, WordingField

_REFERENCE = WordingField("reference", _("The reference of the payment"), "WOW-P00017")

MADE = Wording(
    subject=_("{headline}"),
    fields=(WordingField("headline", _("How much we paid, and how"), _("We have paid you £87.40")), _REFERENCE),
    holds=_("the amount, the day, what it is for, the reference, and the link to see it"),
    example=_(
        "We paid £87.40 into your bank account ending 42 on Friday 29 January 2027.\n\nIt is for:\n- Curry and"
        " conversation, Thursday 14 January 2027 (WOW-00042)\n\nThe payment's reference is WOW-P00017.\n\nSee it and"
        " open your payment letter:\nhttps://www.example.org/your-claim/"
    ),
)
RETURNED = Wording(
    subject=_("{headline}"),
    fields=(WordingField("headline", _("What happened"), _("The bank sent your payment back")), _REFERENCE),
    holds=_("the amount, what happened, what to do, and the link for it"),
    example=_(
        "The £87.40 we paid you came back. We are sorry.\n\nWhat the bank said: The account is closed.\n\nWhat to do:"
        " Give us the details of an account you use.\nhttps://www.example.org/your-bank-details/"
    ),
)
