"""The demo programme: complete, in order, safe to load again, and never stale."""

import datetime as dt
import hashlib

import pytest
import time_machine
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db.models import Max, Sum
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from events.models import Event, Invitation, InvitationLimit, Meeting, WaitingPlace
from events.papers import queries as papers
from payments.models import (
    Advance,
    Claim,
    Document,
    PaymentReturn,
    PaymentRun,
    PolicyVersion,
    Receipt,
    ReportFile,
    ReportRun,
)
from people import registry
from people.models import DemoMail, DemoText, Job, Message, Person
from programmes.decisions.actions import speaking as decision_actions
from programmes.models import (
    Decision,
    Double,
    Group,
    Membership,
    PackGiven,
    Partnership,
    PeopleImport,
    Position,
    Programme,
    Role,
)
from tests.factories import a_user
from tests.helpers.demo import counts, run_load_demo, wow
from tests.helpers.documents import text_of
from wellbeing.demo import people, roles, shift_dates
from wellbeing.demo.clock import Week, history_models, moment
from wellbeing.lib.money import pounds

# The demo as it is loaded


def test_the_programme_is_in_its_second_year_with_its_policy(demo):
    programme = wow()
    assert programme.year_number == 2
    assert programme.funder == "The Health Foundation"
    policy = PolicyVersion.objects.effective_on(programme, timezone.localdate())
    fee = policy.fee_rules.get()
    assert (fee.half_day_pence, fee.full_day_pence, fee.half_day_hours) == (5000, 10000, 4)
    assert policy.preparation_included
    assert (policy.pay_within_working_days, policy.claim_window_months) == (10, 3)
    mileage = policy.expense_rules.get(kind="mileage")
    assert (mileage.pence_per_mile, mileage.receipt_needed) == (40, False)
    assert policy.expense_rules.get(kind="subsistence").cap.bands == ((5, 1000), (10, 2500))
    assert (policy.cancel_within_days, policy.cancel_share_percent) == (3, 50)
    assert programme.closed_days.count() == 2
    assert {"public_transport", "childcare", "replacement_carer", "personal_assistant"} <= set(
        policy.expense_rules.filter(receipt_needed=True, needs_prior_approval=False).values_list("kind", flat=True)
    )


def test_there_are_twelve_charities_and_twenty_nine_people_with_lived_experience_one_of_them_twice(demo):
    assert Partnership.objects.filter(programme=wow()).count() == 12
    people = Person.objects.filter(memberships__programme=wow(), memberships__role=Role.LIVED_EXPERIENCE)
    assert people.count() == 30, "three of them came in with a spreadsheet"
    assert Double.objects.get().same == ["name", "phone"]
    assert people.filter(shares_address=True).count() == 2
    assert people.filter(email="").count() == 3
    assert people.filter(letter_size__in=["16", "18", "20", "24"]).count() >= 3
    assert set(people.values_list("channel", flat=True)) == set(Person.Channel.values)
    assert people.filter(access_needs__isnull=False).distinct().count() >= 20
    assert all(person.email.endswith("@example.org") for person in Person.objects.exclude(email=""))


def test_the_steering_group_has_both_kinds_of_member_and_terms_of_office(demo):
    group = Group.objects.get(programme=wow(), kind=Group.Kind.STEERING)
    today = timezone.localdate()
    now = group.terms.effective_on(today)
    assert {"lived_experience", "partner"} <= set(now.values_list("seat", flat=True))
    assert {"chair", "co_chair"} <= set(now.values_list("office", flat=True))
    assert now.filter(seat="lived_experience").count() > now.filter(seat="partner").count()
    assert group.terms.filter(ends_on__lt=today).exists()
    assert now.filter(ends_on__lt=today + dt.timedelta(days=60)).exists()


def test_one_event_is_long_past_one_recent_and_one_to_come(demo):
    now = timezone.now()
    events = {event.title: event for event in Event.objects.filter(programme=wow())}
    assert events["Curry and co-production"].ends_at < now - dt.timedelta(days=45)
    assert now - dt.timedelta(days=13) < events["Telling people what came of it"].ends_at < now
    assert now + dt.timedelta(days=8) < events["Steering group meeting"].starts_at < now + dt.timedelta(days=16)
    assert not events["Evening online: what the workshop found"].invitations.exists()
    meeting = events["Steering group meeting"].invitations
    assert set(meeting.values_list("reply", flat=True)) == {"", *Invitation.GIVEN}
    assert meeting.waiting_for_answer().count() == 1
    assert meeting.exclude(access_needs="").exists()


def test_one_event_is_full_with_an_offer_open_and_three_who_wait(demo):
    event = Event.objects.get(title__startswith="Breathing out")
    waiting = WaitingPlace.objects.filter(invitation__event=event)
    assert sorted(waiting.values_list("status", flat=True)) == ["offered", "waiting", "waiting", "waiting"]
    assert event.invitations.with_a_place().count() == event.places.number - 1
    assert wow().saved_lists.get(query="").entries.count() == 5
    assert InvitationLimit.objects.count() == 2


def test_a_choir_came_in_with_a_spreadsheet_and_has_the_welcome_pack_but_for_one_to_be_posted(demo):
    brought = PeopleImport.objects.get(status="done")
    assert wow().saved_lists.get(query__startswith=f"import={brought.pk}&").name == f"Came in with {brought}"
    given = PackGiven.objects.filter(person__in=brought.rows.values("person"))
    assert sorted(given.values_list("by_post", "posted_on")) == [(False, None), (False, None), (True, None)]


def test_papers_of_the_meeting_to_come_are_there_in_several_formats_and_one_is_missing(demo):
    meeting = Meeting.objects.get(event__title="Steering group meeting")
    taxis, paid = papers.papers_of(meeting.event)
    assert {key for key, _language in papers.there(taxis)} == {"standard", "large_print", "easy_read", "audio"}
    lacks = [lack for lack in papers.lacks_of(meeting.event) if lack.paper]
    assert [(lack.paper, lack.label) for lack in lacks] == [(paid, "Easy Read")]
    assert paid.copies.count() == 2


def test_claims_stand_in_every_status_and_what_waits_for_an_answer_or_came_back_is_late(demo):
    assert set(Claim.objects.values_list("status", flat=True)) == set(Claim.Status.values)
    late = Claim.objects.overdue(timezone.localdate())
    assert sorted(late.values_list("status", flat=True)) == ["payment_failed", "submitted"]


def test_each_person_of_the_paid_run_has_a_letter_with_their_amount(demo):
    run = PaymentRun.objects.get(status=PaymentRun.Status.PAID)
    assert run.made_by != run.signed_by
    letters = run.documents.filter(kind=Document.Kind.REMITTANCE).select_related("payment__person")
    assert letters.count() == run.payments.count() == 14
    told = 0
    for letter in letters:
        content = letter.file.read()
        assert hashlib.sha256(content).hexdigest() == letter.sha256
        text = text_of(content)
        assert pounds(letter.payment.amount_pence) in text
        told += letter.payment.amount_pence
    schedule = run.documents.get(kind=Document.Kind.SCHEDULE)
    text = text_of(PdfReader(schedule.file))
    # One payment came back afterwards; its claim was in this run all the same.
    paid = Claim.objects.filter(payment_items__payment__run=run)
    assert sorted(set(paid.values_list("status", flat=True))) == ["paid", "payment_failed"]
    claimed = paid.aggregate(sum=Sum("lines__amount_pence"))["sum"]
    assert told == claimed
    assert pounds(told) in text


def test_receipts_have_been_checked_and_lie_on_the_disk(demo):
    assert Receipt.objects.count() > 20
    for receipt in Receipt.objects.all():
        assert receipt.status == Receipt.Status.READY
        assert len(receipt.file.read()) == receipt.size


def test_every_message_went_and_a_few_new_ones_wait_for_a_colleague(demo):
    mails = Message.objects.filter(channel="email")
    assert set(mails.values_list("status", flat=True)) == {Message.Status.SENT}
    assert DemoMail.objects.count() == mails.count() > 100
    texts = Message.objects.filter(channel="sms")
    assert set(texts.values_list("status", flat=True)) == {Message.Status.DELIVERED}
    assert DemoText.objects.count() == texts.count() > 5
    by_service = Message.objects.filter(by_service=True).order_by("pk")
    waiting = Message.Status.WAITING
    assert list(by_service.values_list("status", flat=True)) == [Message.Status.DELIVERED, waiting, waiting]
    # A review that closed asks nobody any more: such letters and calls are called off.
    asked_too_late = Message.objects.filter(status=Message.Status.CANCELLED)
    assert {message.notice.kind for message in asked_too_late.select_related("notice")} == {"review"}
    by_hand = Message.objects.filter(channel__in=["letter", "phone"], by_service=False)
    by_hand = by_hand.exclude(pk__in=asked_too_late)
    assert set(by_hand.values_list("status", flat=True)) == {Message.Status.SENT, Message.Status.WAITING}
    assert Message.objects.by_hand().count() <= 10
    assert not Message.objects.filter(channel="colleague").exists()
    assert set(Job.objects.values_list("status", flat=True)) == {Job.Status.DONE}


def test_decisions_are_open_decided_and_withdrawn_and_dissent_is_kept(demo):
    stages = {"shaping", "deciding", "decided", "not_agreed", "withdrawn"}
    assert set(Decision.objects.values_list("status", flat=True)) == stages
    assert {"agreed", "agreed_with_changes", "not_agreed"} <= set(Decision.objects.values_list("outcome", flat=True))
    dissent = Position.objects.get(decision__title="Hold the big days on weekdays", person__known_as="Pip")
    assert dissent.is_dissent
    assert "Pip" in dissent.decision.outcome_reason
    soon = Decision.objects.get(title="A small fund for taxis")
    assert soon.is_open
    assert 0 < (soon.closes_on - timezone.localdate()).days <= 7


def test_agreed_language_comes_from_the_curry_day(demo):
    term = wow().agreed_terms.get(term="people with lived experience")
    assert "service users" in term.replaces
    assert term.agreed_on == Event.objects.get(title="Curry and co-production").day


def test_the_history_tells_the_story_as_it_happened_and_ends_where_the_rows_are(demo):
    monday = Week.of(timezone.localdate()).day(0, 0)
    for model in history_models():
        latest = model._default_manager.aggregate(latest=Max("pgh_created_at"))["latest"]
        assert latest is None or timezone.localdate(latest) < monday, model
    for claim in Claim.objects.all():
        steps = list(claim.history.order_by("pgh_id").values_list("status", "pgh_created_at"))
        assert steps[-1][0] == claim.status
        assert [moment for _status, moment in steps] == sorted(moment for _status, moment in steps)
        assert steps[0][1] == claim.created_at


# Who can look around


def test_everyone_the_sign_in_page_offers_can_sign_in(demo, settings, monkeypatch, client):
    settings.DEMO_MODE, settings.SECOND_FACTOR_REQUIRED = True, False
    monkeypatch.setattr(registry, "demo_roles", [])
    roles.register()
    offered = roles.demo_roles()
    assert len(offered) >= 6
    for role in offered:
        response = client.post(reverse("demo_sign_in"), {"email": role.email})
        assert (response.status_code, response.url) == (302, reverse("home"))
        assert client.session["_auth_user_id"]
        assert client.get(reverse("home")).status_code == 200


def test_nobody_is_offered_outside_demo_mode(settings, monkeypatch):
    settings.DEMO_MODE = False
    monkeypatch.setattr(registry, "demo_roles", [])
    roles.register()
    assert registry.demo_roles == []


def test_staff_of_the_programme_next_door_see_nothing_of_this_one(demo):
    hester = Person.objects.get(email=people.NEXT_DOOR_STAFF.email).user
    assert [str(programme) for programme in Programme.objects.visible_to(hester)] == ["Breathing Space Fernport"]
    assert not Claim.objects.visible_to(hester).exists()
    assert not Person.objects.visible_to(hester).filter(memberships__programme=wow()).exists()


def test_the_administrator_keeps_no_role(demo):
    person = Person.objects.get(email=people.ADMINISTRATOR[0])
    assert person.user.is_administrator
    assert not Membership.objects.effective_on(timezone.localdate()).filter(person=person).exists()


# Again, and later


def test_loading_again_changes_nothing_and_tells_who_can_sign_in(demo):
    before = counts()
    said = run_load_demo()
    assert counts() == before
    for role in roles.demo_roles():
        assert role.email in said
    assert "moved" not in said


def test_what_somebody_did_meanwhile_is_kept_and_never_ends_in_the_future(demo):
    bea = Person.objects.get(known_as="Bea").user
    decision = Decision.objects.get(title="A small fund for taxis")
    start = timezone.now()
    with moment(start + dt.timedelta(days=3)):
        decision_actions.take_position(decision=decision, stance="minor", reason="Yes, and tell people of it.", by=bea)
    with moment(start + dt.timedelta(days=3)):
        extra = a_user("Newcomer Lately", email="newcomer@example.org")
    with time_machine.travel(start + dt.timedelta(days=7)):
        assert shift_dates.move_to_this_week() == 1
        position = Position.objects.get(decision=decision, person=bea.person)
        assert position.reason == "Yes, and tell people of it."
        assert position.given_at <= timezone.now()
        extra.refresh_from_db()
        assert extra.date_joined <= timezone.now()
        late = Claim.objects.exclude(submitted_at=None).filter(submitted_at__gt=timezone.now())
        assert not late.exists()


def test_one_payment_came_back_one_fee_goes_to_charity_one_advance_is_open_and_one_report_is_kept(demo):
    returned = PaymentReturn.objects.get()
    assert returned.payment.person.full_name == "Ludmila Vantrees"
    assert returned.payment.items.get().claim.status == Claim.Status.PAYMENT_FAILED
    (gift,) = Claim.objects.filter(donation_pence__gt=0)
    assert (gift.person.full_name, gift.status) == ("Kofi Amberstone", Claim.Status.IN_RUN)
    assert gift.money_pence + gift.donation_pence == gift.approved_pence
    advance = Advance.objects.get()
    assert (advance.amount_pence, advance.closed_at) == (2000, None)
    report = ReportRun.objects.get()
    assert report.is_made
    assert set(report.files.values_list("format", flat=True)) == set(ReportFile.Format.values)


def test_written_dates_move_and_other_numbers_stay():
    text = "Come on Monday 4 May 2026, 10am. Reply by 30 December 2026. Ring 01632 960100 about 31 June 2026 and £2026."
    assert shift_dates.move_written_dates(text, 7) == (
        "Come on Monday 11 May 2026, 10am. Reply by 6 January 2027. Ring 01632 960100 about 31 June 2026 and £2026."
    )


# Never where it does not belong


def test_production_refuses(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="production"):
        call_command("load_demo", skip_checks=True)
