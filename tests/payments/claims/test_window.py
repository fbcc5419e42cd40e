"""The time to claim: reminders before it ends, late claims with a reason, and payments that are overdue."""

import datetime as dt
from decimal import Decimal

import pytest
from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from payments import contributions
from payments.approval.actions import decisions
from payments.claims import queries as claim_queries
from payments.claims import tasks as claim_tasks
from payments.claims.actions import entering, sending
from payments.claims.transitions import ClaimError
from payments.models import Claim, PolicyVersion
from payments.policy import actions as policy_actions
from payments.policy.calculations import half_or_full_day
from payments.policy.forms.versions import PolicyForm
from people.models import Notice
from programmes.models import Reminder, Role
from programmes.reminders import sending as sending_reminders
from tests import factories
from tests.helpers.policies import publish_at_once
from wellbeing.lib.dates import long_date

TODAY = timezone.localdate


def ending_in(scene, days, user=None, amount_pence=5000, **fields):
    """An unsent claim whose time to claim ends in so many days (three months after its day)."""
    on = TODAY() + dt.timedelta(days=days) - relativedelta(months=3)
    claim = factories.a_claim(
        scene.programme,
        (user or scene.person).person,
        fields.pop("status", "draft"),
        policy=scene.policy,
        activity_date=on,
        amount_pence=amount_pence,
        created_at=timezone.now() - dt.timedelta(days=70),
        **fields,
    )
    # Months are of different lengths: what counts is the day itself.
    while (claim_queries.claim_until(claim) - TODAY()).days != days:
        claim.activity_date += dt.timedelta(days=1 if (claim_queries.claim_until(claim) - TODAY()).days < days else -1)
    claim.save()
    return claim


def reminded():
    """[(claim, which time)] of every reminder, the first one first."""
    rows = Reminder.objects.filter(subject="claims").order_by("pk")
    return [(row.thing, row.number) for row in rows]


def a_version(scene, number, **fields):
    """Another published version of the policy, of which nobody has claimed yet."""
    return PolicyVersion.objects.create(
        programme=scene.programme,
        number=number,
        effective_from=scene.programme.starts_on,
        pay_within_working_days=10,
        published_at=timezone.now(),
        **{"claim_window_months": 3, **fields},
    )


# Reminders


@pytest.mark.parametrize(
    ("days", "reminder"), [(15, None), (14, 14), (13, 14), (4, 14), (3, 3), (1, 3), (0, 3), (-1, None)]
)
def test_people_are_reminded_when_the_policy_says_so(scene, days, reminder):
    claim = ending_in(scene, days)
    sending_reminders.send_due(TODAY())
    assert reminded() == ([(f"claim:{claim.pk}", 1)] if reminder else [])


def test_each_reminder_goes_once_however_often_the_worker_runs(scene):
    claim = ending_in(scene, 5)
    for _run in range(3):
        claim_tasks.remind_before_the_time_to_claim_ends()
    sending_reminders.send_due(TODAY() + dt.timedelta(days=2))
    sending_reminders.send_due(TODAY() + dt.timedelta(days=3))
    assert reminded() == [(f"claim:{claim.pk}", 1), (f"claim:{claim.pk}", 2)]
    first, second = Notice.objects.filter(kind="reminder").order_by("pk")
    assert (first.key, second.key) == (
        f"reminder:{scene.person.person.pk}:{TODAY()}",
        f"reminder:{scene.person.person.pk}:{TODAY() + dt.timedelta(days=2)}",
    )
    assert first.messages.get().to == scene.person.email


def test_a_reminder_of_one_claim_says_what_it_always_said(scene):
    claim = ending_in(scene, 5, description="the workshop")
    sending_reminders.send_due(TODAY())
    notice = Notice.objects.get(kind="reminder")
    day = long_date(TODAY() + dt.timedelta(days=5))
    assert notice.subject == f"Send your claim by {day}"
    assert notice.link == f"{settings.SITE_URL}/claims/{claim.pk}/"
    assert notice.voice == notice.audience == f"programme:{scene.programme.pk}"
    assert notice.reply_to == "connie@example.org"
    assert notice.text_body == (
        f"Hello {scene.person.person.short_name},\n\n"
        "Your claim for the workshop is not sent yet. There is £50.00 on it.\n\n"
        f"Please send it by {day}. If you do not want to claim, you do not need to do anything.\n\n"
        f"Look at your claim:\n{notice.link}\n\n"
        f"Questions? Ask Connie Contact: connie@example.org\n{scene.programme.name}\n"
    )
    assert "Your claim is not sent yet</h1>" in notice.html_body
    assert notice.short.startswith(f"{scene.programme.name}: Send your claim by {day}. ")


def test_only_unsent_claims_with_something_on_them_are_reminded_of(scene):
    ending_in(scene, 3, status="submitted")
    ending_in(scene, 3, status="withdrawn")
    ending_in(scene, 3, amount_pence=0)
    ending_in(scene, 3, entered_by=scene.staff.person, entered_how="phone")
    assert sending_reminders.send_due(TODAY()) == 0
    assert reminded() == []


def test_a_claim_that_is_sent_meanwhile_is_reminded_of_no_more(scene):
    claim = ending_in(scene, 5)
    sending_reminders.send_due(TODAY())
    sending.submit(claim=claim, by=scene.person)
    assert sending_reminders.send_due(TODAY() + dt.timedelta(days=2)) == 0


def test_somebody_without_an_address_is_reminded_by_a_colleague(scene):
    without_address = factories.with_role(scene.programme, Role.LIVED_EXPERIENCE)
    factories.move_address(without_address.person, "")
    ending_in(scene, 3, user=without_address)
    assert sending_reminders.send_due(TODAY()) == 1
    assert Notice.objects.get(kind="reminder").messages.get().channel == "colleague"


def test_a_claim_opened_within_the_reminder_time_gets_the_next_reminder_only(scene):
    claim = ending_in(scene, 10)
    Claim.objects.filter(pk=claim.pk).update(created_at=timezone.now() - dt.timedelta(days=1))
    sending_reminders.send_due(TODAY())
    assert reminded() == []
    sending_reminders.send_due(TODAY() + dt.timedelta(days=7))
    assert reminded() == [(f"claim:{claim.pk}", 1)]


def test_a_policy_without_reminders_sends_none(scene):
    quiet = a_version(scene, 7, remind_days_before=[])
    claim = ending_in(scene, 3)
    Claim.objects.filter(pk=claim.pk).update(policy=quiet)
    assert sending_reminders.send_due(TODAY()) == 0


def test_somebody_who_was_offered_a_longer_time_is_reminded_before_it_ends(scene):
    longer = a_version(scene, 7, claim_window_months=5)
    claim = ending_in(scene, -50)
    Claim.objects.filter(pk=claim.pk).update(offered=longer)
    claim = Claim.objects.get(pk=claim.pk)
    until = claim_queries.claim_until(claim)
    assert until > TODAY()
    assert sending_reminders.send_due(until - dt.timedelta(days=15)) == 0
    assert sending_reminders.send_due(until - dt.timedelta(days=14)) == 1
    assert long_date(until) in Notice.objects.get(kind="reminder").subject


def test_one_message_about_two_claims_is_among_what_was_said_about_each(scene):
    first, second = ending_in(scene, 3), ending_in(scene, 2)
    sending_reminders.send_due(TODAY())
    notice = Notice.objects.get(kind="reminder")
    assert list(claim_queries.notices_of(first)) == list(claim_queries.notices_of(second)) == [notice]


def test_staff_say_on_the_policy_page_when_people_are_reminded(scene, signed_in):
    version = publish_at_once(
        programme=scene.programme,
        by=scene.staff,
        effective_from=TODAY(),
        fees=[policy_actions.ActivityFee(half_or_full_day(5000, 10000, Decimal(4)))],
        pay_within_working_days=10,
        claim_window_months=3,
        remind_days_before=[21, 7],
    )
    assert version.remind_days_before == [21, 7]
    page = signed_in(scene.staff).get(reverse("policy_draft", args=[scene.programme.slug])).content.decode()
    assert 'value="21, 7"' in page


@pytest.mark.parametrize(
    ("text", "days"),
    [("14, 3", [14, 3]), ("3 14 3", [14, 3]), ("", []), ("soon", None), ("0", None), ("1,2,3,4,5,6", None)],
)
def test_reminders_are_whole_numbers_of_days(text, days):
    form = PolicyForm({"remind_days_before": text})
    form.is_valid()
    assert form.cleaned_data.get("remind_days_before") == days
    assert ("remind_days_before" in form.errors) == (days is None)


# Late claims


def test_a_late_claim_needs_a_reason_and_keeps_it(scene):
    claim = ending_in(scene, -12)
    with pytest.raises(ClaimError) as refusal:
        sending.submit(claim=claim, by=scene.person, late_reason="  ")
    assert refusal.value.field == "late_reason"
    claim.refresh_from_db()
    assert claim.status == "draft"
    assert sending.submit(claim=claim, by=scene.person, late_reason=" I was in hospital. ").late_reason == (
        "I was in hospital."
    )


def test_on_the_last_day_no_reason_is_asked_or_kept(scene):
    claim = ending_in(scene, 0)
    assert sending.submit(claim=claim, by=scene.person, late_reason="Not needed").late_reason == ""


def test_the_page_asks_why_it_is_late_and_the_approver_reads_it(scene, signed_in):
    claim = ending_in(scene, -12)
    client = signed_in(scene.person)
    assert "Tell us why it is late" in client.get(claim.get_absolute_url()).content.decode()
    assert "Why is this claim late?" in client.get(reverse("claim_check", args=[claim.pk])).content.decode()
    page = client.post(reverse("claim_submit", args=[claim.pk]), {"agree": "on"})
    assert page.status_code == 200
    assert "Say why this claim is late" in page.content.decode()
    client.post(reverse("claim_submit", args=[claim.pk]), {"agree": "on", "late_reason": "I was in hospital."})
    assert "I was in hospital." in client.get(claim.get_absolute_url()).content.decode()
    page = signed_in(scene.staff).get(claim.get_absolute_url()).content.decode()
    assert "Late: sent 12 days after the time to claim ended" in page
    assert "I was in hospital." in page
    assert decisions.approve(claim=claim, by=scene.staff).status == "approved"


def test_a_claim_in_time_is_not_asked_why(scene, signed_in):
    claim = ending_in(scene, 5)
    assert (
        "Why is this claim late?"
        not in signed_in(scene.person).get(reverse("claim_check", args=[claim.pk])).content.decode()
    )


def test_a_late_claim_for_other_work_can_be_started_and_says_why(scene):
    claim = entering.start(
        programme=scene.programme,
        by=scene.person,
        activity="document_review",
        on=TODAY() - dt.timedelta(days=120),
        hours=Decimal(1),
        description="Read a report",
    )
    with pytest.raises(ClaimError):
        sending.submit(claim=claim, by=scene.person)
    assert sending.submit(claim=claim, by=scene.person, late_reason="I forgot.").status == "submitted"


# Overdue


@pytest.mark.parametrize("status", ["submitted", "returned", "approved", "partly_approved", "payment_failed"])
def test_an_overdue_claim_shows_to_the_person_staff_and_finance_wherever_it_stands(scene, signed_in, claim_in, status):
    claim = claim_in(status)
    Claim.objects.filter(pk=claim.pk).update(pay_by=TODAY() - dt.timedelta(days=2))
    for user in (scene.staff, scene.finance):
        (task,) = contributions.tasks(user)
        assert task.urgent, user
        listed = signed_in(user).get(task.url).content.decode()
        assert claim.reference in listed or claim.person.full_name in listed
        assert "Late" in signed_in(user).get(claim.get_absolute_url()).content.decode()
    page = signed_in(scene.person).get(claim.get_absolute_url()).content.decode()
    assert "This payment is late" in page
    assert "This is late." in signed_in(scene.person).get(reverse("my_claims")).content.decode()
    assert "This is late." in signed_in(scene.person).get(reverse("home")).content.decode()
    assert not [task for task in contributions.tasks(scene.elsewhere) if "late" in task.title]


@pytest.mark.parametrize("status", ["declined", "withdrawn", "paid"])
def test_a_claim_on_which_nothing_is_owed_is_never_late(scene, claim_in, status):
    claim = claim_in(status)
    if status != "paid":
        Claim.objects.filter(pk=claim.pk).update(pay_by=TODAY() - dt.timedelta(days=2))
    assert not [task for task in contributions.tasks(scene.finance) if "late" in task.title]


def test_nobody_is_told_that_their_own_claim_is_late_as_staff(scene, claim_in):
    claim = claim_in("submitted", user=scene.staff)
    Claim.objects.filter(pk=claim.pk).update(pay_by=TODAY() - dt.timedelta(days=2))
    assert not [task for task in contributions.tasks(scene.staff) if "late" in task.title]
