"""Tests of planning meetings and building their agendas."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from events.meetings import rules
from events.meetings.actions import agenda, planning
from events.meetings.contributions import home_tasks
from events.meetings.page import MeetingPage
from events.models import AgendaItem, Event, Invitation, MeetingRules
from events.planning import actions as event_actions
from people.models import Notice
from programmes.decisions.actions import following
from programmes.models import Decision, Group, Objection
from tests import factories as make
from tests.factories.decisions import a_decided_proposal, a_decision, a_position, a_seat
from tests.factories.meetings import a_meeting, an_item
from tests.helpers.client import page_text
from tests.helpers.database import refused
from wellbeing.lib.dates import today
from wellbeing.lib.errors import ActionError

pytestmark = pytest.mark.django_db
Kind = AgendaItem.Kind


def in_order(meeting):
    return list(meeting.items.filter(is_out=False).order_by("position").values_list("kind", flat=True))


def event_values(staff, days=20):
    starts = timezone.now() + dt.timedelta(days=days)
    return {
        "title": "Steering group",
        "purpose": "To decide together.",
        "starts_at": starts,
        "ends_at": starts + dt.timedelta(hours=2),
        "reply_by": timezone.localdate(starts),
        "organiser": staff.person,
        "venue_name": "The Invented Hall",
    }


def test_planning_a_meeting_makes_the_event_and_invites_who_serves_that_day(group, staff, chair, lived):
    gone = a_seat(group, make.a_person("Gina Gone"), ends_on=today() + dt.timedelta(days=3))
    meeting = planning.plan(group=group, by=staff, **event_values(staff))
    assert meeting.event.kind == Event.Kind.MEETING
    assert meeting.event.group == group
    invited = set(Invitation.objects.filter(event=meeting.event).values_list("person", flat=True))
    assert invited == {chair.person.pk, lived.person.pk}
    assert gone.person_id not in invited


def test_a_chair_plans_a_meeting_with_its_agenda_and_talks_in_one_step(programme, group, chair, staff, lived):
    a_decision(programme, title="Hold the big days on weekdays")
    values = event_values(staff)
    before = planning.PlannedTalk("before", values["starts_at"] - dt.timedelta(days=1), "By phone", chair.person)
    meeting = planning.plan(group=group, by=chair, talks_around=[before], **values)
    assert in_order(meeting) == [Kind.VIEWS]
    assert meeting.talks.get().who == chair.person
    assert not meeting.event.invitations.exists(), "staff send the invitations"
    assert not Notice.objects.filter(kind="meeting_talk").exists(), "the invitation says it"


def test_a_chair_plans_no_other_events_and_no_meeting_of_another_group(programme, group, chair, lived, staff):
    other = Group.objects.create(programme=programme, name="Curry club", kind=Group.Kind.COMMUNITY)
    for user, of in ((chair, other), (lived, group)):
        with pytest.raises(ActionError, match="Only the chair"):
            planning.plan(group=of, by=user, **event_values(staff))
    with pytest.raises(ActionError, match="Only staff"):
        event_actions.create(
            programme=programme, by=chair, kind=Event.Kind.WORKSHOP, group=group, **event_values(staff)
        )
    assert not Event.objects.exists()


def test_a_talk_at_a_wrong_time_undoes_the_whole_plan(group, staff):
    values = event_values(staff)
    late = planning.PlannedTalk("before", values["ends_at"], "By phone", staff.person)
    with pytest.raises(ActionError, match="starts before it") as refusal:
        planning.plan(group=group, by=staff, talks_around=[late], **values)
    assert refusal.value.field == "before_day"
    assert not Event.objects.exists()


def test_staff_invite_the_members_of_a_meeting_that_a_chair_planned(group, staff, chair, lived, signed_in):
    meeting = planning.plan(group=group, by=chair, **event_values(staff))
    (task,) = [task for task in home_tasks(staff) if "Invite" in str(task.title)]
    assert str(task.title) == "Invite the members to Steering group"
    assert not any("Invite" in str(task.title) for task in home_tasks(chair))
    client = signed_in(staff)
    assert "Invite 2 members" in page_text(client.get(task.url))
    assert "Nobody is invited yet." not in page_text(signed_in(chair).get(task.url))
    done = client.post(reverse("meeting_invite", args=[meeting.pk]), follow=True)
    assert "2 members are invited" in page_text(done)
    assert not any("Invite" in str(task.title) for task in home_tasks(staff))
    assert planning.invite_members(meeting=meeting, by=staff) == 0
    with pytest.raises(ActionError, match="Only staff"):
        planning.invite_members(meeting=meeting, by=chair)


def test_an_event_of_a_group_is_made_a_meeting_once(programme, group, chair):
    event = make.an_event(programme, days=5, group=group)
    first = planning.make_meeting(event=event, by=chair)
    assert planning.make_meeting(event=event, by=chair) == first


def test_an_event_without_a_group_cannot_become_a_meeting(event, staff):
    with pytest.raises(ActionError, match="Choose the group"):
        planning.make_meeting(event=event, by=staff)


def test_a_meeting_stays_one_of_its_group(coming, staff):
    with pytest.raises(ActionError, match="cannot become another's"):
        event_actions.edit(event=coming.event, by=staff, group=None)
    assert "stays one of its group" in refused("UPDATE events_event SET group_id = NULL WHERE id = %s", coming.event_id)


def everything(programme, group, chair, last):
    """One of each thing that waits for the group."""
    member = a_seat(group, make.a_person("Olga Objector"))
    shaping = a_decision(programme, title="Shape it", status="shaping", deciding_from=None)
    deciding = a_decision(programme, title="Decide it")
    position = a_position(deciding, member, "veto")
    Objection.objects.create(
        decision=deciding,
        version=deciding.version,
        position=position,
        person=member.person,
        member=member.person,
        words="Not on weekdays.",
    )
    due = a_decided_proposal(programme, title="Look again", review_on=today() + dt.timedelta(days=5))
    following.add_point(group=group, title="Book a room", owner=chair.person, due_on=today(), by=chair)
    return shaping, deciding, due


def test_the_agenda_is_built_from_everything_that_waits(programme, group, chair, last, coming):
    everything(programme, group, chair, last)
    agenda.build(meeting=coming, by=chair)
    assert in_order(coming) == [
        Kind.MINUTES,
        Kind.VIEWS,
        Kind.SHAPING,
        Kind.OBJECTIONS,
        Kind.REVIEW,
        Kind.ACTIONS,
    ]
    assert coming.items.get(kind=Kind.OBJECTIONS).members_only
    assert coming.items.get(kind=Kind.MINUTES).earlier_meeting == last


def test_what_was_decided_sooner_than_usual_is_looked_at_next(programme, coming, chair):
    decided = a_decided_proposal(programme, title="At once", urgency_reason="The room was going.")
    agenda.build(meeting=coming, by=chair)
    item = coming.items.get()
    assert (item.kind, item.decision) == (Kind.URGENT, decided)
    ratifies = a_decision(programme, title="Confirm it", earlier=decided, relation=Decision.Relation.RATIFIES)
    another = a_meeting(programme, days=20)
    agenda.build(meeting=another, by=chair)
    assert another.items.get(kind=Kind.URGENT).decision == ratifies


def test_building_again_adds_what_is_new_and_keeps_what_people_changed(programme, chair, coming):
    a_decision(programme, title="First")
    agenda.build(meeting=coming, by=chair)
    item = coming.items.get()
    agenda.change_item(item=item, title="The first one", minutes=40, by=chair)
    a_decision(programme, title="Second")
    added = agenda.build(meeting=coming, by=chair)
    assert [one.title for one in added] == ["Second"]
    item.refresh_from_db()
    assert (item.title, item.minutes, item.position) == ("The first one", 40, 1)
    assert agenda.build(meeting=coming, by=chair) == []


def test_what_was_taken_out_is_not_built_again_and_can_be_put_back(programme, chair, coming):
    a_decision(programme)
    agenda.build(meeting=coming, by=chair)
    item = agenda.take_out(item=coming.items.get(), by=chair)
    assert agenda.build(meeting=coming, by=chair) == []
    assert in_order(coming) == []
    agenda.put_back(item=item, by=chair)
    assert in_order(coming) == [Kind.VIEWS]


def test_the_first_building_puts_what_members_added_last_and_breaks_between(programme, group, chair, lived, coming):
    MeetingRules.objects.create(
        group=group, starts_on=today(), longest_stretch=30, break_minutes=5, item_minutes=20, days_before=7
    )
    agenda.add_item(meeting=coming, title="Parking", minutes=10, by=lived)
    for number in range(2):
        a_decision(programme, title=f"Proposal {number}")
    agenda.build(meeting=coming, by=chair)
    assert in_order(coming) == [Kind.VIEWS, Kind.BREAK, Kind.VIEWS, Kind.OTHER]
    assert coming.items.get(kind=Kind.BREAK).minutes == 5


def test_moving_up_and_down_changes_places_with_the_neighbour(chair, coming):
    first, second, third = (an_item(coming, title) for title in ("A", "B", "C"))
    agenda.move(item=third, up=True, by=chair)
    agenda.move(item=first, up=True, by=chair)
    agenda.move(item=first, up=False, by=chair)
    assert list(coming.items.order_by("position").values_list("title", flat=True)) == ["C", "A", "B"]
    assert second.meeting == coming


def test_a_member_adds_until_the_meeting_starts(programme, group, lived, coming, last):
    assert agenda.add_item(meeting=coming, title="Food", minutes=5, by=lived).added_by == lived.person
    with pytest.raises(ActionError, match="Only the chair"):
        agenda.add_item(meeting=last, title="Food", minutes=5, by=lived)


def test_a_stranger_adds_nothing(member, coming):
    with pytest.raises(ActionError, match="Only members"):
        agenda.add_item(meeting=coming, title="Food", minutes=5, by=member)


def test_a_leader_is_somebody_of_the_programme(chair, coming):
    with pytest.raises(ActionError, match="in the programme"):
        agenda.add_item(meeting=coming, title="Food", minutes=5, by=chair, leader=make.a_person("Nora Nobody"))


def test_only_the_chair_or_staff_order_the_agenda(lived, coming):
    item = an_item(coming)
    for act in (
        lambda: agenda.build(meeting=coming, by=lived),
        lambda: agenda.move(item=item, up=True, by=lived),
        lambda: agenda.change_item(item=item, title="X", minutes=1, by=lived),
        lambda: agenda.take_out(item=item, by=lived),
        lambda: agenda.put_back(item=item, by=lived),
        lambda: agenda.add_break(meeting=coming, by=lived),
        lambda: agenda.send(meeting=coming, by=lived),
    ):
        with pytest.raises(ActionError, match="Only the chair"):
            act()


def test_sending_tells_the_members_each_item_with_its_time(chair, lived, partner, coming):
    an_item(coming, "Hold the big days on weekdays", 30)
    an_item(coming, "Parking", 10)
    agenda.send(meeting=coming, by=chair)
    told = Notice.objects.filter(kind="meeting_agenda")
    assert set(told.values_list("person", flat=True)) == {lived.person.pk, partner.person.pk}
    assert "10am: Hold the big days on weekdays" in told[0].text_body
    assert "10:30am: Parking" in told[0].text_body
    assert told[0].link.endswith(f"/meetings/{coming.pk}/")


def test_an_empty_agenda_is_not_sent(chair, coming):
    with pytest.raises(ActionError, match="nothing on the agenda"):
        agenda.send(meeting=coming, by=chair)
    assert not Notice.objects.filter(kind="meeting_agenda").exists()


def test_an_agenda_is_not_sent_once_the_meeting_has_started(chair, last):
    an_item(last)
    with pytest.raises(ActionError, match="has started"):
        agenda.send(meeting=last, by=chair)


def test_the_page_warns_of_times_that_do_not_fit(group, chair, coming):
    an_item(coming, minutes=100)
    an_item(coming, "Second", minutes=90)
    page = MeetingPage(coming, chair, today())
    assert [line.starts_at for line in page.lines][1] == coming.event.starts_at + dt.timedelta(minutes=100)
    assert page.warnings == [
        "The agenda ends at 1:10pm. That is 10 minutes after the end of the meeting.",
        "There are 190 minutes without a break. The group's rule is 90 at most.",
    ]


def test_a_group_sets_its_own_rules_for_meetings_from_a_day_on(group, chair, lived):
    values = {"longest_stretch": 45, "break_minutes": 15, "item_minutes": 10, "days_before": 14}
    made = planning.set_rules(group=group, by=chair, **values)
    assert MeetingRules.objects.in_force_on(group, today()) == made
    assert MeetingRules.objects.in_force_on(group, today() - dt.timedelta(days=1)).longest_stretch == 90
    with pytest.raises(ActionError, match="Choose a later one"):
        planning.set_rules(group=group, by=chair, **values)
    with pytest.raises(ActionError, match="today or a later day"):
        planning.set_rules(group=group, by=chair, starts_on=today() - dt.timedelta(days=1), **values)
    with pytest.raises(ActionError, match="Only the chair"):
        planning.set_rules(group=group, by=lived, starts_on=today() + dt.timedelta(days=1), **values)
    assert "Cannot update" in refused("UPDATE events_meetingrules SET longest_stretch = 200 WHERE id = %s", made.pk)


def test_a_cancelled_meeting_is_not_prepared(chair, coming):
    Event.objects.filter(pk=coming.event_id).update(status=Event.Status.CANCELLED)
    coming.event.refresh_from_db()
    assert "cancelled" in rules.can_prepare(chair, coming).why_not
