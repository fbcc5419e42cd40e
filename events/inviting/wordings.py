"""The standard words of what is said about events, and their merge fields."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from people.wordings import Wording, WordingField

_EVENT = WordingField("event", _("The name of the event"), _("Curry and conversation"))
_DAY = WordingField("day", _("The day of the event"), _("Thursday 14 January 2027"))
_TIME = WordingField("time", _("When it starts"), _("10am"))
_PLACE = WordingField(
    "place", _("Where it is, on one line"), _("Made Up Hall, 1 Made Up Street, Leeds"), may_be_empty=True
)
_REPLY_BY = WordingField("reply_by", _("The day to reply by"), _("Thursday 7 January 2027"))
_OTHERS = (_DAY, _TIME, _PLACE, _REPLY_BY)
_FIELDS = (_EVENT, *_OTHERS)

INVITATION = Wording(
    subject=_("You are invited: {event}, {day}"),
    heading=_("{event}"),
    words=_("Hello {name},\n\nYou are invited to “{event}”. It is part of {programme}.\n\n{details}"),
    # Its facts do not name the event.
    fields=(replace(_EVENT, needed=True), *_OTHERS),
    holds=_("the day and place, what we pay, the link to reply, what it is for, and who to ask"),
    example=_(
        "WHEN AND WHERE\nThursday 14 January 2027, 10am to 12:30pm\nMade Up Hall\n1 Made Up Street\nLeeds\nWe pay you"
        " £75 for this session.\n\nPLEASE TELL US IF YOU CAN COME\nPlease tell us by Thursday 7 January 2027. You do"
        " not need to sign in. Open this page:\nhttps://www.example.org/your-own-page/\n\nWHAT IT IS FOR\nTo hear what"
        " matters to people, over a meal.\n\nWHAT WE PAY\nFor your time: £75\n- Your travel"
    ),
)
CHANGED = Wording(
    subject=_("Changed: {event}, {day}"),
    heading=_("{event} has changed"),
    fields=_FIELDS,
    holds=_("what has changed, the day and place, what we pay, and the link to reply"),
    example=_(
        "Curry and conversation has changed. This is how it was when we last told you, and how it is now.\n\nWHAT HAS"
        " CHANGED\n\nPlace\nBefore: Old Hall, Leeds\nNow: Made Up Hall, Leeds\n\nPlease tell us if you can come. You do"
        " not need to sign in:\nhttps://www.example.org/your-own-page/"
    ),
)
CANCELLED = Wording(
    subject=_("Cancelled: {event}, {day}"),
    heading=_("{event} will not take place"),
    words=_("Hello {name},\n\nWe are sorry.\n\n{details}"),
    fields=_FIELDS,
    holds=_("the event and its day, and what to do about money already spent"),
    example=_(
        "Curry and conversation on Thursday 14 January 2027, 10am to 12:30pm will not take place. Please do not"
        " travel.\n\nIf you have already paid for travel or care, please tell us."
    ),
)
ANSWER = Wording(
    subject=_("Your question about {event}"),
    fields=_FIELDS,
    holds=_("the question, the answer, and the link to reply"),
    example=_(
        "You asked about Curry and conversation (Thursday 14 January 2027, 10am to 12:30pm):\n\nIs there a step at the"
        " door?\n\nStella Staff answers:\n\nNo, there is a ramp.\n\nTo change your reply, or to ask"
        " more:\nhttps://www.example.org/your-own-page/"
    ),
)
REPLY_NOTED = Wording(
    subject=_("Your reply: {event}, {day}"),
    heading=_("We have your reply"),
    fields=_FIELDS,
    holds=_("the reply, the day and place, the link to join online for those who come, and the link to change it"),
    example=_(
        "Thank you. We have noted your reply about Curry and conversation:\n\nI will come\n\nWHEN AND"
        " WHERE\nThursday 14 January 2027, 10am to 12:30pm\nMade Up Hall\n\nIf this is not right, or your plans"
        " change, tell us here. You do not need to sign in:\nhttps://www.example.org/your-own-page/"
    ),
)
JOINING = Wording(
    subject=_("Soon: {event}, {day}"),
    heading=_("{event} is soon"),
    words=_("Hello {name},\n\nYou told us that you come to “{event}”. This is what you need for the day.\n\n{details}"),
    fields=(replace(_EVENT, needed=True), *_OTHERS),
    holds=_("the day and place, the link to join online, and the link to say that they cannot come after all"),
    example=_(
        "WHEN AND WHERE\nThursday 14 January 2027, 10am to 12:30pm\nMade Up Hall\n1 Made Up Street\nLeeds\n\nIF YOU"
        " CANNOT COME AFTER ALL\nPlease tell us here. Nobody will ask you why, and you do not need to sign"
        " in:\nhttps://www.example.org/your-own-page/"
    ),
)
NEW_LINK = Wording(
    subject=_("Your new link: {event}"),
    heading=_("Your new link"),
    fields=_FIELDS,
    holds=_("the new personal link, and that the one before no longer works"),
    example=_(
        "This is your new personal link for Curry and conversation. The link we sent you before no longer"
        " works.\n\nPlease tell us if you can come. You do not need to sign"
        " in:\nhttps://www.example.org/your-own-page/"
    ),
)
REPLY_TAKEN = Wording(
    subject=_("We wrote down your reply: {event}"),
    heading=_("We wrote down your reply"),
    fields=_FIELDS,
    holds=_("the reply, who wrote it down, the day and place, and the link to change it"),
    example=_(
        "Stella Staff wrote down your reply about Curry and conversation for you:\n\nYes, I will come\n\nIf this is not"
        " right, or your plans change, tell us here. You do not need to sign"
        " in:\nhttps://www.example.org/your-own-page/"
    ),
)
