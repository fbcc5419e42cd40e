"""Pages on which staff choose whom to invite."""

import pytest
from django.core import mail
from django.urls import reverse

from events.inviting.actions import invitations
from events.models import Invitation
from people.messages.returns.actions import take_report
from people.messages.returns.reports import Report
from people.models import Person
from tests import factories as make
from tests.helpers.choosing import proof_of
from tests.helpers.client import page_text
from tests.helpers.events import members

# Inviting


def test_the_list_to_choose_from_flags_who_is_invited_and_says_how_each_is_told(as_staff, programme, event):
    (asked, new), (silent,) = (
        members(programme, 2),
        members(programme, 1, email="", phone="01632 960000", channel="phone"),
    )
    make.an_invitation(event, asked)
    page = as_staff.get(reverse("event_invite", args=[event.pk])).content.decode()
    assert f'id="tick-{asked.pk}"' not in page
    assert f'id="tick-{new.pk}"' in page
    assert "Phone call: 01632 960000" in page
    assert silent.full_name in page


def test_people_are_chosen_then_checked_then_invited(as_staff, programme, event, worker):
    (first, second), (third,) = members(programme, 2), members(programme, 1, email="")
    address = reverse("event_invite", args=[event.pk])
    page = as_staff.post(address, {"tick": [first.pk, third.pk], "act": "yes"}).content.decode()
    assert "Invite 2 people?" in page
    assert "1 by email" in page
    assert "1 by a colleague, as we have no way that works" in page
    assert third.full_name in page
    assert not Invitation.objects.exists()
    with worker():
        response = as_staff.post(address, proof_of(event, first, third), follow=True)
    assert {invitation.person for invitation in Invitation.objects.all()} == {first, third}
    assert "2 people are invited: 1 by email; 1 by a colleague" in response.content.decode()
    assert [message.to for message in mail.outbox] == [[first.email]]
    assert second.email not in {message.to[0] for message in mail.outbox}


def test_everyone_the_filters_found_can_be_invited_at_once(as_staff, programme, event, worker):
    members(programme, 3)
    make.a_steering_group(programme).terms.create(
        person=make.a_person("Petra Partner"), seat="partner", starts_on=programme.starts_on
    )
    address = reverse("event_invite", args=[event.pk]) + "?role=lived_experience"
    assert "Choose all 3 that can be chosen" in as_staff.get(address).text
    listing = as_staff.post(address, {"ticks": "all"}, follow=True).context["listing"]
    assert len(listing.chosen) == 3
    with worker():
        as_staff.post(address, proof_of(event, *Person.objects.filter(pk__in=listing.chosen)))
    assert Invitation.objects.count() == 3


def test_the_list_is_narrowed_by_group_in_the_address(as_staff, programme, event):
    members(programme, 2)
    group = make.a_steering_group(programme)
    group.terms.create(person=make.a_person("Petra Partner"), seat="partner", starts_on=programme.starts_on)
    response = as_staff.get(reverse("event_invite", args=[event.pk]), {"group": group.pk})
    assert [person.full_name for person in response.context["listing"].page] == ["Petra Partner"]


@pytest.mark.parametrize("posted", [{}, {"tick": ["x"]}, {"tick": ["99999999"]}, {"tick": ["9" * 30]}])
def test_choosing_nobody_is_explained(as_staff, programme, event, posted):
    members(programme, 1)
    page = as_staff.post(reverse("event_invite", args=[event.pk]), posted).content.decode()
    assert "Tick at least one person" in page


def test_invitations_left_unsent_are_offered_again(as_staff, programme, event, worker):
    make.an_invitation(event, members(programme, 1)[0])
    assert "Send 1 unsent invitation" in as_staff.get(event.get_absolute_url()).content.decode()
    with worker():
        as_staff.post(reverse("event_send", args=[event.pk]))
    assert len(mail.outbox) == 1


def test_an_invitation_that_came_back_says_so_beside_how_they_are_told_now(event, member, staff, as_staff, worker):
    with worker():
        invitations.invite(event=event, people=[member.person], by=staff)
    message = event.invitations.get().notice.messages.get()
    report = Report("r1", "bounced", said="550 5.1.1 No such user", address=True)
    take_report(provider_ref=message.provider_ref, report=report, by=None)
    page = page_text(as_staff.get(f"{reverse('event', args=[event.pk])}?tab=replies"))
    assert "Email: Came back" in page
    assert "To be told by a colleague" in page
