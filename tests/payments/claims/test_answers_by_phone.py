"""A colleague who writes down the answer to a question has asked it: nobody is to ring about it any more."""

import pytest
from django.utils import timezone

from payments.approval.actions import decisions
from payments.claims.actions import entering, sending
from people.models import Message
from programmes.models import Role
from tests import factories

pytestmark = pytest.mark.django_db
WORK = {"activity": "document_review", "hours": 2, "description": "Read the leaflet"}


@pytest.fixture
def asked():
    """A claim that came back with a question, entered by staff for somebody whom they ring."""
    programme = factories.a_programme()
    factories.a_policy(programme)
    stan, stella = (factories.with_role(programme, Role.STAFF, name) for name in ("Stan Staff", "Stella Staff"))
    dora = factories.a_person("Dora Dial", phone="01632 960001", email="", channel="phone")
    factories.a_membership(programme, dora, Role.LIVED_EXPERIENCE)
    claim = entering.enter(programme=programme, person=dora, by=stan, how="phone", on=timezone.localdate(), **WORK)
    sending.submit(claim=claim, by=stan)
    decisions.return_with_question(claim=claim, by=stella, question="Two hours, or three?")
    return {"claim": claim, "stan": stan, "dora": dora}


def test_writing_down_the_answer_ends_the_call_about_the_question_and_no_other(asked):
    sending.answer(claim=asked["claim"], by=asked["stan"], answer="Two, she says.")
    question = Message.objects.get(notice__kind="claim_question")
    assert (question.status, question.told_by) == ("sent", asked["stan"].person)
    assert question.told_how == "On the phone, when they answered"
    assert Message.objects.get(notice__kind="claim_entered").status == "waiting"


def test_a_letter_with_the_question_is_posted_all_the_same(asked):
    message = Message.objects.get(notice__kind="claim_question")
    message.channel, message.to = "letter", "1 Invented Street\nLeeds"
    message.save()
    sending.answer(claim=asked["claim"], by=asked["stan"], answer="Two, she says.")
    message.refresh_from_db()
    assert message.status == "waiting"
