"""Each subject of reminders: who is silent about what, from when until when."""

import datetime as dt

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from events.inviting.actions import invitations
from events.planning import actions as planning_actions
from people.models import Notice
from programmes.groups.actions import terms as terms_actions
from programmes.members.actions import memberships
from programmes.models import Membership, Reminder, Role, Term
from tests import factories
from tests.factories.reminders import a_decision_to_review, a_rule, an_invitation_to_answer
from wellbeing.lib.dates import long_date

pytestmark = pytest.mark.usefixtures("reviewed")


def text_of(person):
    return Notice.objects.filter(kind="reminder", person=person).latest("pk").text_body


# Replies to invitations


@pytest.mark.parametrize(("days", "number"), [(6, None), (5, 1), (4, 1), (2, 1), (1, 1), (0, 1), (-3, 1), (-6, 1)])
def test_people_who_have_not_replied_are_reminded_from_five_days_before(scene, remind, days, number):
    """Also of the last reminder passed, up to the day before the event: a day without a worker loses nothing."""
    invitation = an_invitation_to_answer(scene.programme, scene.lived.person, days)
    expected = [(scene.lived.person, f"invitation:{invitation.pk}", number)] if number else []
    assert remind() == expected


def test_a_reply_is_asked_for_twice_at_most_and_not_on_the_day_of_the_event(scene, remind):
    an_invitation_to_answer(scene.programme, scene.lived.person, 6, event_in=9)
    days = [days for days in range(12) if remind(days)]
    assert days == [1, 5]


def test_nobody_is_reminded_on_the_day_of_the_event_or_after(scene, remind):
    an_invitation_to_answer(scene.programme, scene.lived.person, -2, event_in=0)
    an_invitation_to_answer(scene.programme, scene.lived.person, -9, event_in=-1)
    assert remind() == []


def test_an_answer_ends_the_reminders(scene, remind):
    invitation = an_invitation_to_answer(scene.programme, scene.lived.person, 5)
    assert remind()
    invitations.reply(invitation=invitation, reply="not_sure", by=None)
    assert [days for days in range(1, 12) if remind(days)] == []


def test_nobody_is_reminded_of_an_event_that_was_cancelled(scene, remind):
    invitation = an_invitation_to_answer(scene.programme, scene.lived.person, 5)
    planning_actions.cancel(event=invitation.event, by=scene.staff, reason="The hall is flooded.")
    assert remind() == []


@pytest.mark.parametrize("status", ["waiting", "failed", "cancelled"])
def test_nobody_is_reminded_of_an_invitation_they_never_had(scene, remind, status):
    an_invitation_to_answer(scene.programme, scene.lived.person, 5, status=status)
    assert remind() == []


def test_somebody_invited_within_that_time_gets_the_next_reminder_only(scene, remind):
    an_invitation_to_answer(scene.programme, scene.lived.person, 4, told_days_ago=0)
    assert [days for days in range(11) if remind(days)] == [3]


def test_somebody_invited_after_the_day_for_replies_has_until_the_event(scene, remind):
    an_invitation_to_answer(scene.programme, scene.lived.person, -1, event_in=7, told_days_ago=1)
    assert [days for days in range(9) if remind(days)] == [2, 6]
    assert long_date(timezone.localdate() + dt.timedelta(days=7)) in text_of(scene.lived.person)


def test_a_reminder_of_a_reply_says_what_to_do_and_opens_without_signing_in(scene, remind, on):
    invitation = an_invitation_to_answer(scene.programme, scene.lived.person, 5, title="Tea and talk")
    remind()
    notice = Notice.objects.get(kind="reminder")
    assert notice.subject == "Can you come to “Tea and talk”?"
    assert notice.link == settings.SITE_URL + reverse("reply", args=[invitation.link_key])
    assert "We do not know yet whether you can come." in notice.text_body
    assert f"Please tell us by {long_date(on(5))}. You do not need to sign in." in notice.text_body


def test_after_the_day_for_replies_nobody_is_asked_to_reply_by_then(scene, remind, on):
    an_invitation_to_answer(scene.programme, scene.lived.person, -2)
    remind()
    text = text_of(scene.lived.person)
    assert f"We asked for replies by {long_date(on(-2))}. You can still tell us." in text
    assert "Please tell us by" not in text


def test_a_rule_can_remind_after_the_day_for_replies(scene, remind):
    a_rule(scene.programme, "replies", days=2, when="after")
    an_invitation_to_answer(scene.programme, scene.lived.person, 0, event_in=9)
    assert [days for days in range(9) if remind(days)] == [2]


def test_the_day_changes_at_midnight_in_london(scene, remind):
    """In June half past eleven at night by universal time is half past midnight of the next day in London."""
    with time_machine.travel("2026-06-10T23:30:00Z", tick=False):
        assert timezone.localdate() == dt.date(2026, 6, 11)
        invitation = an_invitation_to_answer(scene.programme, scene.lived.person, 5, told_days_ago=3)
        # Half past midnight on the 22nd in London is the 21st by universal time.
        event = invitation.event
        event.starts_at = dt.datetime(2026, 6, 21, 23, 30, tzinfo=dt.UTC)
        event.ends_at = event.starts_at + dt.timedelta(hours=2)
        event.reply_by = dt.date(2026, 6, 16)
        event.save()
        assert [days for days in range(12) if remind(days)] == [0, 4]
        assert Reminder.objects.latest("pk").on == dt.date(2026, 6, 15)
        a_rule(scene.programme, "replies", days=5, when="after")
        assert [days for days in (9, 10) if remind(days)] == []


def test_an_event_just_after_midnight_is_of_the_day_in_london(scene, remind):
    with time_machine.travel("2026-06-20T09:00:00Z", tick=False):
        invitation = an_invitation_to_answer(scene.programme, scene.lived.person, -2, told_days_ago=12)
        event = invitation.event
        event.starts_at = dt.datetime(2026, 6, 20, 23, 30, tzinfo=dt.UTC)
        event.ends_at = event.starts_at + dt.timedelta(hours=2)
        event.save()
        assert event.day == dt.date(2026, 6, 21)
        assert remind(1) == []
        assert len(remind(0)) == 1


# Terms and roles


def test_a_member_is_told_twice_that_their_term_ends_and_whom_to_talk_to(scene, remind, on):
    term = Term.objects.get(person=scene.member.person)
    Term.objects.filter(pk=term.pk).update(ends_on=on(43))
    assert [days for days in range(50) if remind(days)] == [1, 29]
    assert remind(1) == [(scene.member.person, f"term:{term.pk}", 1)]
    text = text_of(scene.member.person)
    assert f"ends on {long_date(on(43))} (Member)." in text
    assert "talk to Connie Contact" in text
    assert "Questions? Ask Connie Contact: connie@example.org" in text


def test_somebody_whose_role_ends_is_told(scene, remind, on):
    role = Membership.objects.get(person=scene.lived.person)
    Membership.objects.filter(pk=role.pk).update(ends_on=on(10))
    assert remind() == [(scene.lived.person, f"role:{role.pk}", 1)]
    assert f"ends on {long_date(on(10))}: Person with lived experience." in text_of(scene.lived.person)
    assert remind(11) == []


def test_nobody_is_reminded_of_a_term_that_is_followed_by_another(scene, remind, on):
    term = Term.objects.get(person=scene.member.person)
    Term.objects.filter(pk=term.pk).update(ends_on=on(10))
    Term.objects.create(group=scene.group, person=scene.member.person, seat=term.seat, starts_on=on(11))
    role = Membership.objects.get(person=scene.lived.person)
    Membership.objects.filter(pk=role.pk).update(ends_on=on(10))
    factories.a_membership(scene.programme, scene.lived.person, Role.LIVED_EXPERIENCE, starts_on=on(11))
    assert remind() == []


def test_somebody_who_was_just_told_that_it_ends_gets_the_next_reminder_only(scene, remind, on):
    term, role = Term.objects.get(person=scene.member.person), Membership.objects.get(person=scene.lived.person)
    terms_actions.end(term=term, by=scene.staff, last_day=on(30))
    memberships.end(membership=role, by=scene.staff, last_day=on(30))
    assert [days for days in range(31) if remind(days)] == [16]
    assert {thing for _person, thing, _number in remind(16)} == {f"term:{term.pk}", f"role:{role.pk}"}


# Decisions to look at again


def test_whoever_recorded_a_decision_is_reminded_to_look_at_it_again(scene, remind, on):
    decision = a_decision_to_review(scene.programme, scene.chair.person, 29, title="Pay within ten days")
    assert [days for days in range(60) if remind(days)] == [1, 29]
    assert remind(1) == [(scene.chair.person, f"decision:{decision.pk}", 1)]
    text = text_of(scene.chair.person)
    assert f"to be looked at again on {long_date(on(29))}." in text
    assert f"{settings.SITE_URL}/decisions/{decision.pk}/" in text


def test_a_decision_of_somebody_who_has_left_is_the_task_of_the_colleague_who_tells_people(scene, remind):
    gone = factories.a_person("Gail Gone")
    a_decision_to_review(scene.programme, gone, 20)
    assert [person for person, _thing, _number in remind()] == [scene.staff.person]


def test_a_decision_that_nobody_is_there_for_is_nobodys_reminder(scene, remind):
    lonely = factories.a_programme()
    a_decision_to_review(lonely, factories.a_person("Gail Gone"), 20)
    assert remind() == []


@pytest.mark.parametrize(("days", "due"), [(-7, True), (-8, False), (-400, False)])
def test_a_review_long_past_is_no_news(scene, remind, days, due):
    a_decision_to_review(scene.programme, scene.staff.person, days, decided_days_ago=500)
    assert bool(remind()) is due


def test_a_rule_can_remind_after_the_day_of_a_review(scene, remind):
    a_rule(scene.programme, "reviews", days=3, again_after=10, at_most=2, when="after")
    a_decision_to_review(scene.programme, scene.staff.person, 1)
    assert [days for days in range(40) if remind(days)] == [4, 14]


def test_a_proposal_that_is_open_is_no_decision_to_look_at_again(scene, remind):
    factories.a_decision(scene.programme)
    assert remind() == []
