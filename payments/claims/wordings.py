"""The standard words of what is said about claims, and their merge fields."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from people.wordings import Wording, WordingField

_CLAIM = WordingField("claim", _("What the claim is for"), _("Curry and conversation"))
_DAY = WordingField("day", _("The day of the work or event"), _("Thursday 14 January 2027"))
_REFERENCE = WordingField("reference", _("The reference of the claim"), "WOW-00042")
_AMOUNT = WordingField("amount", _("All that is on the claim"), "£87.40")
_SEND_BY = WordingField("send_by", _("The last day to send the claim"), _("Wednesday 14 April 2027"))
_PAY_BY = WordingField("pay_by", _("The day we pay by"), _("Friday 29 January 2027"))
_FIELDS = (_CLAIM, _DAY, _REFERENCE, _AMOUNT)
_NEEDED_CLAIM, _NEEDED_DAY = replace(_CLAIM, needed=True), replace(_DAY, needed=True)
_NEEDED_AMOUNT = replace(_AMOUNT, needed=True)

WAITING = Wording(
    subject=_("Your claim is waiting: {claim}"),
    heading=_("Your claim is waiting"),
    words=_("Hello {name},\n\nThank you for coming to “{claim}” on {day}.\n\n{details}"),
    fields=(_NEEDED_CLAIM, _NEEDED_DAY, _REFERENCE, _AMOUNT, _SEND_BY),
    holds=_("the amount for their time, the day to send it by, and the link to the claim"),
    example=_(
        "Your claim is ready, with £75.00 for your time filled in. Add what you spent to take part and send it by"
        " Wednesday 14 April 2027.\n\nLook at your claim:\nhttps://www.example.org/your-claim/"
    ),
)
FOR_CANCELLED = Wording(
    subject=_("We cancelled, and you are still paid: {claim}"),
    heading=_("We cancelled, and you are still paid"),
    words=_(
        "Hello {name},\n\nWe are sorry that we cancelled {claim} on {day}. You had said that you would"
        " come.\n\n{details}"
    ),
    fields=(_NEEDED_CLAIM, _NEEDED_DAY, _REFERENCE, _AMOUNT, _SEND_BY),
    holds=_("the amount, the day to send it by, and the link to the claim"),
    example=_(
        "Because it was late, we pay you £75.00. Your claim is ready. Add what you had spent already, such as a train"
        " ticket you cannot give back, and send it by Wednesday 14 April 2027.\n\nLook at your"
        " claim:\nhttps://www.example.org/your-claim/"
    ),
)
RECEIVED = Wording(
    subject=_("We have your claim {reference}"),
    heading=_("We have your claim"),
    words=_("Hello {name},\n\nWe have your claim of {amount} for {claim}.\n\n{details}"),
    fields=(_NEEDED_CLAIM, _DAY, _REFERENCE, _NEEDED_AMOUNT, replace(_PAY_BY, may_be_empty=True)),
    holds=_("when we will pay, and the link to the claim"),
    example=_(
        "If we approve it, we will pay you by Friday 29 January 2027. If we have a question, we will write to"
        " you.\n\nSee where your money is:\nhttps://www.example.org/your-claim/"
    ),
)
ENTERED = Wording(
    subject=_("We sent your claim {reference} for you"),
    heading=_("We sent your claim for you"),
    fields=(*_FIELDS, replace(_PAY_BY, may_be_empty=True)),
    holds=_("who sent it, each amount and the total, and the link to the claim"),
    example=_(
        "You asked us on the phone to make a claim for you. Stella Staff sent it: Curry and conversation, Thursday 14"
        " January 2027.\n\nFor your time: £75.00\nTrain: £12.40\nTotal: £87.40\n\nSee your"
        " claim:\nhttps://www.example.org/your-claim/"
    ),
)
QUESTION = Wording(
    subject=_("A question about your claim {reference}"),
    heading=_("A question about your claim"),
    fields=_FIELDS,
    holds=_("the question, and the link to answer it"),
    example=_(
        "We have a question about your claim for “Curry and conversation”:\n\nWas this a return ticket?\n\nWe still aim"
        " to pay you by the day we named. Please answer here:\nhttps://www.example.org/your-claim/"
    ),
)
_AGREED = WordingField("agreed", _("What we agreed to pay"), "£80.00")
PARTLY_APPROVED = Wording(
    subject=_("Your claim {reference}: we agreed {agreed}"),
    heading=_("We agreed {agreed} of your claim"),
    fields=(*_FIELDS, _AGREED),
    holds=_("what we agreed of each amount and why, and the link to the claim"),
    example=_(
        "We checked your claim for Curry and conversation. You asked for £87.40. We agreed £80.00.\n\n- Train: we"
        " agreed £5.00 of £12.40. Why: The ticket was £5.00.\n\nThere is nothing for you to do.\n\nSee your"
        " claim:\nhttps://www.example.org/your-claim/"
    ),
)
DECLINED = Wording(
    subject=_("We did not approve your claim {reference}"),
    heading=_("We did not approve your claim"),
    fields=_FIELDS,
    holds=_("the amount, why we did not approve it, and the link to the claim"),
    example=_(
        "We could not approve your claim of £87.40 for Curry and conversation. This is why:\n\nYou have claimed for"
        " this day already.\n\nIf you think this is wrong, ask us to look again.\n\nSee your"
        " claim:\nhttps://www.example.org/your-claim/"
    ),
)
