"""Tests of two records of one person that are put together, and taken apart again."""

import datetime as dt

import pytest
import time_machine
from django.db.models import Sum
from django.utils import timezone

from events.models import Attendance, Invitation
from payments.approval.actions import decisions as deciding
from payments.models import Claim, InvitationOffer
from payments.payees.actions import bank
from people.accounts.actions import accounts
from people.directory import actions as person_actions
from people.models import AccessNeed, FormerRecord, Message, NeedsReview, Notice, Person, Supporter
from people.privacy.export import gather
from programmes.doubles import actions, queries
from programmes.doubles.timed import clear_merges
from programmes.models import Double, Membership, Merge, MergeRule, NamedContact, Role, Term
from tests import factories as make
from tests.factories import decisions, heard
from tests.helpers.database import refused
from tests.programmes.doubles.conftest import the_database
from wellbeing.lib.errors import ActionError
from wellbeing.lib.triggers import move_rows

pytestmark = pytest.mark.django_db


def together(scene, one, other, *details):
    return actions.put_together(programme=scene.programme, one=one, other=other, details=details, by=scene.staff)


def apart(scene, merge):
    return actions.undo(merge=Merge.objects.get(pk=merge.pk), by=scene.staff)


def test_everything_of_the_newer_record_goes_to_the_older_one(scene, pair):
    older, newer = pair
    make.a_policy(scene.programme)
    event = make.an_event(scene.programme)
    make.an_invitation(event, newer)
    claim = make.a_claim(scene.programme, newer, Claim.Status.SUBMITTED, amount_pence=7500)
    AccessNeed.objects.create(person=newer, kind="captions")
    merge = together(scene, older, newer)
    assert not Person.objects.filter(pk=newer.pk).exists()
    assert Invitation.objects.get(event=event).person == older
    claim.refresh_from_db()
    assert claim.person == older
    assert list(older.access_needs.values_list("kind", flat=True)) == ["captions"]
    assert FormerRecord.objects.get(key=newer.pk).person == older
    assert (merge.record_name, merge.person) == ("Liz Madeup", older)
    assert merge.undo_until == timezone.localdate() + dt.timedelta(days=30)


def test_needs_and_reviews_of_both_come_together_and_apart(scene, pair):
    older, newer = pair
    for person in pair:
        AccessNeed.objects.create(person=person, whose="supporter", kind="diet", detail="vegan")
        NeedsReview.objects.create(person=person, has_needs=True)
    AccessNeed.objects.create(person=newer, kind="diet", detail="vegan")
    before = the_database()
    merge = together(scene, older, newer)
    assert [(need.whose, need.kind) for need in older.access_needs.all()] == [("person", "diet"), ("supporter", "diet")]
    assert older.needs_reviews.count() == 2
    apart(scene, merge)
    assert the_database() == before


def test_details_only_one_has_stay_and_those_that_differ_are_chosen(scene, pair):
    older, newer = pair
    together(scene, older, newer, "letter_size")
    older.refresh_from_db()
    assert (older.full_name, older.email, older.letter_size) == ("Elizabeth Madeup", "liz@example.org", "18")


def test_the_person_is_told_in_their_own_way(scene, pair):
    older, newer = pair
    merge = together(scene, older, newer)
    notice = Notice.objects.get(key=f"merge:{merge.pk}:done")
    assert notice.person == older
    assert "We had two records of you" in notice.text_body


def test_the_address_of_the_record_staff_and_finance_are_told(scene, pair):
    older, newer = pair
    make.move_address(older, "elizabeth@example.org")
    merge = together(scene, older, newer, "email")
    older.refresh_from_db()
    assert older.email == "elizabeth@example.org"
    assert Message.objects.get(notice__key=f"merge:{merge.pk}:address").to == "liz@example.org"
    told = Notice.objects.filter(key__startswith=f"merge:{merge.pk}:colleagues").values_list("person", flat=True)
    assert {scene.staff.person.pk, scene.finance.person.pk} <= set(told)


def test_the_number_of_the_record_is_among_those_known_before(scene, pair):
    older, newer = pair
    Person.objects.filter(pk=newer.pk).update(phone="+441632960999")
    merge = together(scene, older, newer)
    assert "+441632960999" in set(older.history.values_list("phone", flat=True))
    apart(scene, merge)
    assert "+441632960999" not in set(older.history.values_list("phone", flat=True))


def test_two_invitations_to_one_event_become_one_with_the_later_reply(scene, pair):
    older, newer = pair
    event = make.an_event(scene.programme)
    make.an_invitation(event, older)
    make.an_invitation(event, newer, reply="coming", replied_at=timezone.now())
    together(scene, older, newer)
    row = Invitation.objects.get(event=event)
    assert (row.person, row.reply) == (older, "coming")


def test_who_came_by_either_record_came(scene, pair):
    older, newer = pair
    event = make.an_event(scene.programme)
    make.an_attendance(event, older, came=False)
    make.an_attendance(event, newer)
    together(scene, older, newer)
    row = Attendance.objects.get(event=event)
    assert (row.person, row.came) == (older, True)


def test_a_role_and_a_seat_both_hold_are_held_once(scene, pair):
    older, newer = pair
    for person in pair:
        decisions.a_seat(scene.group, person)
    together(scene, older, newer)
    assert Membership.objects.filter(person=older, role=Role.LIVED_EXPERIENCE, ends_on=None).count() == 1
    assert Term.objects.filter(person=older, group=scene.group, ends_on=None).count() == 1


def test_two_claims_that_were_sent_for_one_event_keep_the_records_apart(scene, pair):
    older, newer = pair
    make.a_policy(scene.programme)
    event = make.an_event(scene.programme)
    for person in pair:
        make.an_attendance(event, person)
        make.a_claim(scene.programme, person, Claim.Status.SUBMITTED, event=event)
    with pytest.raises(ActionError, match="neither can go: claim"):
        together(scene, older, newer)
    assert Person.objects.filter(pk__in=[older.pk, newer.pk]).count() == 2


def test_a_draft_gives_way_to_the_claim_that_was_sent_for_the_same_event(scene, pair):
    older, newer = pair
    make.a_policy(scene.programme)
    event = make.an_event(scene.programme)
    for person, status in ((older, Claim.Status.DRAFT), (newer, Claim.Status.SUBMITTED)):
        make.an_attendance(event, person)
        make.a_claim(scene.programme, person, status, event=event)
    before = the_database()
    merge = together(scene, older, newer)
    claim = Claim.objects.get(event=event)
    assert (claim.person, claim.status) == (older, Claim.Status.SUBMITTED)
    apart(scene, merge)
    assert the_database() == before


def test_bank_details_are_held_until_finance_has_checked_them_again(scene, pair):
    older, newer = pair
    make.owe(scene.programme, newer)
    details = bank.write_down(
        person=newer,
        programme=scene.programme,
        by=scene.finance,
        account_name="Liz Madeup",
        sort_code="08-99-99",
        account_number="66374958",
        told_how="phone",
        told_by="Liz Madeup",
        told_on=timezone.localdate(),
    )
    make.confirm_bank_details(details, make.with_role(scene.programme, Role.FINANCE, "Fay Ledger").person)
    with pytest.raises(ActionError, match="Money is agreed for one of them"):
        together(scene, older, newer)
    move_rows(Claim, newer, make.a_person("Somebody Paid"))
    together(scene, older, newer)
    details.refresh_from_db()
    assert details.person == older
    assert details.is_on_hold
    assert details.confirmed_at is None


def test_a_record_that_approved_a_claim_of_the_other_stays_apart(scene, pair):
    older, _newer = pair
    make.a_policy(scene.programme)
    claim = make.a_claim(scene.programme, older, Claim.Status.PAID)
    approver = make.of_programme(scene.programme, Person.objects.get(pk=claim.approved_by_id))
    with pytest.raises(ActionError, match="one of them decided, signed or recorded something"):
        together(scene, older, approver)
    assert Claim.objects.get(pk=claim.pk).approved_by == approver


def test_taking_apart_puts_every_row_back_as_it_was(scene, pair):
    older, newer = pair
    make.a_policy(scene.programme)
    event, other_event = make.an_event(scene.programme), make.an_event(scene.programme, days=-9)
    for person in pair:
        make.an_invitation(event, person)
        decisions.a_seat(scene.group, person)
        AccessNeed.objects.create(person=person, kind="captions", detail="In English")
    make.an_invitation(other_event, newer, reply="coming", replied_at=timezone.now())
    version = scene.programme.policy_versions.get()
    for invitation in Invitation.objects.all():
        InvitationOffer.objects.create(invitation=invitation, version=version)
    said = heard.a_contribution(scene.programme, older, newer)
    heard.an_outcome(said)
    make.an_attendance(other_event, newer)
    make.a_claim(scene.programme, newer, Claim.Status.SUBMITTED, amount_pence=1234)
    Supporter.objects.create(
        person=newer,
        name="Sid Supporter",
        channel="phone",
        phone="+441632960222",
        consent_on=timezone.localdate(),
        consent_how="By phone.",
        recorded_by=scene.staff.person,
    )
    total = Claim.objects.aggregate(sum=Sum("lines__amount_pence"))
    before = the_database()
    merge = together(scene, older, newer, "full_name", "letter_size")
    assert the_database() != before
    assert Claim.objects.aggregate(sum=Sum("lines__amount_pence")) == total
    _merge, left = apart(scene, merge)
    assert left == 0
    assert the_database() == before
    merge.refresh_from_db()
    assert (merge.status, merge.changes) == (Merge.Status.UNDONE, [])
    assert queries.double_of(scene.programme, older, newer).are_two


def test_people_have_their_contact_again_when_two_records_of_a_colleague_come_apart(scene, pair):
    older, newer = pair
    roles = [make.a_membership(scene.programme, person, Role.STAFF) for person in pair]
    named = NamedContact.objects.create(
        person=scene.lived.person, programme=scene.programme, role=roles[1], given_by=scene.staff.person
    )
    merge = together(scene, older, newer)
    named.refresh_from_db()
    assert named.role.person == older
    apart(scene, merge)
    named.refresh_from_db()
    assert named.role == roles[1]
    assert named.role.person == newer


def test_something_changed_since_stays_where_it_is(scene, pair):
    older, newer = pair
    event = make.an_event(scene.programme)
    make.an_invitation(event, newer)
    merge = together(scene, older, newer)
    third = make.of_programme(scene.programme, make.a_person("Third Madeup"))
    Invitation.objects.filter(event=event).update(person=third)
    later = make.an_invitation(make.an_event(scene.programme), older)
    _merge, left = apart(scene, merge)
    assert left == 1
    assert Invitation.objects.get(event=event).person == third
    later.refresh_from_db()
    assert later.person == older


def test_a_row_that_somebody_has_gone_on_with_stays(scene, pair):
    older, newer = pair
    make.a_policy(scene.programme)
    claim = make.a_claim(scene.programme, newer, Claim.Status.SUBMITTED)
    merge = together(scene, older, newer)
    claim.refresh_from_db()
    deciding.decline(claim=claim, by=scene.staff, reason="It was paid before.")
    _merge, left = apart(scene, merge)
    claim.refresh_from_db()
    assert (claim.person, left) == (older, 1)


def test_nothing_is_taken_apart_once_the_person_has_an_account(scene, pair):
    older, newer = pair
    merge = together(scene, older, newer)
    user = accounts.account_for(email="liz@example.org", by=None)
    assert user.person.pk == older.pk
    with pytest.raises(ActionError, match="has an account since then"):
        apart(scene, merge)


def test_nothing_is_taken_apart_once_the_person_is_a_part_of_another_record(scene, pair):
    older, newer = pair
    merge = together(scene, older, newer)
    person_actions.take_over(record=older, person=scene.lived.person, by=scene.lived)
    with pytest.raises(ActionError, match="Undo that first"):
        apart(scene, merge)


def test_a_copy_for_the_person_has_nothing_of_the_other_once_they_are_apart(scene, pair):
    older, newer = pair
    make.move_address(older, "elizabeth@example.org")
    AccessNeed.objects.create(person=newer, kind="captions", detail="In Invented Welsh")
    apart(scene, together(scene, older, newer))
    assert "In Invented Welsh" not in str(gather(older))
    assert "liz@example.org" not in str(gather(older))
    assert "In Invented Welsh" in str(gather(newer))


def test_it_can_be_undone_in_its_time_and_the_latest_first(scene, pair):
    older, newer = pair
    first = together(scene, older, newer)
    third = make.of_programme(scene.programme, make.a_person("Beth Madeup"))
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=1), tick=False):
        second = together(scene, older, third)
    with pytest.raises(ActionError, match="Undo that first"):
        apart(scene, first)
    apart(scene, second)
    with time_machine.travel(timezone.now() + dt.timedelta(days=31), tick=False):
        with pytest.raises(ActionError, match="could be undone until"):
            apart(scene, first)
        clear_merges()
        first.refresh_from_db()
        assert (first.changes, first.status) == ([], Merge.Status.DONE)
        assert first.cleared_at is not None
        clear_merges()


def test_a_programme_has_a_time_of_its_own_for_undoing(scene, pair):
    MergeRule.objects.create(programme=scene.programme, effective_from=timezone.localdate(), undo_days=3)
    merge = together(scene, *pair)
    assert merge.undo_until == timezone.localdate() + dt.timedelta(days=3)


# Who may, and who is asked first


def test_staff_of_another_programme_finance_and_the_person_may_not(scene, pair):
    older, newer = pair
    for user in (scene.elsewhere, scene.finance, scene.lived, scene.member, scene.stranger):
        with pytest.raises(ActionError, match="Only programme staff"):
            actions.put_together(programme=scene.programme, one=older, other=newer, details=[], by=user)


def test_a_record_of_another_programme_too_is_left_to_administrators(scene, pair):
    older, newer = pair
    make.a_membership(scene.other, newer, Role.LIVED_EXPERIENCE)
    with pytest.raises(ActionError, match="Only an administrator"):
        together(scene, older, newer)
    actions.put_together(programme=scene.programme, one=older, other=newer, details=[], by=scene.administrator)
    assert Membership.objects.filter(person=older, programme=scene.other).exists()


def test_nobody_puts_their_own_record_together_with_another(scene, pair):
    with pytest.raises(ActionError, match="One of these records is yours"):
        together(scene, scene.staff.person, pair[0])


def test_two_people_with_accounts_stay_two(scene):
    with pytest.raises(ActionError, match="Each of them has an account"):
        together(scene, scene.lived.person, scene.member.person)
    assert Person.objects.filter(pk__in=[scene.lived.person.pk, scene.member.person.pk]).count() == 2


def test_somebody_with_an_account_is_asked_first_and_says_yes(scene, pair):
    older, _newer = pair
    make.a_policy(scene.programme)
    claim = make.a_claim(scene.programme, older, Claim.Status.SUBMITTED)
    lived = scene.lived.person
    phone = lived.phone
    with pytest.raises(ActionError, match="so they are asked first"):
        together(scene, lived, older)
    merge = actions.ask(programme=scene.programme, one=older, other=lived, by=scene.staff)
    assert Notice.objects.get(key=f"merge:{merge.pk}:asked").person == lived
    assert Person.objects.filter(pk=older.pk).exists()
    with pytest.raises(ActionError, match="Only the person who is asked"):
        actions.accept(merge=merge, by=scene.staff)
    before = the_database()
    merge = actions.accept(merge=merge, by=scene.lived)
    claim.refresh_from_db()
    lived.refresh_from_db()
    assert (claim.person, lived.phone, merge.status) == (lived, phone, Merge.Status.DONE)
    with pytest.raises(ActionError, match="answered already"):
        actions.accept(merge=merge, by=scene.lived)
    apart(scene, merge)
    assert the_database() == before


def test_a_no_leaves_both_and_tells_staff(scene, pair):
    older, _newer = pair
    merge = actions.ask(programme=scene.programme, one=older, other=scene.lived.person, by=scene.staff)
    actions.decline(merge=merge, by=scene.lived)
    assert Person.objects.filter(pk=older.pk).exists()
    assert queries.double_of(scene.programme, older, scene.lived.person).are_two
    assert Notice.objects.filter(key__startswith=f"merge:{merge.pk}:declined", person=scene.staff.person).exists()
    with pytest.raises(ActionError, match="answered already"):
        actions.accept(merge=merge, by=scene.lived)


def test_a_question_is_asked_once_and_can_be_taken_back(scene, pair):
    older, newer = pair
    merge = actions.ask(programme=scene.programme, one=older, other=scene.lived.person, by=scene.staff)
    with pytest.raises(ActionError, match="asked about this record already"):
        actions.ask(programme=scene.programme, one=older, other=scene.member.person, by=scene.staff)
    with pytest.raises(ActionError, match="Take the question back first"):
        actions.tell_apart(programme=scene.programme, one=older, other=scene.lived.person, by=scene.staff)
    with pytest.raises(ActionError, match="nobody to ask"):
        actions.ask(programme=scene.programme, one=older, other=newer, by=scene.staff)
    actions.withdraw(merge=merge, by=scene.staff)
    with pytest.raises(ActionError, match="answered already"):
        actions.accept(merge=merge, by=scene.lived)
    with pytest.raises(ActionError, match="answered already"):
        actions.withdraw(merge=merge, by=scene.staff)


# The database itself


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ("status = 'asked', done_at = NULL", "Invalid transition"),
        ("undo_until = NULL", "records_put_together_say_until_when"),
        ("cleared_at = now()", "what_undoes_a_merge_is_kept_in_its_time"),
        ("ended_at = now()", "an_ended_merge_has_its_time"),
        ("record_id = person_id", "two_records_are_put_together"),
    ],
)
def test_the_database_keeps_what_was_put_together(scene, pair, change, refusal):
    merge = together(scene, *pair)
    assert refusal in refused(f"UPDATE programmes_merge SET {change} WHERE id = %s", merge.pk)


def test_the_database_keeps_one_pair_of_two_records(scene, pair):
    older, newer = pair
    row = Double.objects.create(programme=scene.programme, one=older, other=newer)
    said = refused("UPDATE programmes_double SET other_id = one_id WHERE id = %s", row.pk)
    assert "a_double_is_of_two_records" in said
    said = refused("UPDATE programmes_double SET are_two = true WHERE id = %s", row.pk)
    assert "two_people_were_told_apart_by_somebody" in said
    assert "rules_are_kept" in refused("UPDATE programmes_mergerule SET undo_days = 99") or "Cannot" in refused(
        "UPDATE programmes_mergerule SET undo_days = 99"
    )
