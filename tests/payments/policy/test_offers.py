"""Invited people keep what they were offered: claims are priced by the better of the offer and the policy in force."""

import datetime as dt
from decimal import Decimal
from importlib import import_module

import pgtrigger
import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from events import registry
from payments.claims import dues as due_sums
from payments.claims.actions import cancelling, filling, opening, sending
from payments.claims.queries import claim_until
from payments.claims.transitions import ClaimError
from payments.models import InvitationOffer, PolicyVersion
from payments.my_record import queries as record_queries
from payments.policy import actions as policy_actions
from payments.policy import queries as policy_queries
from payments.policy.actions import ExpenseTerms
from people.models import Notice
from tests import factories
from tests.helpers.offers import DAYS, invited, next_version, said_yes


def publish(scene, **more):
    next_version(scene, **more)
    return policy_actions.publish_draft(programme=scene.programme, by=scene.staff)


def claim_of(event, person, by):
    """The claim of `person`, opened as their attendance is recorded."""
    return opening.open_for_attendance(attendance=factories.an_attendance(event, person), by=by)


@pytest.fixture
def event(scene):
    return invited(scene)


# The offer


def test_an_invitation_keeps_the_version_it_was_sent_under(scene, event):
    offer = InvitationOffer.objects.get(invitation__event=event)
    assert (offer.version, offer.invitation.person) == (scene.policy, scene.person.person)
    assert offer.notice is None


def test_those_without_an_address_are_offered_it_when_they_are_invited(scene):
    rung = factories.a_person("Rhona Ringup", email="")
    factories.a_membership(scene.programme, rung, "lived_experience")
    event = invited(scene, rung)
    assert Notice.objects.get(kind="invitation").messages.get().channel == "colleague"
    assert InvitationOffer.objects.get(invitation__event=event).version == scene.policy


def test_who_is_not_paid_for_coming_is_offered_nothing(scene):
    invited(scene, scene.staff_two.person)
    assert not InvitationOffer.objects.exists()


def test_an_invitation_sent_again_keeps_its_first_offer(scene, event):
    publish(scene)
    policy_actions.keep_offers(event=event, invitations=event.invitations.all(), by=None)
    assert InvitationOffer.objects.get().version == scene.policy


def test_an_offer_never_changes(scene, event):
    publish(scene)
    with pytest.raises(DatabaseError), transaction.atomic():
        InvitationOffer.objects.update(version=PolicyVersion.objects.latest("number"))
    with pytest.raises(DatabaseError), transaction.atomic():
        InvitationOffer.objects.all().delete()


def test_invitations_of_before_get_the_version_they_were_sent_under(scene, event):
    with pgtrigger.ignore("payments.InvitationOffer:offers_are_kept"):
        InvitationOffer.objects.all().delete()
    publish(scene)
    with connection.cursor() as cursor:
        offers = import_module("payments.migrations.0032_offers_of_before").OFFERS
        # An invitation points to a notice by now, which has the number and the time of the message it was made of.
        cursor.execute(offers.replace("people_message", "people_notice").replace("message_id", "notice_id"))
    offer = InvitationOffer.objects.get()
    assert (offer.version, offer.invitation.event) == (scene.policy, event)
    assert offer.made_at == offer.invitation.notice.created_at


# The better of the two


def test_time_is_paid_by_the_offer_where_that_is_more_and_the_line_says_which_version(scene, event):
    newer = publish(scene)
    claim = claim_of(event, scene.person.person, scene.staff)
    line = claim.lines.get()
    assert (claim.policy, claim.offered) == (newer, scene.policy)
    assert (line.amount_pence, line.by_offer) == (5000, True)
    assert line.rate_note == "Half a day, up to 4 hours: £50.00. As offered when you were invited, by version 1"


def test_time_is_paid_by_the_policy_in_force_where_that_is_more(scene, event):
    publish(scene, half=7000, full=14000)
    line = claim_of(event, scene.person.person, scene.staff).lines.get()
    assert (line.amount_pence, line.by_offer) == (7000, False)
    assert line.rate_note == "Half a day, up to 4 hours: £70.00"


def test_who_was_not_invited_before_has_the_policy_in_force(scene, event):
    publish(scene)
    other = factories.with_role(scene.programme, "lived_experience").person
    claim = claim_of(event, other, scene.staff)
    assert claim.offered is None
    assert claim.lines.get().amount_pence == 3000


def fill(scene, claim, kind, **values):
    values.setdefault("description", "On the way")
    return filling.add_expense(claim=claim, by=scene.person, kind=kind, **values)


def test_each_expense_goes_by_the_rule_that_is_better_for_it(scene, event):
    publish(scene, pence_per_mile=Decimal(45), expenses=[ExpenseTerms("parking", cap_pence=1000)])
    claim = claim_of(event, scene.person.person, scene.staff)
    driven = fill(scene, claim, "mileage", miles=Decimal(10))
    assert (driven.amount_pence, driven.by_offer) == (450, False)
    cheap = fill(scene, claim, "parking", amount_pence=800)
    assert (cheap.amount_pence, cheap.by_offer) == (800, False)
    dear = fill(scene, claim, "parking", amount_pence=1500)
    assert (dear.amount_pence, dear.by_offer) == (1500, True), "the offer has no limit"
    assert dear.rate_note == "As offered when you were invited, by version 1"
    minded = fill(scene, claim, "childcare", amount_pence=2500)
    assert minded.by_offer, "the new version does not cover it"
    with pytest.raises(ClaimError, match="does not cover"):
        fill(scene, claim, "overnight", amount_pence=100)


def test_above_both_limits_the_refusal_names_the_higher_one(scene):
    publish(scene, days=0, expenses=[ExpenseTerms("parking", cap_pence=1200)])
    event = invited(scene)
    publish(scene, days=5, expenses=[ExpenseTerms("parking", cap_pence=900)])
    claim = claim_of(event, scene.person.person, scene.staff)
    with pytest.raises(ClaimError, match=r"£12\.00"):
        fill(scene, claim, "parking", amount_pence=1300)
    assert fill(scene, claim, "parking", amount_pence=1100).by_offer


def test_a_receipt_that_the_offer_did_not_ask_for_is_not_asked_for(scene):
    publish(scene, days=0, expenses=[ExpenseTerms("parking", receipt_needed=False)])
    event = invited(scene)
    publish(scene, days=5, expenses=[ExpenseTerms("parking")])
    claim = claim_of(event, scene.person.person, scene.staff)
    line = fill(scene, claim, "parking", amount_pence=700)
    assert line.by_offer
    assert not line.expense_rule.needs_receipt(700)


def test_what_is_agreed_before_under_one_version_alone_need_not_be(scene):
    publish(scene, days=0, expenses=[ExpenseTerms("taxi")])
    event = invited(scene)
    publish(scene, days=5, expenses=[ExpenseTerms("taxi", needs_prior_approval=True)])
    claim = claim_of(event, scene.person.person, scene.staff)
    assert fill(scene, claim, "taxi", amount_pence=900).by_offer


def test_days_to_pay_and_to_claim_are_the_better_of_the_two(scene, event):
    publish(scene, pay_within_working_days=20, claim_window_months=2)
    claim = claim_of(event, scene.person.person, scene.staff)
    assert claim.terms.pay_within_working_days == 10
    assert (claim_until(claim) - claim.activity_date).days > 80


def test_changing_an_expense_prices_it_by_the_better_rule_again(scene, event):
    publish(scene)
    claim = claim_of(event, scene.person.person, scene.staff)
    line = fill(scene, claim, "parking", amount_pence=1500)
    changed = filling.change_expense(line=line, by=scene.person, description="Car park", amount_pence=400)
    assert (changed.amount_pence, changed.by_offer, changed.rate_note) == (400, False, "")


def test_what_is_cancelled_late_is_paid_as_offered(scene):
    publish(scene, days=0, half=5000, full=10000, cancel_within_days=5, cancel_share_percent=100)
    event = invited(scene, event=factories.an_event(scene.programme, days=3, organiser=scene.staff.person))
    said_yes(event, scene.person.person)
    publish(scene, days=1, cancel_within_days=5, cancel_share_percent=50)
    (due,) = due_sums.dues(event)
    assert due.pence == 5000
    assert "by version 2" in due.days[0].how
    (claim,) = cancelling.open_for_cancelled(event=event, by=scene.staff)
    assert claim.offered.number == 2
    assert claim.lines.get().by_offer


def test_nothing_is_due_for_what_no_version_pays(scene, event):
    said_yes(event, scene.person.person)
    assert due_sums.dues(event) == []


def test_the_offer_of_an_approved_claim_never_changes(scene, event):
    publish(scene)
    claim = factories.a_claim(scene.programme, scene.person.person, "approved", policy=scene.policy)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE payments_claim SET offered_id = %s WHERE id = %s", [scene.policy.pk, claim.pk])


# Words that people read


def test_staff_who_check_the_claim_see_both_versions(scene, event, signed_in):
    publish(scene)
    claim = claim_of(event, scene.person.person, scene.staff)
    sending.submit(claim=claim, by=scene.person)
    page = signed_in(scene.staff_two).get(claim.get_absolute_url()).text
    assert "Version 2, from" in page
    assert "Or version 1, as offered with the invitation, where that is better for them" in page


def test_an_invited_person_reads_the_better_of_the_two_everywhere(scene, event, signed_in):
    publish(scene)
    offer = registry.offer_for(event, scene.person.person)
    assert "£50.00" in offer.time
    assert offer.when_paid == "We aim to pay you within 10 working days after you send your claim."
    parking = next(line for line in offer.expenses if line.startswith("Parking"))
    assert "Up to £10.00 each time" in parking
    assert "what we offered when we invited you still applies" in parking
    assert "£30.00" in registry.offer_for(event).time, "others read what is in force"
    page = signed_in(scene.person).get(reverse("reply", args=[event.invitations.get().link_key])).text
    assert "£50.00 for this session" in page
    said_yes(event, scene.person.person)
    (expected,) = [entry for entry in record_queries.entries(scene.person.person) if entry.expected]
    assert expected.taken == 5000


def test_the_form_of_an_expense_says_both_conditions(scene, event, signed_in):
    publish(scene)
    claim = claim_of(event, scene.person.person, scene.staff)
    client = signed_in(scene.person)
    page = client.get(reverse("claim_expense_cost", args=[claim.pk, "parking"])).text
    assert "Up to £10.00 each time" in page
    assert "what we offered when we invited you still applies" in page
    kinds = client.get(reverse("claim_expense_new", args=[claim.pk])).text
    assert "Childcare" in kinds, "covered by the offer alone"
    sent = client.post(
        reverse("claim_expense_cost", args=[claim.pk, "parking"]), {"description": "Car park", "amount": "15"}
    )
    assert sent.status_code == 302
    assert claim.lines.get(expense_kind="parking").by_offer


def test_terms_are_found_in_as_many_queries_for_many_people_as_for_few(scene, django_assert_num_queries):
    people = [factories.with_role(scene.programme, "lived_experience").person for _each in range(12)]
    event = invited(scene, *people)
    publish(scene)
    for some in (people[:2], people):
        with django_assert_num_queries(10):
            assert all(terms.offered for terms in policy_queries.terms_at(event, [one.pk for one in some]).values())


def test_an_event_moved_to_before_any_policy_pays_what_was_offered(scene, event):
    day = scene.policy.effective_from - dt.timedelta(days=1)
    starts = timezone.make_aware(dt.datetime.combine(day, dt.time(10)))
    type(event).objects.filter(pk=event.pk).update(starts_at=starts, ends_at=starts + dt.timedelta(hours=3))
    event.refresh_from_db()
    terms = policy_queries.terms_at(event, [scene.person.person.pk])[scene.person.person.pk]
    assert (terms.in_force, terms.offered) == (scene.policy, None)


# Replaced before it started


def test_a_version_replaced_before_it_started_is_shown_as_true_nowhere(scene, signed_in):
    publish(scene, half=1111, days=10)
    last = publish(scene, half=2222, days=10)
    assert [version.number for version in policy_queries.policies(scene.programme)] == [3, 1]
    page = signed_in(None).get(reverse("policy", args=[scene.programme.slug])).text
    assert "£11.11" not in page
    assert "£22.22" in page
    assert "Version 2 was replaced by version 3 before it started." in page
    event = factories.an_event(scene.programme, days=DAYS, organiser=scene.staff.person)
    assert "£22.22" in registry.offer_for(event).time
    assert policy_queries.policy_in_force(scene.programme, event.day) == last


def test_a_version_before_one_that_is_still_to_start_is_refused_and_says_why(scene):
    publish(scene, days=10)
    with pytest.raises(policy_actions.PolicyError, match="Version 2 is published and starts on") as refusal:
        next_version(scene, days=5)
    assert refusal.value.field == "effective_from"


def test_who_was_invited_under_a_version_replaced_later_keeps_that_offer(scene):
    publish(scene, half=8000, full=16000, days=10)
    event = invited(scene)
    publish(scene, half=2000, days=10)
    assert claim_of(event, scene.person.person, scene.staff).lines.get().amount_pence == 8000
