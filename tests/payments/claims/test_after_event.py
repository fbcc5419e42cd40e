"""The claims of who came to an event: counted, listed, and reminded of without being read; and what the event cost."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from events import registry
from events.day import actions as day_actions
from events.feedback.report import EventReport
from events.planning.tabs import CLAIMS, tab_url
from payments.approval.actions import decisions
from payments.claims import attended
from payments.claims.actions import reminding, sending
from payments.claims.transitions import ClaimError
from payments.models import Claim
from payments.reports.event_cost import cost_of
from people.models import Notice
from programmes.models import Role
from tests import factories as make
from tests.helpers.client import page_text, signed_in


@pytest.fixture
def held(scene):
    """An event to which the person and two more with lived experience came, and one of staff."""
    people = [scene.person, *(make.with_role(scene.programme, Role.LIVED_EXPERIENCE, f"Came Too{n}") for n in range(2))]
    event = make.an_event(scene.programme, organiser=scene.staff.person)
    came = [user.person.pk for user in (*people, scene.staff)]
    day_actions.record(event=event, came=came, by=scene.staff)
    scene.came = people
    return event


def reminded(event):
    on = timezone.localdate()
    keys = [attended.reminder_key(claim, on) for claim in Claim.objects.filter(event=event)]
    return list(Notice.objects.filter(key__in=keys).order_by("pk"))


def test_the_event_says_how_many_claims_were_prepared_and_lists_those_that_were_sent(scene, held):
    sent = held.claims.get(person=scene.came[0].person)
    sending.submit(claim=sent, by=scene.came[0])
    page = signed_in(scene.staff).get(tab_url(held, CLAIMS))
    assert "3 claims were prepared for who came" in page_text(page)
    assert "2 people have not sent theirs" in page_text(page)
    address = f"{reverse('claims', args=[scene.programme.slug])}?event={held.pk}"
    assert address in page.text
    make.a_claim(scene.programme, scene.came[1].person, "submitted", policy=scene.policy)
    assert [claim.pk for claim in signed_in(scene.staff).get(address).context["listing"].page] == [sent.pk]


def test_those_who_have_not_sent_theirs_are_reminded_once_a_day_and_nobody_reads_it(scene, held):
    sending.submit(claim=held.claims.get(person=scene.came[0].person), by=scene.came[0])
    page = signed_in(scene.staff).post(reverse("event_claims_remind", args=[held.pk]), follow=True)
    assert "Reminders to 2 people are on their way." in page_text(page)
    assert {notice.person for notice in reminded(held)} == {user.person for user in scene.came[1:]}
    assert "send it" in reminded(held)[0].text_body
    with pytest.raises(ClaimError, match="Nobody can be reminded today"):
        reminding.remind_unsent(event=held, by=scene.staff)
    draft = held.claims.get(person=scene.came[1].person)
    assert signed_in(scene.staff).get(draft.get_absolute_url()).status_code == 404
    with time_machine.travel(timezone.now() + dt.timedelta(days=1), tick=False):
        assert reminding.remind_unsent(event=held, by=scene.staff) == 2


def test_nobody_is_reminded_once_the_time_to_claim_is_over(scene, held):
    with time_machine.travel(timezone.now() + dt.timedelta(days=200), tick=False):
        assert attended.to_remind_now(held, timezone.localdate()) == []


def test_only_staff_remind(scene, held):
    for user in (scene.finance, scene.came[0]):
        with pytest.raises(ClaimError, match="Only staff"):
            reminding.remind_unsent(event=held, by=user)


def test_thanks_say_that_a_claim_is_ready_only_while_it_is(scene, held):
    sending.submit(claim=held.claims.get(person=scene.came[0].person), by=scene.came[0])
    words = registry.claim_words_for(held, [user.person.pk for user in (*scene.came, scene.staff)])
    assert set(words) == {user.person.pk for user in scene.came[1:]}
    assert "Your claim for it is ready" in words[scene.came[1].person.pk]


def test_the_cost_is_of_approved_claims_and_stands_apart_only_where_many_are_behind_it(scene, held):
    assert cost_of(held) is None
    for user in scene.came:
        claim = held.claims.get(person=user.person)
        sending.submit(claim=claim, by=user)
        decisions.approve(claim=claim, by=scene.staff)
    cost = cost_of(held)
    assert (cost.total_pence, cost.people, cost.parts, cost.unsent) == (15_000, 3, None, 0)
    assert EventReport(held).cost_lines == [], "three people are too few"
