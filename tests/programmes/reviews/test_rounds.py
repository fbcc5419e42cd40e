"""Planning, opening, closing and sharing a round; who is asked; what the database refuses."""

import datetime as dt

import pytest
from django.utils import timezone

from people.models import Message, Notice
from programmes.models import ReviewAsked, ReviewRound, ReviewTally, Role, Term
from programmes.reviews import queries
from programmes.reviews.actions import rounds
from tests import factories as make
from tests.factories.reviews import a_review, answer_all
from tests.helpers.database import refused
from wellbeing.lib.errors import ActionError


def sides(review):
    return {row.person.full_name: row.side for row in review.asked.select_related("person")}


def test_each_person_is_asked_once_in_the_group_their_role_says(circle):
    asked = sides(circle.review)
    assert asked["Lived Number0"] == "lived_experience"
    assert asked["Staffer Number0"] == asked["Finn Ledger"] == "staff"
    assert asked["Pat Partnerly"] == "others"
    assert len(asked) == 9 + 6 + 1 + 1


def test_somebody_who_is_staff_as_well_answers_as_staff(circle):
    make.with_role(circle.programme, Role.LIVED_EXPERIENCE, user=circle.boss)
    make.a_seat(circle.group, circle.boss.person, Term.Seat.LIVED_EXPERIENCE)
    assert sides(a_review(circle.programme, circle.boss, asks_steering=True))["Staffer Number0"] == "staff"


@pytest.mark.parametrize(
    ("asks", "number"),
    [({"asks_staff": False}, 9), ({"asks_lived_experience": False}, 7), ({"asks_steering": True}, 17)],
)
def test_only_the_groups_that_are_chosen_are_asked(circle, asks, number):
    assert a_review(circle.programme, circle.boss, **asks).asked.count() == number


def test_a_seat_for_lived_experience_or_staff_counts_in_that_group(circle):
    make.a_seat(circle.group, make.a_person("Lena Seated"), Term.Seat.LIVED_EXPERIENCE)
    make.a_seat(circle.group, make.a_person("Stan Seated"), Term.Seat.STAFF)
    asked = sides(a_review(circle.programme, circle.boss, asks_steering=True))
    assert (asked["Lena Seated"], asked["Stan Seated"]) == ("lived_experience", "staff")


def test_everyone_asked_is_told_with_a_link_of_their_own(circle):
    notices = Notice.objects.filter(kind="review")
    assert notices.count() == 17
    links = {notice.link for notice in notices}
    assert links == {asked.link for asked in circle.review.asked.all()}
    notice = notices.get(person=circle.lived[0].person)
    assert "How the second year went." in notice.text_body
    assert "once 5 people in it have answered" in notice.text_body
    assert "by phone" in notice.text_body


def test_somebody_who_is_told_by_letter_gets_a_letter(circle):
    person = circle.lived[0].person
    person.channel, person.postal_address = "letter", "1 Made Up Road\nInventham"
    person.save()
    review = a_review(circle.programme, circle.boss)
    notice = Notice.objects.get(key=f"review:{review.asked.get(person=person).pk}")
    assert notice.messages.get().channel == Message.Channel.LETTER


def test_opening_needs_its_day_and_somebody_to_ask(circle, today):
    later = a_review(circle.programme, circle.boss, is_open=False, opens_on=today + dt.timedelta(days=1))
    with pytest.raises(ActionError, match="starts later"):
        rounds.open_round(review=later, by=circle.boss)
    with pytest.raises(ActionError, match="has been opened already"):
        rounds.open_round(review=circle.review, by=circle.boss)
    lonely = make.a_programme("Lonely")
    administrator = make.an_administrator()
    review = a_review(lonely, administrator, is_open=False)
    with pytest.raises(ActionError, match="nobody to ask"):
        rounds.open_round(review=review, by=administrator)


def test_a_plan_says_what_is_wrong_beside_its_field(circle, today):
    fields = {"title": "A review", "opens_on": today, "closes_on": today, "by": circle.boss}
    for change, field in (
        ({"title": " "}, "title"),
        ({"closes_on": today - dt.timedelta(days=1)}, "closes_on"),
        ({"opens_on": today - dt.timedelta(days=3), "closes_on": today - dt.timedelta(days=2)}, "closes_on"),
        ({"asks_lived_experience": False, "asks_staff": False}, "asks"),
    ):
        with pytest.raises(ActionError) as refusal:
            rounds.plan(programme=circle.programme, **{**fields, **change})
        assert refusal.value.field == field


def test_a_planned_review_can_be_changed_and_an_open_one_only_given_more_time(circle, today):
    planned = a_review(circle.programme, circle.boss, is_open=False)
    new = {"title": "Another name", "opens_on": today, "closes_on": today + dt.timedelta(days=3), "by": circle.boss}
    assert rounds.change(review=planned, **new).title == "Another name"
    with pytest.raises(ActionError, match="asked already"):
        rounds.change(review=circle.review, **new)
    longer = circle.review.closes_on + dt.timedelta(days=7)
    assert rounds.give_more_time(review=circle.review, closes_on=longer, by=circle.boss).closes_on == longer
    with pytest.raises(ActionError, match="later day"):
        rounds.give_more_time(review=circle.review, closes_on=longer, by=circle.boss)
    with pytest.raises(ActionError, match="Only an open review"):
        rounds.give_more_time(review=planned, closes_on=longer, by=circle.boss)


def test_people_who_join_later_are_asked_too(circle):
    with pytest.raises(ActionError, match="Everybody has been asked"):
        rounds.ask_more(review=circle.review, by=circle.boss)
    make.with_role(circle.programme, Role.LIVED_EXPERIENCE, "Nina Newcomer")
    assert rounds.ask_more(review=circle.review, by=circle.boss) == 1
    assert sides(circle.review)["Nina Newcomer"] == "lived_experience"


def test_closing_stops_what_still_waits_to_ask(circle):
    rounds.close(review=circle.review, by=circle.boss)
    cancelled = Message.objects.filter(notice__kind="review", status=Message.Status.CANCELLED)
    assert cancelled.count() == 17
    with pytest.raises(ActionError, match="Only an open review"):
        rounds.close(review=circle.review, by=circle.boss)


def test_sharing_tells_everybody_who_was_asked_and_is_done_once(circle):
    with pytest.raises(ActionError, match="Close the review first"):
        rounds.publish(review=circle.review, by=circle.boss)
    rounds.close(review=circle.review, by=circle.boss)
    rounds.publish(review=circle.review, by=circle.boss)
    assert Notice.objects.filter(kind="review_results").count() == 17
    with pytest.raises(ActionError, match="shared once"):
        rounds.publish(review=circle.review, by=circle.boss)


@pytest.mark.parametrize("who", ["lived", "partner", "finance", "elsewhere"])
def test_only_staff_of_the_programme_run_reviews(circle, who, today):
    user = circle.lived[0] if who == "lived" else getattr(circle, who)
    for act in (
        lambda: rounds.plan(programme=circle.programme, title="A", opens_on=today, closes_on=today, by=user),
        lambda: rounds.open_round(review=circle.review, by=user),
        lambda: rounds.ask_more(review=circle.review, by=user),
        lambda: rounds.give_more_time(review=circle.review, closes_on=today, by=user),
        lambda: rounds.close(review=circle.review, by=user),
        lambda: rounds.publish(review=circle.review, by=user),
    ):
        with pytest.raises(ActionError, match="Only programme staff"):
            act()


def test_the_database_refuses_what_must_never_happen(circle):
    review = circle.review
    set_status = "UPDATE programmes_reviewround SET status = %s, closed_on = %s WHERE id = %s"
    asked = review.asked.filter(side="lived_experience").first()
    answer_all(review, "lived_experience", 4)
    assert "once" in refused("UPDATE programmes_reviewasked SET answered_on = NULL, way = '' WHERE way <> ''")
    refused("UPDATE programmes_reviewasked SET side = 'staff' WHERE id = %s", asked.pk)
    refused("DELETE FROM programmes_reviewasked WHERE id = %s", asked.pk)
    rounds.close(review=review, by=circle.boss)
    refused(set_status, "open", None, review.pk)
    assert "while a review is open" in refused(
        "UPDATE programmes_reviewasked SET answered_on = now(), way = 'page' WHERE answered_on IS NULL"
    )
    refused("DELETE FROM programmes_reviewround WHERE id = %s", review.pk)
    refused("UPDATE programmes_reviewround SET closed_on = NULL WHERE id = %s", review.pk)


def test_counts_go_up_by_answers_of_people_and_only_while_it_is_open(circle):
    review = circle.review
    tally = ReviewTally.objects.filter(round=review, side="staff", value=1).first()
    raise_one = "UPDATE programmes_reviewtally SET number = number + %s WHERE id = %s"
    assert "more answers than people" in refused(raise_one, 1, tally.pk)
    answer_all(review, "staff", 5, 5)
    assert "more answers than people" in refused(raise_one, 1, tally.pk)
    assert "one answer at a time" in refused(raise_one, 2, tally.pk)
    high = ReviewTally.objects.filter(round=review, side="staff", value=5).first()
    assert "one answer at a time" in refused(raise_one, -1, high.pk)
    assert "one answer at a time" in refused("UPDATE programmes_reviewtally SET side = 'nobody' WHERE id = %s", high.pk)
    refused("DELETE FROM programmes_reviewtally WHERE id = %s", tally.pk)
    refused(
        "INSERT INTO programmes_reviewtally (round_id, statement_id, side, value, number)"
        " VALUES (%s, %s, 'staff', 4, 1)",
        review.pk,
        tally.statement_id,
    )
    rounds.close(review=review, by=circle.boss)
    assert "while a review is open" in refused(raise_one, 0, tally.pk)


def test_comments_close_with_the_review(circle):
    answer_all(circle.review, "staff", 5, comment="It was good.")
    comment = circle.review.comments.get()
    assert "as it was written" in refused("UPDATE programmes_reviewcomment SET words = 'Bad.'")
    rounds.close(review=circle.review, by=circle.boss)
    for sql in ("DELETE FROM programmes_reviewcomment", "UPDATE programmes_reviewcomment SET words = 'Bad.'"):
        assert "while a review is open" in refused(sql)
    comment.refresh_from_db()
    assert comment.words == "It was good."


def test_the_rounds_up_to_one_are_those_closed_before_it(circle):
    rounds.close(review=circle.review, by=circle.boss)
    second = a_review(circle.programme, circle.boss, title="Our third year")
    rounds.close(review=second, by=circle.boss)
    first = ReviewRound.objects.get(pk=circle.review.pk)
    second.refresh_from_db()
    assert queries.rounds_up_to(first) == [first]
    assert queries.rounds_up_to(second) == [first, second]


def test_nobody_is_asked_twice(circle):
    one = circle.review.asked.first()
    keys = ReviewAsked.objects.values_list("link_key", flat=True)
    assert len(set(keys)) == len(keys)
    refused(
        "INSERT INTO programmes_reviewasked (round_id, person_id, side, link_key, asked_on, way)"
        " VALUES (%s, %s, 'staff', 'other', %s, '')",
        circle.review.pk,
        one.person_id,
        timezone.localdate(),
    )
