"""Tests of the needs of those who come with somebody: apart at events, on lists, and in formats of papers."""

import pytest
from django.urls import reverse

from events.access.actions import gathering
from events.access.models import Arrangement, EventNeed
from events.access.page import AccessList
from events.inviting.forms.invitations import PersonReplyForm
from events.inviting.queries import needs_to_plan_for
from events.papers import queries as paper_queries
from people.models import Supporter
from people.needs import actions as need_actions
from people.needs.actions import Said
from tests import factories as make
from tests.factories.access import coming
from tests.helpers.client import page_text
from wellbeing.lib.dates import today

pytestmark = pytest.mark.django_db


@pytest.fixture
def later(programme, staff):
    """An event in sixty days."""
    return make.an_event(programme, organiser=staff.person, days=60)


def test_a_supporter_of_a_supporter_stays_in_the_words_of_the_reply(later, member):
    words = "For the person who comes with me: Supporter or personal assistant comes too"
    make.an_invitation(later, member.person, reply="coming", replied_at=later.starts_at, access_needs=words)
    gathering.gather(event=later, by=None)
    need = EventNeed.objects.get(whose="supporter")
    assert need.kind == "other"
    assert "Supporter or personal assistant" in need.words


def test_what_serves_everybody_is_not_called_by_the_supporter_who_had_it_first(later, member):
    coming(later, member.person)
    need_actions.set(person=member.person, by=member, needs=[Said("breaks", "", "supporter")])
    assert Arrangement.objects.get(kind="breaks").title == "Regular breaks"


def test_an_arrangement_says_whose_need_it_is(later, member, staff, signed_in):
    coming(later, member.person)
    Supporter.objects.create(
        person=member.person,
        name="Jean Helperton",
        channel="phone",
        phone="01632 960001",
        consent_on=today(),
        consent_how="By phone",
        recorded_by=staff.person,
    )
    own, theirs = Said("diet", "halal"), Said("diet", "Jean is vegan", "supporter")
    loop = Said("hearing_loop", "", "supporter")
    need_actions.set(person=member.person, by=member, needs=[own, theirs, loop])
    needs = {(need.whose, need.kind): need for need in EventNeed.objects.select_related("arrangement")}
    assert set(needs) == {
        ("person", "diet"),
        ("person", "supporter"),
        ("supporter", "diet"),
        ("supporter", "hearing_loop"),
    }
    assert needs["supporter", "diet"].arrangement.title == "For the supporter: Food and drink"
    browser = signed_in(staff)
    page = page_text(browser.get(reverse("event_access", args=[later.pk])))
    assert f"the supporter of {member.person.full_name}: Jean is vegan" in page
    page = page_text(browser.get(reverse("arrangement", args=[needs["supporter", "diet"].arrangement_id])))
    assert "For the supporter: Food and drink. Jean is vegan" in page
    caterer = {kind.label: (kind.people, kind.words) for kind in AccessList(later, "caterer").kinds}
    assert caterer["Food and drink"] == (1, ["halal"])
    assert caterer["For the supporter: Food and drink"] == (1, ["[name] is vegan"]), "a supporter has no name there"
    assert (dict(needs_to_plan_for(later)))["For the supporter: Food and drink"] == 1
    # It falls away by itself, and the person's own stays.
    need_actions.set(person=member.person, by=member, needs=[own])
    assert EventNeed.objects.current().get().whose == "person"
    assert needs["supporter", "diet"].arrangement.status == Arrangement.Status.TO_DO
    needs["supporter", "diet"].arrangement.refresh_from_db()
    assert needs["supporter", "diet"].arrangement.status == Arrangement.Status.DROPPED


def test_a_reply_can_say_what_a_supporter_needs(later, member, signed_in):
    invitation = make.an_invitation(later, member.person)
    said = {
        "reply": "coming",
        "bsl": "on",
        "for_supporter_large_print": "on",
        "for_supporter_large_print_size": "18",
        "for_supporter_diet_detail": "vegan",
        "access_needs": "A chair with arms",
    }
    form = PersonReplyForm(said, invitation=invitation)
    assert form.is_valid(), form.errors
    signed_in(member).post(reverse("reply", args=[invitation.link_key]), said)
    found = {(need.whose, need.kind): need.words for need in EventNeed.objects.all()}
    assert found == {
        ("person", "bsl"): "",
        ("person", "other"): "A chair with arms",
        ("supporter", "large_print"): "18 point",
        ("supporter", "diet"): "vegan",
    }


def test_a_new_size_of_print_reaches_the_events_to_come(later, member):
    coming(later, member.person)
    need_actions.set(person=member.person, by=member, needs=[Said("large_print", print_size="18")])
    assert EventNeed.objects.get().words == "18 point"
    need_actions.set(person=member.person, by=member, needs=[Said("large_print", print_size="20")])
    assert EventNeed.objects.get().words == "20 point"


def test_papers_are_lacking_for_a_supporter_too(later, member):
    coming(later, member.person)
    need_actions.set(person=member.person, by=member, needs=[Said("braille", "", "supporter")])
    person = paper_queries.who_may_come(later)[0]
    assert paper_queries.formats_of(person) == [paper_queries.STANDARD]
    assert paper_queries.formats_for_supporter(person) == [("braille", "")]
