"""The pages of reminders: what goes by which rule, how many would be reminded, changes, and who was reminded."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from people.models import Message
from programmes import registry
from programmes.models import Reminder, ReminderRule
from programmes.registry import ReminderSubject
from programmes.reminders import actions, queries, sending
from programmes.reminders.contributions import answers_to_reminders
from tests import factories
from tests.factories.reminders import a_claim_to_send, a_decision_to_review, a_rule, an_invitation_to_answer
from tests.helpers.client import page_text
from tests.helpers.database import queries_of
from wellbeing.lib.dates import long_date
from wellbeing.lib.errors import ActionError


def answers(day, **more):
    """Return what somebody types into the form, as it is sent."""
    typed = {
        "is_on": "yes",
        "days": "7",
        "when": "before",
        "at_most": "2",
        "again_after": "3",
        "effective_from_day": str(day.day),
        "effective_from_month": str(day.month),
        "effective_from_year": str(day.year),
    }
    return {name: value for name, value in {**typed, **more}.items() if value is not None}


def page_of(client):
    return page_text(client.get(reverse("reminders", args=["wow"])))


@pytest.fixture
def change(signed_in, scene):
    """fn(subject="replies", **answers) -> what the page of a rule answers to staff who send its form."""

    def send(subject="replies", **more):
        client = signed_in(scene.staff)
        return client.post(
            reverse("reminder_rule", args=["wow", subject]), answers(timezone.localdate(), **more), follow=True
        )

    return send


def test_the_page_says_by_which_rules_people_are_reminded(scene, signed_in):
    page = page_of(signed_in(scene.staff))
    assert "5 days before the day replies are wanted by, again after 4 days, 2 times at most." in page
    assert "42 days before the last day, again after 28 days, 2 times at most." in page
    assert "28 days before the day to look at it again, again after 28 days, 2 times at most." in page
    assert "7 days before the last day to answer, again after 5 days, 2 times at most." in page
    assert "5 days before the last day to answer" in page
    assert page.count("This service, for every programme") == 7
    assert "14 and 3 days before the time to claim ends." in page
    assert reverse("policy", args=["wow"]) in page
    assert "If reminders were sent now, nobody would be reminded." in page
    assert "Nobody has been reminded yet." in page


def test_without_a_policy_the_page_says_so(scene, signed_in):
    client = signed_in(scene.elsewhere)
    page = page_text(client.get(reverse("reminders", args=["elsewhere"])))
    assert "No payment policy is in force" in page


def test_the_page_of_the_programme_leads_there(scene, signed_in):
    address = reverse("reminders", args=["wow"])
    programme = reverse("programme", args=["wow"])
    assert address in page_text(signed_in(scene.staff).get(programme))
    assert address not in page_text(signed_in(scene.finance).get(programme))


def test_the_page_counts_each_person_once_and_leaves_out_who_was_reminded_today(scene, signed_in):
    person = scene.lived.person
    an_invitation_to_answer(scene.programme, person, 4)
    a_claim_to_send(scene.programme, person, 3)
    an_invitation_to_answer(scene.programme, scene.member.person, 4)
    an_invitation_to_answer(scene.programme, scene.chair.person, 9)
    client = signed_in(scene.staff)
    page = page_of(client)
    assert "If reminders were sent now, 2 people would be reminded." in page
    assert "2 people" in page
    assert "1 person" in page
    assert sending.send_due(timezone.localdate()) == 2
    page = page_of(client)
    assert "If reminders were sent now, nobody would be reminded." in page
    assert "See 3 reminders so far" in page


def test_staff_change_a_rule_and_see_it_with_who_set_it_and_when(scene, signed_in, change):
    page = page_text(change())
    assert f"Saved. This starts on {long_date(timezone.localdate())}." in page
    assert "7 days before the day replies are wanted by, again after 3 days, 2 times at most." in page
    assert "Stella Staffordly, 23 November 2026, 10" in page
    change(is_on="no")
    page = page_of(signed_in(scene.staff))
    assert "Nobody is reminded." in page
    # The earlier rule is kept, in the table of changes.
    assert "7 days before the day replies are wanted by, again after 3 days, 2 times at most." in page
    assert ReminderRule.objects.filter(programme=scene.programme).count() == 2


def test_a_rule_from_a_later_day_is_shown_as_planned(scene, signed_in, change):
    day = timezone.localdate() + dt.timedelta(days=10)
    change(**answers(day, at_most="1", again_after=""))
    page = page_of(signed_in(scene.staff))
    assert "5 days before the day replies are wanted by, again after 4 days, 2 times at most." in page
    assert "7 days before the day replies are wanted by, once." in page
    assert long_date(day) in page
    assert page.count("Planned") == 1
    assert "Replaced" not in page
    assert "To withdraw it, save another rule that starts on the same day." in page


def test_of_two_rules_from_one_later_day_the_last_one_is_planned(scene, signed_in, change):
    day, later = (timezone.localdate() + dt.timedelta(days=days) for days in (10, 20))
    assert "A planned rule cannot be deleted" not in page_of(signed_in(scene.staff))
    change(**answers(day, days="8"))
    change(**answers(day, days="9"))
    change(**answers(later, is_on="no"))
    change(subject="reviews", **answers(day, days="6"))
    change(subject="reviews", days="4")
    planned = queries.planned(scene.programme, timezone.localdate())
    assert [(row.subject, row.days, row.effective_from) for row in planned] == [
        ("replies", 9, day), ("reviews", 6, day), ("replies", 7, later),
    ]  # fmt: skip
    assert ReminderRule.objects.effective_on([scene.programme.pk], day)[scene.programme.pk, "replies"].days == 9
    page = page_of(signed_in(scene.staff))
    assert (page.count("Planned"), page.count("Replaced")) == (3, 1)
    form = page_text(signed_in(scene.staff).get(reverse("reminder_rule", args=["wow", "replies"])))
    assert f"From {long_date(day)}: 9 days before the day replies are wanted by, again after 3 days" in form
    assert f"From {long_date(later)}: Nobody is reminded." in form
    assert "8 days before" not in form
    assert "save a rule that starts on the same day" in form
    assert "Planned already" not in page_text(
        signed_in(scene.staff).get(reverse("reminder_rule", args=["wow", "terms"]))
    )


def test_the_page_of_a_rule_begins_with_the_rule_there_is(scene, signed_in):
    a_rule(scene.programme, "replies", days=9, again_after=2, at_most=3, when="after")
    page = signed_in(scene.staff).get(reverse("reminder_rule", args=["wow", "replies"]))
    initial = page.context["form"].initial
    assert (initial["days"], initial["again_after"], initial["at_most"], initial["when"]) == (9, 2, 3, "after")
    text = page_text(page)
    assert "Reminders: replies to invitations" in text
    before_or_after = text.index("Is the first reminder before or after the day replies are wanted by?")
    assert before_or_after < text.index("How many days before or after is the first reminder?")
    assert "The days count from the day replies are wanted by." in text


def test_another_programme_keeps_its_rules(scene, signed_in, change):
    change(is_on="no")
    page = page_text(signed_in(scene.elsewhere).get(reverse("reminders", args=["elsewhere"])))
    assert "5 days before the day replies are wanted by" in page


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"days": "soon"}, "Enter how many days there are between that day and the first reminder, from 0 to 365."),
        ({"days": "400"}, "Enter how many days there are between that day and the first reminder, from 0 to 365."),
        ({"days": "-1"}, "Enter how many days there are between that day and the first reminder, from 0 to 365."),
        ({"days": "9" * 30}, "Enter how many days there are between that day and the first reminder, from 0 to 365."),
        ({"at_most": "0"}, "Enter how many reminders a person gets at most, from 1 to 10."),
        ({"at_most": "2", "again_after": ""}, "Enter how many days there are between two reminders, from 1 to 365."),
        ({"effective_from_year": "2020"}, "The day this starts must be today or later."),
        ({"is_on": None}, "Select whether we remind people of this."),
    ],
)
def test_bad_input_gets_a_message_and_nothing_typed_is_lost(scene, change, typed, message):
    page = change(**typed)
    text = page_text(page)
    assert "There is a problem" in text
    assert message in text
    for name, value in typed.items():
        if value and not name.startswith("effective_from"):
            assert f'value="{value}"' in text
    assert not ReminderRule.objects.filter(programme=scene.programme).exists()


def test_all_that_is_wrong_is_said_at_once(change):
    page = change(is_on=None, when=None, days="soon", at_most="11", again_after="0", effective_from_year="2020")
    form = page.context["form"]
    assert list(form.errors) == ["is_on", "when", "days", "at_most", "effective_from"]
    assert all(len(sentences) == 1 for sentences in form.errors.values())
    only = change(days="400", at_most="2", again_after="")
    assert list(only.context["form"].errors) == ["days", "again_after"]


def test_terms_are_reminded_of_before_their_end_only(scene, signed_in):
    page = signed_in(scene.staff).get(reverse("reminder_rule", args=["wow", "terms"]))
    assert "when" not in page.context["form"].fields
    today = timezone.localdate()
    with pytest.raises(ActionError) as refusal:
        actions.set_rule(
            programme=scene.programme, subject="terms", by=scene.staff, effective_from=today, is_on=True, days=3,
            at_most=1, when="after",
        )  # fmt: skip
    assert refusal.value.field == "when"


def test_the_days_of_claims_are_set_by_the_policy_alone(scene, signed_in):
    client = signed_in(scene.staff)
    for subject in ("claims", "nothing"):
        assert client.get(reverse("reminder_rule", args=["wow", subject])).status_code == 404
        with pytest.raises(ActionError):
            actions.set_rule(
                programme=scene.programme, subject=subject, by=scene.staff, effective_from=timezone.localdate(),
                is_on=True, days=3, at_most=1,
            )  # fmt: skip


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"effective_from": dt.date(2026, 11, 22)}, "effective_from"),
        ({"days": 366}, "days"),
        ({"at_most": 11}, "at_most"),
        ({"at_most": 2}, "again_after"),
        ({"at_most": 2, "again_after": 0}, "again_after"),
    ],
)
def test_the_action_refuses_numbers_that_make_no_sense(scene, values, field):
    rule = {"effective_from": timezone.localdate(), "is_on": True, "days": 3, "at_most": 1, **values}
    with pytest.raises(ActionError) as refusal:
        actions.set_rule(programme=scene.programme, subject="replies", by=scene.staff, **rule)
    assert refusal.value.field == field


@pytest.mark.parametrize("who", ["finance", "lived", "member", "elsewhere"])
def test_only_staff_of_the_programme_set_rules(scene, who):
    with pytest.raises(ActionError):
        actions.set_rule(
            programme=scene.programme, subject="replies", by=getattr(scene, who), is_on=False, days=3, at_most=1,
            effective_from=timezone.localdate(),
        )  # fmt: skip


def test_the_list_shows_who_was_reminded_of_what_and_how_far_the_message_has_come(scene, signed_in):
    an_invitation_to_answer(scene.programme, scene.lived.person, 4, title="Tea and talk")
    a_claim_to_send(scene.programme, scene.lived.person, 3)
    an_invitation_to_answer(scene.other, scene.member.person, 4, title="A secret of theirs")
    sending.send_due(timezone.localdate())
    client = signed_in(scene.staff)
    page = page_text(client.get(reverse("reminders_written", args=["wow"])))
    assert page.count("Lena Lived") == 2
    assert "You are invited to “Tea and talk”" in page
    assert "There is £50.00 on it." in page
    assert "23 November 2026" in page
    assert "Waiting to be sent" in page
    assert "A secret of theirs" not in page
    message = Message.objects.get(notice__kind="reminder", notice__person=scene.lived.person)
    assert reverse("message", args=[message.pk]) in page
    only = page_text(client.get(reverse("reminders_written", args=["wow"]), {"subject": "claims"}))
    assert "Tea and talk" not in only
    assert "There is £50.00 on it." in only
    file = client.get(reverse("reminders_written", args=["wow"]), {"export": "csv"})
    assert "Tea and talk" in b"".join(file.streaming_content).decode("utf-8-sig")


def test_a_reminder_nobody_wanted_by_email_is_not_called_sent(scene, signed_in):
    an_invitation_to_answer(scene.programme, scene.lived.person, 4)
    sending.send_due(timezone.localdate())
    Message.objects.filter(notice__kind="reminder").update(status="cancelled", last_error="They asked for no more.")
    page = page_text(signed_in(scene.staff).get(reverse("reminders_written", args=["wow"])))
    assert "Not wanted by email" in page


def test_a_subject_that_is_no_more_is_listed_by_its_key(scene, signed_in, monkeypatch):
    an_invitation_to_answer(scene.programme, scene.lived.person, 4)
    a_rule(scene.programme, "replies", days=5)
    sending.send_due(timezone.localdate())
    monkeypatch.delitem(registry.reminder_subjects, "replies")
    client = signed_in(scene.staff)
    assert "replies" in page_text(client.get(reverse("reminders_written", args=["wow"])))
    assert "replies" in page_of(client)


def test_the_pages_ask_as_many_questions_for_thirty_rows_as_for_three(scene, signed_in):
    client, today = signed_in(scene.staff), timezone.localdate()
    pages = [reverse("reminders", args=["wow"]), reverse("reminders_written", args=["wow"])]

    def with_people(number):
        for _n in range(number):
            person = factories.a_person()
            an_invitation_to_answer(scene.programme, person, 4)
            a_claim_to_send(scene.programme, person, 3)
            a_decision_to_review(scene.programme, person, 9)
            a_rule(scene.programme, "replies", days=5)
        asked = len(queries_of(lambda: client.get(pages[0])))
        sending.send_due(today)
        return asked, len(queries_of(lambda: client.get(pages[1])))

    client.get(pages[0])
    few = with_people(3)
    assert with_people(30) == few
    assert Reminder.objects.count() > 60


def test_a_colleague_on_the_phone_writes_down_the_reply(scene, signed_in):
    first = an_invitation_to_answer(scene.programme, scene.lived.person, 4, title="Tea and talk")
    second = an_invitation_to_answer(scene.programme, scene.lived.person, 3, title="Cake and talk")
    a_claim_to_send(scene.programme, scene.lived.person, 3)
    sending.send_due(timezone.localdate())
    notice = Reminder.objects.latest("pk").notice
    panel = answers_to_reminders(scene.staff, notice)
    assert {url for url, _label in panel.context["links"]} == {
        reverse("invitation_reply_for", args=[row.pk]) for row in (first, second)
    }
    assert answers_to_reminders(scene.elsewhere, notice) is None
    Message.objects.filter(notice=notice).update(channel="phone", to="+441632960001")
    page = page_text(signed_in(scene.staff).get(reverse("message_call", args=[notice.messages.get().pk])))
    assert "Write down their reply to “Tea and talk”" in page


def test_a_subject_has_a_key_of_its_own():
    known = registry.reminder_subjects["replies"]
    with pytest.raises(ValueError, match="replies"):
        registry.add_reminder_subject(
            ReminderSubject(key="replies", title="", detail="", due="", order=1, people=known.people, find=known.find)
        )


def test_without_any_rule_a_subject_is_off(scene, monkeypatch):
    an_invitation_to_answer(scene.programme, scene.lived.person, 4)
    assert queries.people_to_remind(scene.programme, dt.date(2019, 12, 31)).keys() == {"claims", "needs"}
