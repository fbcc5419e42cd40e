"""The standard words of what members are told about meetings, and their merge fields."""

from django.utils.translation import gettext_lazy as _

from people.wordings import Wording, WordingField


def _wording(example_headline, holds, example):
    headline = WordingField("headline", _("What it is about"), example_headline)
    return Wording(subject="{headline}", fields=(headline,), holds=holds, example=example)


AGENDA = _wording(
    _("The agenda is there: Steering group, Tuesday 9 March 2027"),
    _("the day, each thing the group will talk about with its time, the papers, and the link to the agenda"),
    _(
        "Steering group, Tuesday 9 March 2027, 10am to 12:30pm.\n\n10am: Agree the minutes of the last meeting\n\n"
        "10:15am: Hold the big days on weekdays\n\nPapers, on the page of the meeting: The budget for next year."
    ),
)
MINUTES = _wording(
    _("Please check the minutes: Steering group, Tuesday 9 March 2027"),
    _("whose minutes they are, how to say what is not right, and the link to them"),
    _(
        "The minutes of “Steering group” of Tuesday 9 March 2027 are written.\n\nPlease tell us if something is not"
        " right, before the group agrees them at its next meeting."
    ),
)
PUBLISHED = _wording(
    _("Minutes are published: Steering group, Tuesday 9 March 2027"),
    _("whose minutes they are, when they were agreed, and the link to them"),
    _(
        "The minutes of “Steering group” of Tuesday 9 March 2027 are agreed, and everybody in the programme can read"
        " them."
    ),
)
TALK = _wording(
    _("Would you like a talk before the meeting? Steering group, Tuesday 9 March 2027"),
    _("when and where the talk is and with whom, and the link to say yes or no thanks"),
    _(
        "Before “Steering group” of Tuesday 9 March 2027 you can go through the papers with Idris Quillfeather.\n\n"
        "Friday 5 March 2027, 2pm, by phone.\n\nYou do not have to. Please tell us if you would like it."
    ),
)
