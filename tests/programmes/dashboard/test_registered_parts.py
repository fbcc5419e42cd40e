"""Parts of the dashboard that reviews and meetings register: the 4Pi gap, and who came to the meetings."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from events.meetings.board import attendance
from programmes.models import Term
from programmes.reviews.actions import rounds
from programmes.reviews.board import gap
from tests import factories as make
from tests.factories.meetings import a_meeting, held
from tests.factories.reviews import a_review, answer_all, some_people

WORDS = "I knew what could and could not change"


def a_closed_review(programme, lived, staff):
    by = make.with_role(programme, "staff", "Stella Staffordly")
    review = a_review(programme, by)
    answer_all(review, "lived_experience", *lived)
    answer_all(review, "staff", *staff)
    return rounds.close(review=review, by=by)


def test_the_largest_gap_of_the_latest_review_comes_first(db):
    programme = make.a_programme()
    some_people(programme)
    review = a_closed_review(programme, [{WORDS: 1}] * 6, [{WORDS: 5}] * 5)
    today = timezone.localdate()
    shown = gap(make.an_administrator(), programme, today)
    assert (shown.figures[0].value, shown.lines[0].text) == ("4.0", WORDS)
    assert shown.figures[0].url == reverse("review", args=[review.pk])
    assert "lived experience 1.0, staff 5.0" in shown.lines[0].detail
    on_paper = gap(None, programme, today)
    assert on_paper.more is None
    assert on_paper.figures[0].url == ""


def test_no_gap_is_shown_where_few_answered_or_nothing_is_closed(db):
    programme = make.a_programme()
    assert "No 4Pi review" in gap(None, programme, timezone.localdate()).nothing
    some_people(programme)
    a_closed_review(programme, [{WORDS: 1}] * 6, [{WORDS: 5}] * 2)
    shown = gap(None, programme, timezone.localdate())
    assert (list(shown.figures), list(shown.lines)) == ([], [])
    assert "Too few people" in shown.nothing


def test_attendance_counts_who_came_without_naming_anybody(db):
    programme = make.a_programme()
    meeting = a_meeting(programme, days=-3, title="Our meeting")
    people = [make.a_person(f"Member Number{number}") for number in range(4)]
    for person in people:
        Term.objects.create(
            group=meeting.group, person=person, seat="partner", starts_on=timezone.localdate() - dt.timedelta(days=90)
        )
    assert "Nobody has recorded" in attendance(None, programme, timezone.localdate()).nothing
    held(meeting, *people[:3])
    make.an_attendance(meeting.event, people[3], came=False)
    (line,) = attendance(make.an_administrator(), programme, timezone.localdate()).lines
    assert "3 of 4 came" in line.detail
    assert line.url == reverse("meeting", args=[meeting.pk])
    assert "Member" not in f"{line.text} {line.detail}"
