"""Tests of minutes: written, corrected, agreed at the next meeting, published in parts."""

import pytest

from events.meetings import rules
from events.meetings.actions import agenda, minutes
from events.meetings.page import MeetingPage
from events.models import AgendaItem, AgreedRecord, Attendance, Correction, Event, Meeting
from people.models import Notice
from programmes.models import DeclaredInterest, Group
from tests.factories.decisions import a_decided_proposal, a_decision, some_rules
from tests.factories.meetings import a_meeting, an_item, held
from tests.helpers.database import refused
from wellbeing.lib.dates import today
from wellbeing.lib.errors import ActionError

pytestmark = pytest.mark.django_db


@pytest.fixture
def now_meeting(programme, group):
    """The next meeting: it began this morning."""
    return a_meeting(programme, days=0, group=group)


@pytest.fixture
def written(last, chair, lived):
    """A held meeting with one item in its minutes."""
    held(last, chair.person, lived.person)
    minutes.write_item(item=an_item(last), said="Two halls were compared.", agreed="The one with a lift.", by=chair)
    last.refresh_from_db()
    return last


@pytest.fixture
def sent(written, chair):
    return minutes.send(meeting=written, by=chair)


@pytest.fixture
def agreed(sent, now_meeting, chair):
    return minutes.agree(meeting=sent, at=now_meeting, by=chair)


def test_minutes_are_written_once_the_meeting_has_started(coming, chair):
    item = an_item(coming)
    with pytest.raises(ActionError, match="once the meeting has started"):
        minutes.write_item(item=item, said="Too soon.", agreed="", by=chair)
    assert coming.minutes == Meeting.Minutes.NONE


def test_the_first_words_begin_the_draft(written):
    assert written.minutes == Meeting.Minutes.DRAFT


def test_a_member_who_does_not_chair_writes_no_minutes(last, lived):
    with pytest.raises(ActionError, match="Only the chair"):
        minutes.write_item(item=an_item(last), said="X", agreed="", by=lived)


def test_a_break_has_no_minutes(last, chair):
    item = an_item(last, "Break", kind=AgendaItem.Kind.BREAK)
    with pytest.raises(ActionError, match="talked about"):
        minutes.write_item(item=item, said="X", agreed="", by=chair)
    assert "agenda_break_has_no_minutes" in refused("UPDATE events_agendaitem SET said = 'X' WHERE id = %s", item.pk)


def test_what_the_minutes_speak_of_is_not_taken_out(written, chair):
    with pytest.raises(ActionError, match="so it stays"):
        agenda.take_out(item=written.items.get(), by=chair)


def test_an_action_is_written_down_under_its_item(written, chair, lived):
    item = written.items.get()
    made = minutes.add_action(
        meeting=written, item=item, title="Book the hall", owner=lived.person, due_on=today(), by=chair
    )
    assert (made.point.group, made.point.owner) == (written.group, lived.person)
    elsewhere = an_item(a_meeting(written.group.programme, days=-30))
    with pytest.raises(ActionError, match="agenda of this meeting"):
        minutes.add_action(meeting=written, item=elsewhere, title="X", owner=lived.person, due_on=today(), by=chair)


def test_members_are_asked_to_check_them_once_it_is_recorded_who_came(last, chair, lived, partner):
    with pytest.raises(ActionError, match="Nothing is written"):
        minutes.send(meeting=last, by=chair)
    minutes.write_item(item=an_item(last), said="Words.", agreed="", by=chair)
    with pytest.raises(ActionError, match="Record who came"):
        minutes.send(meeting=last, by=chair)
    held(last, lived.person)
    assert minutes.send(meeting=last, by=chair).minutes == Meeting.Minutes.TO_CORRECT
    told = Notice.objects.filter(kind="meeting_minutes").values_list("person", flat=True)
    assert set(told) == {lived.person.pk, partner.person.pk}
    with pytest.raises(ActionError, match="cannot become"):
        minutes.send(meeting=last, by=chair)


def test_a_member_says_what_is_not_right_and_it_is_answered_before_agreement(sent, now_meeting, chair, lived, member):
    made = minutes.correct(meeting=sent, words="I said there is no lift.", item=sent.items.get(), by=lived)
    with pytest.raises(ActionError, match="Answer that first"):
        minutes.agree(meeting=sent, at=now_meeting, by=chair)
    with pytest.raises(ActionError, match="Say why"):
        minutes.settle(correction=made, settled_as=Correction.Settled.STAYS, by=chair)
    minutes.settle(correction=made, settled_as=Correction.Settled.CHANGED, by=chair)
    with pytest.raises(ActionError, match="an answer already"):
        minutes.settle(correction=made, settled_as=Correction.Settled.CHANGED, by=chair)
    assert minutes.agree(meeting=sent, at=now_meeting, by=chair).is_agreed
    with pytest.raises(ActionError, match="no longer change"):
        minutes.correct(meeting=sent, words="Too late.", by=lived)


def test_a_stranger_corrects_nothing(sent, member):
    with pytest.raises(ActionError, match="Only members"):
        minutes.correct(meeting=sent, words="X", by=member)


def test_nothing_is_corrected_while_it_is_being_written(written, lived):
    with pytest.raises(ActionError, match="still being written"):
        minutes.correct(meeting=written, words="X", by=lived)


def test_they_are_agreed_at_a_later_meeting_of_the_group_that_has_begun(programme, sent, coming, chair):
    other_group = a_meeting(programme, days=0, group=another_group(programme))
    earlier = a_meeting(programme, days=-30)
    for at in (sent, coming, other_group, earlier):
        with pytest.raises(ActionError, match="a later meeting"):
            minutes.agree(meeting=sent, at=at, by=chair)


def another_group(programme):
    return Group.objects.create(programme=programme, name="Readers", kind=Group.Kind.WORKING)


def test_agreement_keeps_by_whom_and_when_and_who_was_there(partner, agreed, now_meeting, chair, lived):
    assert (agreed.agreed_at_meeting, agreed.agreed_on, agreed.agreed_by) == (now_meeting, today(), chair.person)
    facts = agreed.agreed_record.facts
    assert facts["present"] == [["Chidi Chairly", "Partner charity"], ["Lena Livedly", "Lived experience"]]
    assert facts["away"] == [["Pavel Partnerly", "Partner charity"]]
    # Attendance put right later changes nothing of what was agreed.
    Attendance.objects.filter(person=lived.person).update(came=False)
    assert MeetingPage(agreed, chair, today()).record["present"] == facts["present"]


def test_agreed_minutes_never_change(agreed, chair, lived):
    item = agreed.items.get()
    with pytest.raises(ActionError, match="no longer change"):
        minutes.write_item(item=item, said="Another", agreed="", by=chair)
    with pytest.raises(ActionError, match="no longer change"):
        agenda.change_item(item=item, title="Another", minutes=1, by=chair)
    for sql, key in (
        ("UPDATE events_agendaitem SET said = 'Another' WHERE id = %s", item.pk),
        ("UPDATE events_agendaitem SET members_only = true WHERE id = %s", item.pk),
        ("DELETE FROM events_agendaitem WHERE id = %s", item.pk),
        (
            "INSERT INTO events_agendaitem (meeting_id, kind, source, position, title, detail, minutes, added_at,"
            " is_out, said, agreed, members_only)"
            " VALUES (%s, 'other', '', 9, 'New', '', 5, now(), false, '', '', false)",
            agreed.pk,
        ),
        ("UPDATE events_meeting SET agreed_on = agreed_on + 1 WHERE id = %s", agreed.pk),
    ):
        assert "agreed minutes never change" in refused(sql, key)
    for sql in (
        "UPDATE events_meeting SET minutes = 'draft', agreed_on = NULL, agreed_by_id = NULL,"
        " agreed_at_meeting_id = NULL WHERE id = %s",
        "DELETE FROM events_meeting WHERE id = %s",
        "UPDATE events_agreedrecord SET facts = '{}' WHERE meeting_id = %s",
        "DELETE FROM events_agreedrecord WHERE meeting_id = %s",
    ):
        refused(sql, agreed.pk)


def test_postgres_agrees_nothing_without_a_record_a_later_meeting_or_an_answer(sent, now_meeting, chair, lived):
    sql = (
        "UPDATE events_meeting SET minutes = 'agreed', agreed_at_meeting_id = %s, agreed_on = %s, agreed_by_id = %s"
        " WHERE id = %s"
    )
    values = (today(), chair.person.pk, sent.pk)
    assert "the record of a meeting is kept" in refused(sql, now_meeting.pk, *values)
    assert "at a later meeting" in refused(sql, sent.pk, *values)
    minutes.correct(meeting=sent, words="Not so.", by=lived)
    AgreedRecord.objects.create(meeting=sent, facts={})
    assert "a correction has no answer" in refused(sql, now_meeting.pk, *values)


def test_a_later_correction_is_a_dated_note(sent, now_meeting, chair, lived):
    with pytest.raises(ActionError, match="change the minutes themselves"):
        minutes.add_note(meeting=sent, words="The hall has no lift.", by=chair)
    agreed = minutes.agree(meeting=sent, at=now_meeting, by=chair)
    note = minutes.add_note(meeting=agreed, words="The hall has no lift.", by=chair)
    assert note.written_on == today()
    with pytest.raises(ActionError, match="Only the chair"):
        minutes.add_note(meeting=agreed, words="Mine.", by=lived)
    refused("UPDATE events_minutesnote SET words = 'X' WHERE id = %s", note.pk)
    refused("DELETE FROM events_minutesnote WHERE id = %s", note.pk)


def test_publishing_follows_agreement_and_happens_once(sent, now_meeting, chair, lived):
    with pytest.raises(ActionError, match="once they are agreed"):
        minutes.publish(meeting=sent, by=chair)
    assert "meeting_publishes_agreed_minutes" in refused(
        "UPDATE events_meeting SET published_on = now(), published_by_id = %s WHERE id = %s", chair.person.pk, sent.pk
    )
    agreed = minutes.agree(meeting=sent, at=now_meeting, by=chair)
    with pytest.raises(ActionError, match="Only the chair"):
        minutes.publish(meeting=agreed, by=lived)
    minutes.publish(meeting=agreed, by=chair)
    assert list(Notice.objects.filter(kind="meeting_published").values_list("person", flat=True)) == [lived.person.pk]
    with pytest.raises(ActionError, match="published"):
        minutes.publish(meeting=agreed, by=chair)
    assert "agreed minutes never change" in refused(
        "UPDATE events_meeting SET published_on = NULL, published_by_id = NULL WHERE id = %s", agreed.pk
    )


def test_the_whole_programme_is_told_where_the_rules_of_the_group_say_so(agreed, group, chair, member):
    some_rules(group, days_ago=0, tells_programme=True)
    minutes.publish(meeting=agreed, by=chair)
    assert Notice.objects.filter(kind="meeting_published", person=member.person).exists()


def published_with_parts(last, now_meeting, chair, lived, partner):
    """Minutes with a public item, one for members only, and one about a proposal the group keeps to itself."""
    held(last, chair.person, lived.person)
    secret_rules = some_rules(last.group, days_ago=1, reach="group")
    programme = last.group.programme
    kept = a_decision(programme, title="Kept to the group", rules=secret_rules, opened_on=today())
    items = {
        "public": an_item(last, "Public thing"),
        "members": an_item(last, "Thing for members"),
        "kept": an_item(last, "About what is kept", decision=kept),
    }
    for name, item in items.items():
        minutes.write_item(item=item, said=f"Words on {name}.", agreed="", members_only=name == "members", by=chair)
        minutes.add_action(meeting=last, item=item, title=f"Do {name}", owner=partner.person, due_on=today(), by=chair)
    minutes.send(meeting=last, by=chair)
    last.refresh_from_db()
    minutes.agree(meeting=last, at=now_meeting, by=chair)
    last.refresh_from_db()
    minutes.publish(meeting=last, by=chair)
    agreed = Meeting.objects.get(pk=last.pk)
    minutes.add_note(meeting=agreed, words="A note for members.", members_only=True, by=chair)
    minutes.add_note(meeting=agreed, words="A note for all.", by=chair)
    return agreed


def test_others_of_the_programme_read_the_published_part_alone(
    last, now_meeting, chair, lived, partner, member, signed_in
):
    agreed = published_with_parts(last, now_meeting, chair, lived, partner)
    page = MeetingPage(agreed, member, today())
    assert [item.title for item in page.minuted] == ["Public thing"]
    assert page.record["number"] == "Fewer than 5 people were there."
    assert [(one["title"], one["owner"]) for one in page.record["actions"]] == [("Do public", "")]
    assert [note.words for note in page.notes] == ["A note for all."]
    assert page.leaves_out
    shown = signed_in(member).get(f"/meetings/{agreed.pk}/minutes/").content.decode()
    for name in ("Chidi", "Lena", "Pavel", "Thing for members", "kept", "A note for members"):
        assert name not in shown
    whole = signed_in(lived).get(f"/meetings/{agreed.pk}/minutes/").content.decode()
    for name in ("Chidi", "Lena", "Pavel", "Thing for members", "Words on kept", "A note for members"):
        assert name in whole


def test_before_they_are_published_nobody_else_reads_them(agreed, member, staff, lived, signed_in):
    assert not Meeting.objects.visible_to(member).exists()
    assert signed_in(member).get(f"/meetings/{agreed.pk}/minutes/").status_code == 403
    for user in (staff, lived):
        assert Meeting.objects.visible_to(user).filter(pk=agreed.pk).exists()


def test_the_minutes_name_the_six_things_of_a_declared_interest(programme, group, last, chair, lived):
    decision = a_decision(programme, title="Who prints it")
    an_item(last, decision=decision)
    DeclaredInterest.objects.create(
        decision=decision,
        person=lived.person,
        nature="work",
        outline="I sit on the board of the printer.",
        in_advance=True,
        declared_on=last.event.day,
        recorded_by=lived.person,
    )
    (one,) = MeetingPage(last, chair, today()).record["interests"]
    assert one == {
        "about": "Who prints it",
        "person": "Lena Livedly",
        "nature": "Work: for, or on the board of, an organisation it concerns",
        "outline": "I sit on the board of the printer.",
        "in_advance": True,
        "withdrew": "They took no part in it and were not counted.",
        "quorate": "Nothing has been decided.",
    }


def test_the_minutes_list_what_was_decided_that_day(programme, now_meeting, chair):
    decision = a_decided_proposal(programme)
    (one,) = MeetingPage(now_meeting, chair, today()).record["decided"]
    assert (one["pk"], one["outcome"], one["public"]) == (decision.pk, "Agreed", True)


def test_a_cancelled_meeting_has_no_minutes(last, chair):
    Event.objects.filter(pk=last.event_id).update(status=Event.Status.CANCELLED)
    last.event.refresh_from_db()
    assert "cancelled" in rules.can_minute(chair, last).why_not
