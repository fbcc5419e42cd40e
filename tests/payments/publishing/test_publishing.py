"""Publishing a version: who it concerns, keeping offers or telling people, and the claims it makes."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from events.day import actions as day_actions
from payments.claims.actions import filling, opening, sending
from payments.models import Claim, InvitationOffer, Publication
from payments.policy import actions as policy_actions
from payments.policy import queries as policy_queries
from payments.policy.actions import ActivityFee, PolicyError
from payments.policy.calculations import half_or_full_day
from payments.publishing import actions, queries
from payments.publishing.actions import Basis
from people.models import Message, Notice
from programmes.models import Decision
from tests import factories
from tests.factories import a_decided_proposal
from tests.helpers.offers import invited, members, next_version, said_yes

WHY = "The budget for this year."


def publish(scene, *, by=None, **basis):
    draft = policy_queries.draft_of(scene.programme)
    basis.setdefault("reason", WHY)
    return actions.publish(
        programme=scene.programme, by=by or scene.staff, changed_at=draft.changed_at, basis=Basis(**basis)
    )


def today_event(scene, *people):
    """An event that began an hour ago, to which `people` (the scene's person unless told) were invited."""
    event = invited(scene, *people)
    starts = timezone.now() - dt.timedelta(hours=1)
    type(event).objects.filter(pk=event.pk).update(starts_at=starts, ends_at=starts + dt.timedelta(hours=3))
    event.refresh_from_db()
    return event


def at(name, scene, *more):
    return reverse(name, args=[scene.programme.slug, *more])


# People concerned


def test_those_invited_under_other_terms_are_concerned(scene):
    event = invited(scene)
    draft = next_version(scene)
    (one,) = queries.concerned(draft)
    assert (one.event, one.person, one.offered) == (event, scene.person.person, scene.policy)
    changed = {change.what: (change.was, change.now) for change in one.changes}
    assert changed["Your time"] == (
        "£50.00 for this session (half a day), including preparation",
        "£30.00 for this session (half a day), including preparation",
    )
    assert changed["Childcare"] == ("We need your receipt.", "Not covered")
    assert "Train, bus or tram fare" not in changed, "the same in both"


def test_nobody_is_concerned_whose_terms_stay_or_whose_day_is_before(scene):
    invited(scene, event=factories.an_event(scene.programme, days=5, organiser=scene.staff.person))
    assert queries.concerned(next_version(scene, days=10)) == []


def test_who_cannot_come_or_has_claimed_is_not_concerned(scene):
    no, claimed, came = members(scene, "Nora No", "Clare Claimed", "Cam Came")
    event = today_event(scene, no, claimed, came)
    event.invitations.filter(person=no).update(reply="not_coming", replied_at=timezone.now())
    day_actions.record(event=event, came={claimed.pk, came.pk}, by=scene.staff)
    sending.submit(claim=Claim.objects.get(person=claimed), by=claimed.user)
    (one,) = queries.concerned(next_version(scene, days=0))
    assert one.person == came
    assert not one.may_be_told


def test_a_version_that_changes_nothing_for_anybody_concerns_nobody(scene):
    invited(scene)
    policy_actions.save_draft(
        programme=scene.programme,
        by=scene.staff,
        effective_from=timezone.localdate() + dt.timedelta(days=1),
        fees=[ActivityFee(half_or_full_day(5000, 10000, Decimal(4)))],
        expenses=[
            policy_actions.ExpenseTerms(kind, needs_prior_approval=kind == "taxi")
            for kind in ("public_transport", "parking", "childcare", "other", "taxi")
        ],
        pence_per_mile=Decimal(40),
        pay_within_working_days=10,
        claim_window_months=3,
    )
    assert queries.concerned(policy_queries.draft_of(scene.programme)) == []


def test_many_are_found_in_as_many_queries_as_few(scene, django_assert_num_queries):
    next_version(scene)
    for more in (2, 8):
        for _each in range(more):
            invited(scene, *members(scene, "", ""))
        draft = policy_queries.draft_of(scene.programme)
        with django_assert_num_queries(7):
            found = queries.concerned(draft)
    assert len(found) == 20


# Keeping the offer


def test_by_default_offers_are_kept_and_nobody_is_written_to(scene):
    event = invited(scene)
    next_version(scene)
    publication = publish(scene)
    assert (publication.keeps_offers, publication.told) == (True, 0)
    assert not Notice.objects.filter(kind="policy_changed").exists()
    attendance = factories.an_attendance(event, scene.person.person)
    claim = opening.open_for_attendance(attendance=attendance, by=scene.staff)
    assert claim.lines.get().amount_pence == 5000


# Telling people


def test_each_person_is_told_once_of_all_their_events_what_was_and_what_is_now(scene):
    person = scene.person.person
    first, second = invited(scene), invited(scene)
    next_version(scene)
    publication = publish(scene, keeps_offers=False)
    assert publication.told == 1
    message = Notice.objects.get(kind="policy_changed")
    assert message.person == person
    assert message.text_body.count("It was: £50.00 for this session (half a day)") == 2
    assert message.text_body.count("It is now: £30.00 for this session (half a day)") == 2
    offers = InvitationOffer.objects.filter(version=publication.version)
    assert {offer.invitation.event for offer in offers} == {first, second}
    assert {offer.notice for offer in offers} == {message}
    claim = opening.open_for_attendance(attendance=factories.an_attendance(first, person), by=scene.staff)
    assert (claim.offered, claim.lines.get().amount_pence) == (None, 3000)


def test_somebody_without_an_address_is_told_by_a_colleague(scene, signed_in):
    rung = factories.a_person("Rhona Ringup", email="")
    factories.a_membership(scene.programme, rung, "lived_experience")
    event = invited(scene, rung, scene.person.person)
    next_version(scene)
    publication = publish(scene, keeps_offers=False)
    assert publication.told == 2
    assert policy_queries.offers_at(event, [rung.pk]) == {rung.pk: publication.version}
    page = signed_in(scene.staff).get(at("policy_published", scene, publication.version.number)).text
    assert "2 messages were put in the queue to be sent" in page
    assert Message.objects.get(notice__person=rung, notice__kind="policy_changed").colleague == scene.staff.person


def test_who_has_come_keeps_the_offer_even_when_others_are_told(scene):
    event = today_event(scene)
    day_actions.record(event=event, came={scene.person.person.pk}, by=scene.staff)
    claim = Claim.objects.get()
    filling.add_expense(claim=claim, by=scene.person, kind="parking", description="Car park", amount_pence=1500)
    next_version(scene, days=0)
    publication = publish(scene, keeps_offers=False)
    assert publication.told == 0
    claim.refresh_from_db()
    assert (claim.policy, claim.offered) == (publication.version, scene.policy)
    assert [(line.amount_pence, line.by_offer) for line in claim.lines.all()] == [(5000, True), (1500, True)]


def test_an_unsent_claim_of_that_day_gets_more_where_the_new_version_pays_more(scene):
    event = today_event(scene)
    day_actions.record(event=event, came={scene.person.person.pk}, by=scene.staff)
    next_version(scene, days=0, half=8000, full=16000)
    publish(scene)
    line = Claim.objects.get().lines.get()
    assert (line.amount_pence, line.by_offer) == (8000, False)


def test_who_came_uninvited_keeps_what_their_open_claim_showed(scene):
    (walked_in,) = members(scene, "Wally Walkedin")
    event = today_event(scene)
    day_actions.record(event=event, came={walked_in.pk}, by=scene.staff)
    next_version(scene, days=0)
    publish(scene)
    claim = Claim.objects.get(person=walked_in)
    assert (claim.offered, claim.lines.get().amount_pence) == (scene.policy, 5000)


# Claims of those who came before anything was published


@pytest.fixture
def came_before(scene):
    """The event of a programme without a policy, with a person of it who came."""
    person = factories.with_role(scene.other, "lived_experience", "Etta Early").person
    event = factories.an_event(scene.other, organiser=scene.elsewhere.person)
    factories.an_invitation(event, person)
    day_actions.record(event=event, came={person.pk}, by=scene.elsewhere)
    assert not Claim.objects.exists()
    return event


def first_version(scene, starts_on):
    return policy_actions.save_draft(
        programme=scene.other,
        by=scene.elsewhere,
        effective_from=starts_on,
        fees=[ActivityFee(half_or_full_day(2500, 5000, Decimal(4)))],
        pay_within_working_days=10,
        claim_window_months=3,
    )


def test_publishing_makes_the_claims_of_those_who_came_and_says_how_many(scene, came_before, signed_in):
    draft = first_version(scene, came_before.day)
    client = signed_in(scene.elsewhere)
    page = client.get(reverse("policy_publish", args=[scene.other.slug]))
    assert "1 person came to an event on that day or later and has no claim." in page.text
    sent = {**page.context["form"].initial, "reason": WHY}
    done = client.post(reverse("policy_publish", args=[scene.other.slug]), sent, follow=True)
    assert "1 claim was made for somebody who came before this was published." in done.text
    claim = Claim.objects.get()
    assert (claim.event, claim.policy, claim.lines.get().amount_pence) == (came_before, draft, 2500)
    assert Notice.objects.get(kind="claim_waiting").person.full_name == "Etta Early"


def test_a_version_that_starts_after_the_day_makes_no_claim(scene, came_before):
    draft = first_version(scene, came_before.day + dt.timedelta(days=1))
    publication = actions.publish(
        programme=scene.other, by=scene.elsewhere, changed_at=draft.changed_at, basis=Basis(reason=WHY)
    )
    assert publication.claims_made == 0
    assert not Claim.objects.exists()


def test_only_people_with_lived_experience_who_came_get_one(scene, came_before):
    stays = factories.with_role(scene.other, "lived_experience", "Stella Stayed").person
    factories.an_attendance(came_before, stays, came=False)
    factories.an_attendance(came_before, scene.elsewhere.person)
    draft = first_version(scene, came_before.day)
    publication = actions.publish(
        programme=scene.other, by=scene.elsewhere, changed_at=draft.changed_at, basis=Basis(reason=WHY)
    )
    assert publication.claims_made == Claim.objects.count() == 1


def test_the_page_of_who_came_says_what_happened_and_no_more(scene, signed_in):
    event = factories.an_event(scene.other, organiser=scene.elsewhere.person)
    person = factories.with_role(scene.other, "lived_experience", "Etta Early").person
    client = signed_in(scene.elsewhere)
    address = reverse("event_attendance", args=[event.pk])
    done = client.post(address, {"tick": [person.pk]}, follow=True).text
    assert "No claim was made, as no payment policy is in force on that day." in done
    assert "claim is waiting" not in done
    draft = first_version(scene, event.day)
    actions.publish(programme=scene.other, by=scene.elsewhere, changed_at=draft.changed_at, basis=Basis(reason=WHY))
    assert "A claim is waiting for 1 person who came." in client.post(address, {"tick": [person.pk]}, follow=True).text


# Decision or reason for publishing


def test_a_decision_or_a_reason_is_asked_for(scene, signed_in):
    next_version(scene)
    with pytest.raises(PolicyError, match="Choose the decision this rests on") as refusal:
        publish(scene, reason=" ")
    assert refusal.value.field == "decision"
    client = signed_in(scene.staff)
    page = client.get(at("policy_publish", scene))
    assert "Say why it is published" in client.post(at("policy_publish", scene), page.context["form"].initial).text
    assert policy_queries.draft_of(scene.programme)


def test_an_agreed_decision_is_chosen_from_a_list_and_shown_to_people_of_the_programme(scene, signed_in):
    agreed = a_decided_proposal(scene.programme, "agreed", title="Pay less for half a day")
    refused = a_decided_proposal(scene.programme, "not_agreed", title="Pay nothing")
    next_version(scene, days=0)
    client = signed_in(scene.staff)
    page = client.get(at("policy_publish", scene))
    assert "Pay less for half a day, agreed" in page.text
    assert "Pay nothing" not in page.text
    sent = {**page.context["form"].initial, "decision": refused.pk}
    assert client.post(at("policy_publish", scene), sent).status_code == 200
    assert client.post(at("policy_publish", scene), {**sent, "decision": agreed.pk}).status_code == 302
    assert Publication.objects.get().decision == agreed
    assert reverse("decision", args=[agreed.pk]) in signed_in(scene.staff).get(at("policy", scene)).text
    assert "Pay less for half a day" in signed_in(scene.person).get(at("policy", scene)).text
    assert "Pay less for half a day" not in signed_in(None).get(at("policy", scene)).text


def test_a_decision_of_another_programme_is_refused(scene):
    next_version(scene)
    elsewhere = a_decided_proposal(scene.other, "agreed")
    with pytest.raises(PolicyError, match="a decision that this programme has agreed"):
        publish(scene, decision=elsewhere)
    assert Decision.objects.get() == elsewhere


# The page


def test_the_page_lists_events_people_and_what_changes_and_asks(scene, signed_in):
    event = invited(scene)
    said_yes(event, scene.person.person)
    next_version(scene)
    client = signed_in(scene.staff)
    page = client.get(at("policy_publish", scene))
    for words in (event.title, "Petra Person", "They were told", "Keep what we offered", "Tell them what changes"):
        assert words in page.text
    assert page.context["form"]["offers"].value() == "keep", "the promise is kept unless somebody says otherwise"
    done = client.post(
        at("policy_publish", scene),
        {**page.context["form"].initial, "offers": "tell", "reason": WHY},
        follow=True,
    )
    assert "1 message was put in the queue to be sent" in done.text
    assert Publication.objects.get().told == 1


def test_a_version_of_before_says_that_nothing_was_recorded(scene, signed_in):
    page = signed_in(scene.staff).get(at("policy_published", scene, scene.policy.number)).text
    assert "was not recorded" in page
    assert signed_in(scene.staff).get(at("policy_published", scene, 99)).status_code == 404
