"""Tests of somebody's part in a programme: breaks, stepping back, leaving and coming back."""

import datetime as dt

import pytest
from django.urls import reverse

from events.choosing import actions as choosing
from events.choosing import queries as choosing_queries
from events.models import Invitation
from events.planning.transitions import EventError
from people import registry
from people.models import Notice
from programmes import registry as programmes_registry
from programmes.members.actions import appointments, memberships
from programmes.models import Comeback, Membership, Pause, Term
from programmes.taking_part import actions
from programmes.taking_part.contributions import comebacks_to_answer, one_break_at_a_time, own_parts
from tests import factories as make
from tests.factories.decisions import a_seat
from tests.helpers.client import page_text
from tests.helpers.database import refused
from wellbeing.lib.errors import ActionError

pytestmark = pytest.mark.django_db


def address(name, scene, **more):
    return reverse(name, kwargs={"slug": scene.programme.slug, "person_pk": scene.lived.person.pk, **more})


def on_day(name, day):
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def in_days(today, number):
    return today + dt.timedelta(days=number)


def take(scene, by, starts_on, ends_on=None):
    return actions.take_break(
        person=scene.lived.person, programme=scene.programme, by=by, starts_on=starts_on, ends_on=ends_on
    )


def told(person):
    return list(Notice.objects.filter(person=person).values_list("subject", flat=True))


# Breaks


def test_somebody_takes_a_break_online_and_says_that_they_are_back(scene, today, signed_in):
    client = signed_in(scene.lived)
    assert "Your part in programmes" in page_text(client.get(reverse("your_details")))
    values = {**on_day("starts_on", today), "until": "day", **on_day("ends_on", in_days(today, 20))}
    page = client.post(address("break_new", scene), values, follow=True)
    assert "Taking a break" in page_text(page)
    pause = Pause.objects.get()
    assert (pause.starts_on, pause.ends_on) == (today, in_days(today, 20))
    assert told(scene.lived.person) == []
    client.post(address("break_end", scene, pause_pk=pause.pk))
    assert not Pause.objects.exists()
    assert pause.history.model.objects.filter(pgh_label="delete").exists()


def test_a_break_that_has_gone_on_ends_yesterday(scene, today):
    pause = Pause.objects.create(
        person=scene.lived.person, programme=scene.programme, starts_on=in_days(today, -9), set_by=scene.lived.person
    )
    assert actions.end_break(pause=pause, by=scene.lived).ends_on == in_days(today, -1)
    with pytest.raises(ActionError, match="is over"):
        actions.end_break(pause=pause, by=scene.lived)
    other = take(scene, scene.lived, today)
    actions.end_break(pause=Pause.objects.get(pk=other.pk), by=scene.lived)
    with pytest.raises(ActionError, match="is over"):
        actions.end_break(pause=other, by=scene.lived)


def test_staff_note_a_break_for_somebody_who_is_told(scene, today, signed_in):
    client = signed_in(scene.staff)
    assert "Break, stepping back, leaving" in page_text(client.get(reverse("person", args=[scene.lived.person.pk])))
    client.post(address("break_new", scene), {**on_day("starts_on", today), "until": "open"})
    assert Pause.objects.get().set_by == scene.staff.person
    assert told(scene.lived.person) == ["Your break from Wellbeing Our Way is noted"]
    assert "Taking a break" in page_text(client.get(reverse("person", args=[scene.lived.person.pk])))


@pytest.mark.parametrize(
    ("first", "last", "why"),
    [(-1, None, "today or a later day"), (5, 4, "cannot be before"), (8, 20, "another break"), (0, None, "another")],
)
def test_a_break_has_days_that_can_be(scene, today, first, last, why):
    take(scene, scene.lived, in_days(today, 10), in_days(today, 12))
    with pytest.raises(ActionError, match=why):
        take(scene, scene.lived, in_days(today, first), None if last is None else in_days(today, last))


def test_the_form_asks_for_the_last_day_and_keeps_what_was_typed(scene, today, signed_in):
    page = signed_in(scene.lived).post(address("break_new", scene), {**on_day("starts_on", today), "until": "day"})
    assert "Enter the last day" in page_text(page)
    assert f'value="{today.year}"' in page.content.decode()


def test_postgres_keeps_one_break_at_a_time(scene, today):
    pause = take(scene, scene.lived, today)
    assert "one_pause_at_a_time" in refused(
        "INSERT INTO programmes_pause (person_id, programme_id, starts_on, ends_on, set_by_id, set_at)"
        " SELECT person_id, programme_id, starts_on + 5, starts_on + 9, set_by_id, now() FROM programmes_pause"
        " WHERE id = %s",
        pause.pk,
    )
    refused("UPDATE programmes_pause SET ends_on = starts_on - 1 WHERE id = %s", pause.pk)
    refused("UPDATE programmes_pause SET starts_on = starts_on - 1 WHERE id = %s", pause.pk)


def test_who_takes_a_break_is_left_out_of_invitations_unless_staff_say_so(scene, today, signed_in):
    event = make.an_event(scene.programme, organiser=scene.staff.person, days=10)
    take(scene, scene.lived, in_days(today, 8), in_days(today, 12))
    lived = scene.lived.person
    assert choosing_queries.left_out(event) == [lived.pk]
    client = signed_in(scene.staff)
    listing = page_text(client.get(reverse("event_invite", args=[event.pk])))
    assert "1 person is left out" in listing
    assert lived.full_name not in listing
    shown = page_text(client.get(reverse("event_invite", args=[event.pk]) + "?wish=past"))
    assert "Takes a break" in shown
    with pytest.raises(EventError, match="Taking a break: Lena Lived"):
        choosing.invite_chosen(event=event, people=[lived], by=scene.staff)
    assert choosing.invite_chosen(event=event, people=[lived], by=scene.staff, although={lived.pk})
    later = make.an_event(scene.programme, organiser=scene.staff.person, days=20)
    assert choosing.invite_chosen(event=later, people=[lived], by=scene.staff)


def test_the_page_before_inviting_says_until_when_somebody_is_away(scene, today, signed_in):
    event = make.an_event(scene.programme, organiser=scene.staff.person, days=10)
    take(scene, scene.lived, today, in_days(today, 12))
    page = signed_in(scene.staff).post(
        reverse("event_invite", args=[event.pk]) + "?wish=any", {"elsewhere": str(scene.lived.person.pk)}
    )
    assert "Takes a break until" in page_text(page)
    assert "Invite Lena Lived all the same" in page_text(page)


@pytest.mark.parametrize("key", ["replies", "event_feedback", "review_answers", "reviews"])
def test_what_asks_for_a_part_waits_while_somebody_takes_a_break(key):
    asking = {one.key for one in programmes_registry.reminder_subjects.values() if one.asks_for_a_part}
    assert key in asking
    assert "claims" not in asking


# Stepping back


def test_a_member_steps_back_from_a_group_themselves_and_colleagues_are_told(scene, today, signed_in):
    term = a_seat(scene.group, scene.lived.person)
    url = address("step_back", scene, term_pk=term.pk)
    last = in_days(today, 30)
    signed_in(scene.lived).post(url, {"when": "later", **on_day("last_day", last)})
    term.refresh_from_db()
    assert term.ends_on == last
    assert "steps back from" in " ".join(told(scene.staff.person))
    assert "Your role in Wellbeing Our Way ends" in told(scene.lived.person)
    assert Membership.objects.effective_on(last).filter(person=scene.lived.person).exists()


def test_nobody_ends_the_seat_of_another_member(scene):
    term = a_seat(scene.group, scene.lived.person)
    with pytest.raises(ActionError, match="Only programme staff"):
        actions.step_back(term=term, by=scene.chair)


# Leaving


def test_leaving_ends_every_role_and_calls_off_what_is_to_come(scene, today, signed_in):
    lived = scene.lived.person
    term = a_seat(scene.group, lived)
    take(scene, scene.lived, in_days(today, 50))
    soon, late = (make.an_event(scene.programme, organiser=scene.staff.person, days=days) for days in (5, 40))
    for event in (soon, late):
        make.an_invitation(event, lived)
    client = signed_in(scene.lived)
    page = client.post(
        address("leave", scene), {"when": "later", **on_day("last_day", in_days(today, 20))}, follow=True
    )
    assert "Thank you for all you gave." in page_text(page)
    assert Membership.objects.get(person=lived).ends_on == in_days(today, 20)
    assert Term.objects.get(pk=term.pk).ends_on == in_days(today, 20)
    assert not Pause.objects.exists()
    replies = dict(Invitation.objects.values_list("event", "reply"))
    assert replies == {soon.pk: "", late.pk: Invitation.Reply.NOT_COMING}
    assert told(lived) == ["You are leaving Wellbeing Our Way"]
    assert "Lena Lived is leaving Wellbeing Our Way" in told(scene.staff.person)


def test_staff_and_finance_are_ended_by_colleagues_first(scene, signed_in):
    with pytest.raises(ActionError, match="ended first, by a member of staff"):
        actions.leave(person=scene.finance.person, programme=scene.programme, by=scene.finance)
    assert signed_in(scene.lived).get(address("leave", scene)).status_code == 200
    with pytest.raises(ActionError, match="today or a later day"):
        actions.leave(
            person=scene.lived.person, programme=scene.programme, by=scene.lived, last_day=dt.date(2020, 1, 1)
        )


def test_who_leaves_is_not_told_that_they_can_be_asked_again(scene, today):
    lived = scene.lived.person
    pause = take(scene, scene.lived, today)
    last = in_days(today, 20)
    actions.leave(person=lived, programme=scene.programme, by=scene.staff, last_day=last)
    pause.refresh_from_db()
    assert pause.ends_on == last
    assert told(lived) == ["You are leaving Wellbeing Our Way"]


def test_nobody_confirms_a_role_of_somebody_who_left(scene):
    lived = scene.lived.person
    proposal = appointments.propose(programme=scene.programme, person=lived, role="staff", by=scene.staff)
    actions.leave(person=lived, programme=scene.programme, by=scene.lived)
    proposal.refresh_from_db()
    assert proposal.status == "withdrawn"


# Coming back


def test_who_left_asks_to_come_back_and_staff_say_yes(scene, today, signed_in):
    lived = scene.lived.person
    actions.leave(person=lived, programme=scene.programme, by=scene.lived)
    client = signed_in(scene.lived)
    assert "I would like to come back" in page_text(client.get(address("part", scene)))
    client.post(address("comeback_new", scene), {"words": "I have missed the group."})
    assert client.get(address("comeback_new", scene)).status_code == 403
    (task,) = comebacks_to_answer(scene.staff)
    staff = signed_in(scene.staff)
    assert "I have missed the group." in page_text(staff.get(task.url))
    staff.post(task.url, {"welcome": "yes"})
    assert Membership.objects.effective_on(today).filter(person=lived, role="lived_experience").exists()
    assert "You have a new role in Wellbeing Our Way" in told(lived)
    assert comebacks_to_answer(scene.staff) == []
    refused("UPDATE programmes_comeback SET words = 'x'")


def test_a_no_has_words_that_are_sent(scene, signed_in):
    lived = scene.lived.person
    actions.leave(person=lived, programme=scene.programme, by=scene.lived)
    wish = actions.ask_to_come_back(person=lived, programme=scene.programme, words="", by=scene.lived)
    url = reverse("comeback", args=[wish.pk])
    client = signed_in(scene.staff)
    assert "Write what they are told." in page_text(client.post(url, {"welcome": "no"}))
    client.post(url, {"welcome": "no", "answer": "The group is full until spring."})
    assert "About coming back to Wellbeing Our Way" in told(lived)
    assert Comeback.objects.get().is_welcome is False
    with pytest.raises(ActionError, match="has been answered"):
        actions.welcome_back(comeback=wish, by=scene.staff)


def test_a_yes_to_somebody_who_was_given_the_role_meanwhile_answers_their_wish(scene):
    lived = scene.lived.person
    actions.leave(person=lived, programme=scene.programme, by=scene.lived)
    wish = actions.ask_to_come_back(person=lived, programme=scene.programme, words="", by=scene.lived)
    memberships.add(programme=scene.programme, person=lived, by=scene.staff)
    assert actions.welcome_back(comeback=wish, by=scene.staff).is_welcome
    assert comebacks_to_answer(scene.staff) == []


def test_only_who_left_asks_to_come_back(scene):
    with pytest.raises(ActionError, match="You are in this programme"):
        actions.ask_to_come_back(person=scene.lived.person, programme=scene.programme, words="", by=scene.lived)
    with pytest.raises(ActionError, match="You have not been in this programme"):
        actions.ask_to_come_back(person=scene.lived.person, programme=scene.other, words="", by=scene.lived)
    with pytest.raises(ActionError, match="Only the person themselves"):
        actions.ask_to_come_back(person=scene.lived.person, programme=scene.programme, words="", by=scene.staff)


def test_the_own_page_lists_programmes_of_now_and_before(scene):
    assert own_parts(make.a_user()) is None
    (part,) = own_parts(scene.lived).context["parts"]
    assert (part.programme, part.is_in) == (scene.programme, True)


def test_breaks_of_two_records_become_one_each_time(scene, today):
    record = make.a_person()
    meets = take(scene, scene.lived, today)
    Pause.objects.create(person=record, programme=scene.programme, starts_on=today, set_by=record)
    other = Pause.objects.create(person=record, programme=scene.other, starts_on=today, set_by=record)
    one_break_at_a_time(record, scene.lived.person)
    assert set(Pause.objects.all()) == {meets, other}
    assert one_break_at_a_time in registry.before_take_over


def test_wishes_of_two_records_become_one(scene):
    record = make.a_person()
    own = Comeback.objects.create(person=scene.lived.person, programme=scene.programme, words="")
    Comeback.objects.create(person=record, programme=scene.programme, words="Again.")
    elsewhere = Comeback.objects.create(person=record, programme=scene.other, words="")
    one_break_at_a_time(record, scene.lived.person)
    assert set(Comeback.objects.waiting()) == {own, elsewhere}


def test_of_two_breaks_the_one_that_is_over_before_the_other_begins_stays(scene, today):
    record = make.a_person()
    take(scene, scene.lived, in_days(today, 20))
    before = Pause.objects.create(
        person=record, programme=scene.programme, starts_on=today, ends_on=in_days(today, 9), set_by=record
    )
    one_break_at_a_time(record, scene.lived.person)
    assert Pause.objects.filter(pk=before.pk).exists()


# Who may open and do what


def test_the_part_of_somebody_is_opened_by_themselves_and_staff_of_their_programme(scene, signed_in):
    place = address("part", scene)
    seen = {
        name: signed_in(getattr(scene, name)).get(place).status_code for name in ("member", "stranger", "elsewhere")
    }
    assert seen == {"member": 403, "stranger": 404, "elsewhere": 404}
    lived, staff = signed_in(scene.lived), signed_in(scene.staff)
    own, nobody = scene.lived.person.pk, 999_999
    assert lived.get(reverse("part", args=["elsewhere", own])).status_code == 404
    assert staff.get(reverse("part", args=["wow", scene.elsewhere.person.pk])).status_code == 404
    assert staff.get(reverse("part", args=["wow", nobody])).status_code == 404
    assert staff.get(reverse("part", args=["no-such-programme", own])).status_code == 404


def test_the_page_says_until_when_a_break_goes(scene, today, signed_in):
    take(scene, scene.lived, today)
    assert "From Monday 23 November 2026, without a last day." in page_text(
        signed_in(scene.lived).get(address("part", scene))
    )
    with pytest.raises(ActionError, match="This person is not in this programme"):
        actions.take_break(
            person=scene.elsewhere.person, programme=scene.programme, by=scene.staff, starts_on=today, ends_on=None
        )


def test_forms_about_a_part_are_shown_and_keep_what_was_typed(scene, today, signed_in):
    a_seat(scene.group, scene.lived.person)
    term = scene.lived.person.terms.get()
    client = signed_in(scene.lived)
    place = address("step_back", scene, term_pk=term.pk)
    assert "Step back from" in page_text(client.get(place))
    wrong = {"when": "later", "last_day_day": "31", "last_day_month": "2", "last_day_year": "2027"}
    assert 'value="31"' in page_text(client.post(place, wrong))
    staff = signed_in(scene.staff)
    assert "End their part" in page_text(staff.get(address("leave", scene)))
    page = page_text(staff.post(address("leave", scene), {"when": "now"}, follow=True))
    assert "They and your colleagues are told." in page
    assert "Ask to come back" in page_text(client.get(address("comeback_new", scene)))


def test_nobody_answers_their_own_wish_and_a_no_needs_words(scene):
    own = Comeback.objects.create(person=scene.staff.person, programme=scene.programme, words="")
    with pytest.raises(ActionError, match="Somebody else answers what you asked"):
        actions.welcome_back(comeback=own, by=scene.staff)
    wish = Comeback.objects.create(person=scene.lived.person, programme=scene.programme, words="")
    with pytest.raises(ActionError, match="Write what they are told"):
        actions.decline(comeback=wish, answer=" ", by=scene.staff)
