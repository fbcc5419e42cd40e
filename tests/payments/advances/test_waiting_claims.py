"""An advance recorded while approved claims wait: what it comes off is said, asked, and paid net."""

import datetime as dt

import pytest
from django.db import transaction
from django.db.utils import DatabaseError
from django.urls import reverse
from django.utils import timezone

from payments.models import Advance, AdvanceUse, Claim
from payments.runs.actions import runs
from tests import factories
from tests.helpers.advances import an_advance


@pytest.fixture
def first(claim_in):
    return claim_in("approved", description="First day")


@pytest.fixture
def second(claim_in, first):
    claim = claim_in("approved", description="Second day")
    Claim.objects.filter(pk=claim.pk).update(pay_by=first.pay_by + dt.timedelta(days=1))
    claim.refresh_from_db()
    return claim


def typed(scene, amount="70", **more):
    today = timezone.localdate()
    return {
        "person": scene.person.person.pk,
        "amount": amount,
        "paid_on_day": today.day,
        "paid_on_month": today.month,
        "paid_on_year": today.year,
        "how": "cash",
        "event": "",
        "note": "",
        **more,
    }


def address(scene):
    return reverse("advance_new", args=[scene.programme.slug])


def uses(advance):
    return {use.claim.description: use.pence for use in advance.uses.select_related("claim")}


# Claims that an advance comes off


def test_it_comes_off_the_claims_that_wait_the_one_promised_first_before(scene, first, second):
    advance = an_advance(scene, 7000, take_off_waiting=True)
    assert uses(advance) == {"First day": 5000, "Second day": 2000}
    for claim, money, off in ((first, 0, 5000), (second, 3000, 2000)):
        claim.refresh_from_db()
        assert (claim.money_pence, claim.advance_recovered_pence, claim.approved_pence) == (money, off, 5000)


def test_unless_told_it_comes_off_none_of_them(scene, first):
    advance = an_advance(scene, 7000)
    assert uses(advance) == {}
    first.refresh_from_db()
    assert first.money_pence == 5000


def test_the_rest_is_left_for_the_next_claims(scene, first):
    advance = an_advance(scene, 7000, take_off_waiting=True)
    assert Advance.objects.with_used().get(pk=advance.pk).left_pence == 2000


def test_one_for_an_event_comes_off_no_claim_for_an_earlier_day(scene, first):
    event = factories.an_event(scene.programme, days=3)
    advance = an_advance(scene, 1000, event=event, take_off_waiting=True)
    assert uses(advance) == {}


@pytest.mark.parametrize("status", ["submitted", "in_run", "paid", "payment_failed"])
def test_it_comes_off_nothing_that_is_not_approved_and_waiting(scene, claim_in, status):
    claim_in(status)
    assert uses(an_advance(scene, 1000, take_off_waiting=True)) == {}


def test_the_run_then_pays_the_net(scene, first, second):
    an_advance(scene, 7000, take_off_waiting=True)
    waiting = list(Claim.objects.filter(pk__in=[first.pk, second.pk]).payable())
    assert waiting == [second], "nothing is owed on the first any more"
    run = runs.make_run(programme=scene.programme, claims=waiting, by=scene.finance)
    payment = run.payments.get()
    assert (payment.person, payment.amount_pence) == (scene.person.person, 3000)
    assert runs.sign_off(run=run, by=scene.finance_two).status == "signed", "the sums of the run are right"


def test_the_database_lets_nothing_else_of_an_approved_claim_change_with_it(scene, first):
    for change in (
        {"money_pence": 4000},
        {"advance_recovered_pence": 1000},
        {"money_pence": 4000, "advance_recovered_pence": 1000, "recognition": "none"},
        {"money_pence": 4000, "advance_recovered_pence": 1000, "approved_by": scene.staff_two.person},
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            Claim.objects.filter(pk=first.pk).update(**change)
    an_advance(scene, 1000, take_off_waiting=True)
    with pytest.raises(DatabaseError), transaction.atomic():
        Claim.objects.filter(pk=first.pk).update(money_pence=5000, advance_recovered_pence=0)


def test_a_claim_that_is_paid_has_nothing_more_taken_off(scene, claim_in):
    paid = claim_in("paid")
    with pytest.raises(DatabaseError), transaction.atomic():
        Claim.objects.filter(pk=paid.pk).update(money_pence=4000, advance_recovered_pence=1000)


# The page


def test_the_page_says_which_claims_and_how_much_and_asks_with_a_tick(scene, first, second, signed_in):
    client = signed_in(scene.finance)
    page = client.post(address(scene), typed(scene))
    assert page.status_code == 200
    for words in (
        "Nothing is recorded yet: approved claims wait to be paid",
        f"{first.reference}, First day: £50.00 of £50.00",
        f"{second.reference}, Second day: £20.00 of £50.00",
        "Take it off these claims now",
    ):
        assert words in page.text
    assert page.context["off"].form["take_off"].value() is True
    assert not Advance.objects.exists(), "nothing is recorded before the answer"
    answer = {**typed(scene), "shown": page.context["off"].form["shown"].value(), "take_off": "on"}
    done = client.post(address(scene), answer, follow=True).text
    assert f"£50.00 comes off claim {first.reference}, which waits to be paid." in done
    assert f"£20.00 comes off claim {second.reference}, which waits to be paid." in done
    assert AdvanceUse.objects.count() == 2


def test_without_the_tick_the_claims_are_paid_in_full_and_the_page_says_so(scene, first, signed_in):
    client = signed_in(scene.finance)
    page = client.post(address(scene), typed(scene))
    answer = {**typed(scene), "shown": page.context["off"].form["shown"].value()}
    done = client.post(address(scene), answer, follow=True).text
    assert "£70.00 comes off the next claims we approve for them." in done
    assert "Claims that are approved already are paid in full." in done
    assert not AdvanceUse.objects.exists()


def test_what_changed_meanwhile_is_asked_again(scene, first, signed_in):
    client = signed_in(scene.finance)
    page = client.post(address(scene), typed(scene))
    shown = page.context["off"].form["shown"].value()
    again = client.post(address(scene), {**typed(scene, amount="20"), "shown": shown, "take_off": "on"})
    assert "£20.00 of £50.00" in again.text
    assert not Advance.objects.exists()


def test_where_no_claim_waits_it_is_recorded_at_once(scene, signed_in):
    done = signed_in(scene.finance).post(address(scene), typed(scene), follow=True).text
    assert "£70.00 comes off the next claims we approve for them." in done
    assert "paid in full" not in done


def test_one_for_an_event_says_from_which_day(scene, first, signed_in):
    event = factories.an_event(scene.programme, days=3)
    done = signed_in(scene.finance).post(address(scene), typed(scene, event=event.pk), follow=True).text
    assert "£70.00 comes off the next claims we approve for the day of the event or later." in done
