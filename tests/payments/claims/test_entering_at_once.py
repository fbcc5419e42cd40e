"""Two presses at the same moment, with real threads: one claim, one telling, one journey, one kept form."""

import datetime as dt
from decimal import Decimal

import pytest
from django.http import QueryDict
from django.utils import timezone

from payments.autosave import drafts
from payments.claims.actions import entering, filling, sending
from payments.models import Claim, FormDraft
from people.messages.actions import delivering as actions
from people.models import Message, User
from programmes.models import Role
from tests import factories
from tests.helpers.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast():
    """A programme with a policy, a person who prefers letters, and two of staff."""
    programme = factories.a_programme("At Once")
    factories.a_policy(programme)
    person = factories.with_role(programme, Role.LIVED_EXPERIENCE)
    person.person.channel = "letter"
    person.person.save()
    return programme, person, [factories.with_role(programme, Role.STAFF) for _n in range(2)]


def work(cast):
    return {
        "programme": cast[0],
        "activity": "document_review",
        "on": timezone.localdate() - dt.timedelta(days=1),
        "hours": Decimal(2),
        "description": "Read the report",
    }


def test_a_claim_for_other_work_is_made_once(cast):
    made = at_once(*[lambda: entering.start(by=User.objects.get(pk=cast[1].pk), **work(cast)).pk] * 4)
    assert set(made) == {Claim.objects.get().pk}
    assert Claim.objects.get().lines.count() == 1


def test_a_person_is_told_once(cast):
    _programme, person, staff = cast
    claim = entering.enter(person=person.person, by=staff[0], how="phone", **work(cast))
    sending.submit(claim=claim, by=staff[0])
    message = Message.objects.get(notice__kind="claim_entered")
    told = [lambda user=user: actions.record_told(message=message, by=user, how="By letter") for user in staff]
    assert sorted(type(result).__name__ for result in at_once(*told)) == ["Message", "MessageError"]


def test_the_same_journey_is_added_once(cast):
    events = [factories.an_event(cast[0], days=days) for days in (-9, -3)]
    before, now = (factories.a_claim(cast[0], cast[1].person, event=event) for event in events)
    line = filling.add_expense(claim=before, by=cast[1], kind="mileage", description="Leeds", miles=Decimal(5))
    at_once(*[lambda: entering.repeat_journey(claim=now, by=cast[1], line=line).pk] * 3)
    assert now.lines.filter(expense_kind="mileage").count() == 1


def test_two_windows_keep_one_form(cast):
    user = cast[1]
    data = QueryDict("amount=1")
    at_once(*[lambda: drafts.save(user=user, page="/claims/1/check/", data=data)] * 4)
    assert FormDraft.objects.count() == 1
