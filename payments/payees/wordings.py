"""The standard words of what is said about where somebody's money goes, and their merge fields."""

from django.utils.translation import gettext_lazy as _

from people.wordings import Wording, WordingField

# Its subject says which of three things happened: `emails` chooses it.
ACCOUNT_CHANGED = Wording(
    subject=_("{headline}"),
    fields=(WordingField("headline", _("What happened"), _("Your bank details were changed")),),
    holds=_("the day, and what was changed"),
    example=_("On Monday 4 January 2027 your bank details were changed."),
)
METHOD_CHANGED = Wording(
    subject=_("How we pay you has changed"),
    holds=_("the day, how we will pay, and the link to where their money goes"),
    example=_(
        "From Monday 4 January 2027 this is how we will pay you: by cheque.\n\nIf you did not ask for this, tell us at"
        " once.\n\nSee where we send your money:\nhttps://www.example.org/your-bank-details/"
    ),
)
DETAILS_WRONG = Wording(
    subject=_("Please check your bank details"),
    holds=_("which account it is about, what to do, and the link to give the details again"),
    example=_(
        "We think that something is wrong with the bank details you gave us (ending 42). Please look at your bank card"
        " or a statement, and give them to us again.\n\nYour money is safe.\n\nGive your bank"
        " details:\nhttps://www.example.org/your-bank-details/"
    ),
)
