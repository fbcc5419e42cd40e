"""The standard words of what people on a waiting list are told, and the slip of the letter with an offer."""

from django.utils.translation import gettext_lazy as _

from people.registry import ReplySlip, SlipQuestion
from people.wordings import Wording, WordingField


def _wording(headline, holds, example):
    return Wording(
        subject=_("{headline}"),
        fields=(WordingField("headline", _("What it is about"), headline),),
        holds=holds,
        example=example,
    )


OFFERED = _wording(
    _("A place is free for you: Curry and conversation"),
    _("the event and its day, until when the place is kept, and the link to take it or let it go"),
    _(
        "You are on the waiting list for “Curry and conversation”, Thursday 14 January 2027, 10am to 12:30pm. A place"
        " has come free.\n\nWe keep it for you until noon on Monday 11 January 2027. After that we offer it to the next"
        " person.\n\nTake the place, or let it go:\nhttps://www.example.org/your-own-page/"
    ),
)
PASSED = _wording(
    _("We could not keep the place: Curry and conversation"),
    _("the event and its day, and the link to wait for a place again"),
    _(
        "We kept a place for you at “Curry and conversation”, Thursday 14 January 2027, 10am to 12:30pm. We did not"
        " hear from you in time, so we could not keep it longer.\n\nWait for a place"
        " again:\nhttps://www.example.org/your-own-page/"
    ),
)
CLOSED = _wording(
    _("No place came free: Curry and conversation"),
    _("the event and its day, and that the waiting list is closed"),
    _(
        "You are on the waiting list for “Curry and conversation”, Thursday 14 January 2027, 10am to 12:30pm.\n\nWe are"
        " sorry: no place came free, and we have closed the list. We would like to ask you another time."
    ),
)
TAKE_IT = ReplySlip(
    _("Your reply"),
    (SlipQuestion(_("Do you take the place?"), choices=(_("Yes, I take it"), _("No, give it to somebody else"))),),
)
