"""Telling a person about the claim that staff entered for them."""

import pytest

from payments import contributions
from payments.claims.actions import sending
from payments.models import Claim
from people.messages.actions import delivering as actions
from people.messages.views import telling
from people.models import Message, Notice
from tests.helpers.entering import by_post, enter


def the_message():
    return Message.objects.filter(notice__kind="claim_entered").latest("pk")


def test_somebody_who_likes_email_is_told_by_email_what_was_sent(scene):
    claim = enter(scene)
    sending.submit(claim=claim, by=scene.staff)
    notice = Notice.objects.get(kind="claim_entered")
    assert (notice.messages.get().channel, notice.messages.get().to) == ("email", scene.person.email)
    assert "Stan Staff sent it" in notice.text_body
    assert "£50.00" in notice.text_body
    assert not Notice.objects.filter(kind="claim_received").exists()
    assert not telling.tasks(scene.staff_two)


def test_somebody_who_prefers_the_post_gets_a_letter_that_staff_post(scene, signed_in):
    person = by_post(scene)
    person.postal_address = "1 Invented Street\nNowhere"
    person.save()
    claim = enter(scene)
    sending.submit(claim=claim, by=scene.staff)
    message = the_message()
    assert (message.channel, message.to) == ("letter", "1 Invented Street\nNowhere")
    assert message.colleague in {scene.staff.person, scene.staff_two.person}
    page = signed_in(scene.staff_two).get(claim.get_absolute_url()).text
    assert "Telling Petra Person by letter: to be posted" in page
    actions.record_told(message=message, by=scene.staff_two, how="By letter")
    page = signed_in(scene.staff).get(claim.get_absolute_url()).text
    assert "Stella Staff told Petra Person on" in page
    assert not [task for task in contributions.tasks(scene.staff) if "Tell" in task.title]


def test_a_claim_sent_again_after_it_was_taken_back_is_told_again(scene):
    by_post(scene)
    claim = enter(scene)
    sending.submit(claim=claim, by=scene.staff)
    actions.record_told(message=the_message(), by=scene.staff, how="On the phone")
    sending.withdraw(claim=claim, by=scene.person)
    sending.reopen(claim=claim, by=scene.staff)
    sending.submit(claim=claim, by=scene.staff)
    assert list(Message.objects.order_by("pk").values_list("status", flat=True)) == ["sent", "waiting"]


def test_nobody_is_told_of_a_claim_they_sent_themselves(scene):
    by_post(scene)
    sending.submit(claim=enter(scene), by=scene.person)
    assert not Notice.objects.filter(kind="claim_entered").exists()
    assert Claim.objects.get().status == "submitted"


@pytest.mark.parametrize("who", ["finance", "elsewhere"])
def test_only_staff_of_the_programme_tell(scene, who):
    by_post(scene)
    sending.submit(claim=enter(scene), by=scene.staff)
    with pytest.raises(actions.MessageError):
        actions.record_told(message=the_message(), by=getattr(scene, who), how="On the phone")
