"""The standard words of what members are told about proposals and decisions, and their merge fields."""

from django.utils.translation import gettext_lazy as _

from people.wordings import Wording, WordingField

_HEADLINE = "{headline}"


def _wording(says, example_headline, holds, example):
    return Wording(
        subject=_HEADLINE, fields=(WordingField("headline", says, example_headline),), holds=holds, example=example
    )


PROPOSAL = _wording(
    _("What it is about"),
    _("Your view is wanted: Hold the big days on weekdays"),
    _("the proposal in its own words, who made it, the last day for views and the link to answer"),
    _(
        "Idris Quillfeather has made a proposal to the steering group. It says: “The big days are held on"
        " weekdays.”\n\nPlease say what you think by Friday 12 March 2027."
    ),
)
TALK = _wording(
    _("What it is about"),
    _("An answer to what you raised: Hold the big days on weekdays"),
    _("the question, the objection or the answer, and the link to it"),
    _(
        "Idris Quillfeather has answered what you raised about “Hold the big days on weekdays”.\n\nPlease say if that"
        " is enough for you."
    ),
)
DECISION = _wording(
    _("What it is about"),
    _("What was decided: Hold the big days on weekdays"),
    _("the outcome, why, what changes because of it, and the link to it"),
    _("This was decided about “Hold the big days on weekdays”: Agreed.\n\nWhy: Most of us can come then."),
)
