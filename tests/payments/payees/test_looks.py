"""Finance looks at accounts: each look is kept, what was read is what is called wrong, namesakes are told apart."""

import pytest
from django.urls import reverse

from payments.models import AccountLook, Claim
from payments.payees.account_values import BankError
from payments.payees.actions import doubts
from people.directory.queries import tell_apart
from people.models import Person
from programmes.models import Role
from tests import factories
from tests.helpers.database import refused
from tests.helpers.payees import check, give
from tests.helpers.run_files import signed


def test_each_look_at_full_numbers_is_kept(scene, claim_in, signed_in):
    claim_in("approved")
    details = check(scene, give(scene.person))
    run = signed(scene, list(Claim.objects.filter(status="approved")))
    signed_in(scene.finance).get(reverse("bank_details_confirm", args=[scene.programme.slug, details.pk]))
    page = signed_in(scene.finance_two).get(reverse("payment_run_accounts", args=[run.pk])).text
    assert "66374958" in page
    looks = AccountLook.objects.order_by("pk").values_list("by__full_name", "about")
    assert list(looks) == [("Fay Finance", "Bank details"), ("Femi Finance", run.reference)]
    assert refused("DELETE FROM payments_accountlook")
    with pytest.raises(BankError, match="Only finance"):
        doubts.look(seen=[], programme=scene.programme, by=scene.staff, about="x")


def test_a_look_at_a_signed_run_is_at_the_account_as_it_was_paid(scene, claim_in, signed_in):
    claim_in("approved")
    check(scene, give(scene.person))
    run = signed(scene, list(Claim.objects.filter(status="approved")))
    give(scene.person, account_number="12345677", sure=True)
    page = signed_in(scene.finance_two).get(reverse("payment_run_accounts", args=[run.pk])).text
    assert "66374958" in page
    look = AccountLook.objects.get()
    assert (look.person, look.last_digits, look.payment) == (scene.person.person, "58", run.payments.get())


def test_details_that_changed_while_they_were_read_are_not_called_wrong(scene, claim_in, signed_in):
    claim_in("approved")
    seen = check(scene, give(scene.person)).changed_at
    changed = give(scene.person, account_number="12345677", sure=True)
    address = reverse("bank_details_wrong", args=[scene.programme.slug, changed.pk])
    client = signed_in(scene.finance)
    assert "were changed while you had this page open" in client.post(address, {"seen": seen}, follow=True).text
    assert "Look at the details again" in client.post(address, follow=True).text
    changed.refresh_from_db()
    assert changed.asked_again_at is None


@pytest.mark.parametrize("name", ["bank_details", "tax_treatments"])
def test_namesakes_are_told_apart_in_the_lists_of_finance(scene, claim_in, signed_in, name):
    other = factories.with_role(scene.programme, Role.LIVED_EXPERIENCE, "Petra Person")
    for user in (scene.person, other):
        claim_in("approved", user=user)
        give(user)
    Person.objects.filter(pk=other.person.pk).update(phone="+441632960002")
    page = signed_in(scene.finance).get(reverse(name, args=[scene.programme.slug])).text
    told_apart = tell_apart(Person.objects.filter(full_name="Petra Person"))
    assert len({person.name_in_list for person in told_apart}) == 2
    for person in told_apart:
        assert person.name_in_list in page
