"""Drafts: events that only staff know of, until they are published."""

import pytest
from django.urls import reverse
from django.utils import timezone

from events.day import actions as day_actions
from events.inviting import queries as inviting_queries
from events.inviting.actions import invitations
from events.models import Event
from events.planning import actions
from events.planning.transitions import EventError
from programmes.models import Role
from tests import factories as make
from tests.factories import access
from tests.helpers.client import page_text
from tests.helpers.database import refused
from tests.helpers.events import filled, members

DRAFT = Event.Status.DRAFT


@pytest.fixture
def draft(programme, staff):
    return make.an_event(programme, organiser=staff.person, days=10, status=DRAFT, title="Not ready yet")


def test_an_event_is_saved_as_a_draft_and_published_in_one_press(as_staff, programme, staff):
    response = as_staff.post(reverse("event_new", args=[programme.slug]), filled(staff, draft="1"))
    event = Event.objects.get()
    assert event.status == DRAFT
    page = page_text(as_staff.get(response.url))
    assert "This is a draft." in page
    assert "Invite people" not in page
    as_staff.post(reverse("event_publish", args=[event.pk]))
    event.refresh_from_db()
    assert event.status == Event.Status.PLANNED
    assert "Invite people" in page_text(as_staff.get(event.get_absolute_url()))


def test_nobody_but_staff_sees_a_draft(programme, draft, staff, signed_in):
    administrator = make.an_administrator()
    readers = [make.with_role(programme, role) for role in (Role.STEERING, Role.FINANCE, Role.LIVED_EXPERIENCE)]
    for reader in readers:
        assert not Event.objects.visible_to(reader).exists()
        assert signed_in(reader).get(draft.get_absolute_url()).status_code == 403
    assert "Not ready yet" not in page_text(signed_in(readers[0]).get(reverse("events", args=[programme.slug])))
    for reader in (staff, administrator):
        assert Event.objects.visible_to(reader).get() == draft


def test_a_draft_is_on_no_list_of_what_is_to_come(programme, draft):
    assert not Event.objects.published().exists()
    assert not inviting_queries.next_events(programme, timezone.now()).exists()


def test_nothing_is_done_with_a_draft_but_what_belongs_to_planning(programme, draft, staff):
    person = members(programme, 1)[0]
    for attempt in (
        lambda: invitations.invite(event=draft, people=[person], by=staff),
        lambda: invitations.set_facilitators(event=draft, people=[], by=staff),
        lambda: day_actions.record(event=draft, came={person.pk}, by=staff),
        lambda: day_actions.note_at_door(event=draft, taps=[], by=staff),
    ):
        with pytest.raises(EventError, match="This event is a draft"):
            attempt()
    with pytest.raises(EventError, match="Throw it away instead"):
        actions.cancel(event=draft, by=staff)
    assert actions.edit(event=draft, by=staff, venue_name="Another hall").sequence == 0


def test_the_database_lets_nobody_be_invited_to_a_draft(programme, draft, staff):
    person = members(programme, 1)[0]
    assert "nobody is invited to a draft" in refused(
        "INSERT INTO events_invitation (event_id, person_id, link_key, invited_by_id, invited_at, reply, access_needs,"
        " question, answer) VALUES (%s, %s, 'a-key', %s, now(), '', '', '', '')",
        draft.pk,
        person.pk,
        staff.person.pk,
    )


def test_a_draft_whose_day_or_replies_have_passed_is_not_published(programme, staff):
    late = make.an_event(programme, organiser=staff.person, days=-1, status=DRAFT)
    with pytest.raises(EventError, match="Its day has gone"):
        actions.publish(event=late, by=staff)
    soon = make.an_event(programme, organiser=staff.person, days=2, status=DRAFT)
    with pytest.raises(EventError, match="until which replies are wanted has passed"):
        actions.publish(event=soon, by=staff)


def test_a_draft_is_thrown_away_and_a_published_event_is_not(as_staff, programme, draft, staff, event):
    response = as_staff.post(reverse("event_discard", args=[draft.pk]))
    assert response.url == reverse("events", args=[programme.slug])
    assert not Event.objects.filter(pk=draft.pk).exists()
    with pytest.raises(EventError, match="It can be cancelled"):
        actions.discard(event=event, by=staff)


def test_a_draft_for_which_something_is_arranged_is_kept(draft, staff):
    access.an_arrangement(draft)
    with pytest.raises(EventError, match="Something is arranged"):
        actions.discard(event=draft, by=staff)
