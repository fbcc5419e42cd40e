"""The list of replies, narrowed by how far the invitation of each person has come."""

import pytest
from django.urls import reverse

from events.inviting.actions import invitations
from people.models import Message
from programmes.models import Role
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_the_list_is_narrowed_by_what_became_of_each_invitation(as_staff, programme, event, staff, worker):
    people = {
        state: make.with_role(programme, Role.LIVED_EXPERIENCE, f"{state.title()} Invented").person
        for state in ("sent", "failed", "by_hand", "waiting")
    }
    people["by_hand"].channel, people["by_hand"].phone = "phone", "+441632960001"
    people["by_hand"].save()
    with worker():
        invitations.invite(event=event, people=list(people.values()), by=staff)

    def change(state, **fields):
        Message.objects.filter(notice__invitation__person=people[state]).update(**fields)

    change("failed", status="failed", last_error="No such mailbox")
    change("waiting", status="failed")
    change("waiting", status="waiting", sent_at=None)
    for state, person in people.items():
        page = as_staff.get(f"{event.get_absolute_url()}?tab=replies&message={state}")
        names = [row.person.full_name for row in page.context["listing"].page]
        assert names == [person.full_name]
    exported = as_staff.get(f"{event.get_absolute_url()}?tab=replies&export=csv")
    words = b"".join(exported.streaming_content).decode()
    assert "To be rung" in words and "Came back" in words
    listed = as_staff.get(reverse("event_invite", args=[event.pk]) + "?export=csv")
    assert "Phone call: 01632 960001" in b"".join(listed.streaming_content).decode()


def test_the_list_of_people_to_tell_is_narrowed_by_channel_and_by_the_time_to_ring(
    as_staff, programme, event, staff, worker
):
    early = make.with_role(programme, Role.LIVED_EXPERIENCE, "Early Invented").person
    early.channel, early.phone, early.call_time = "phone", "+441632960001", "morning"
    early.save()
    post = make.with_role(programme, Role.LIVED_EXPERIENCE, "Post Invented").person
    post.channel, post.postal_address = "letter", "1 Invented Street"
    post.save()
    with worker():
        invitations.invite(event=event, people=[early, post], by=staff)

    def names(query):
        page = as_staff.get(f"{reverse('to_tell')}?{query}")
        return [row.notice.person.full_name for row in page.context["listing"].page]

    assert names("when=morning") == ["Early Invented"]
    assert names("when=evening") == []
    assert set(names("when=now")) == {"Early Invented", "Post Invented"}
    assert names("channel=letter") == ["Post Invented"]
    exported = as_staff.get(f"{reverse('to_tell')}?export=csv")
    assert "01632 960001" in b"".join(exported.streaming_content).decode()
