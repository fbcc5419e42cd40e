"""Personal links: they end, can be renewed, survive what is pasted behind them, and cannot be tried by the thousand."""

import datetime as dt

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from events.inviting.actions import invitations, links
from events.inviting.models import Invitation, InvitationRules
from events.models import Event
from events.planning.transitions import EventError
from people.jobs import running
from people.jobs.models import Job
from people.models import Message
from programmes.models import Role
from tests import factories as make
from tests.helpers.database import refused

PAGES = ("reply", "reply_done", "event_calendar")


@pytest.fixture
def invitation(event, member):
    """The invitation of the member."""
    return make.an_invitation(event, member.person)


def page_of(client, invitation, name="reply"):
    return client.get(reverse(name, args=[invitation.link_key]))


def moved_to_the_past(event, days):
    ends = timezone.now() - dt.timedelta(days=days)
    Event.objects.filter(pk=event.pk).update(
        starts_at=ends - dt.timedelta(hours=3), ends_at=ends, reply_by=ends.date() - dt.timedelta(days=5)
    )


@pytest.mark.parametrize("name", PAGES)
def test_a_link_ends_some_days_after_the_event_and_then_shows_nothing_of_it(client, event, invitation, name):
    days = InvitationRules.objects.in_force(timezone.localdate()).link_days
    Invitation.objects.update(reply="coming", replied_at=timezone.now())
    moved_to_the_past(event, days - 1)
    assert page_of(client, invitation, name).status_code == 200
    moved_to_the_past(event, days + 1)
    page = page_of(client, invitation, name)
    assert page.status_code == 410
    assert "This link has ended" in page.text and event.programme.contact_email in page.text
    assert event.title not in page.text and "Mina" not in page.text
    assert page["Cache-Control"] == "no-store, private"


def test_a_link_to_an_event_of_long_ago_ends_kindly(client, programme, member):
    long_ago = make.an_event(programme, days=-4000)
    page = page_of(client, make.an_invitation(long_ago, member.person))
    assert page.status_code == 410


def test_a_new_link_replaces_the_old_one_at_once_and_is_told(client, event, member, staff, worker):
    with worker():
        [invitation] = invitations.invite(event=event, people=[member.person], by=staff)
    old = invitation.link_key
    mail.outbox.clear()
    with worker():
        notice = links.renew(invitation=invitation, by=staff)
    new = Invitation.objects.get().link_key
    assert notice and new != old
    assert client.get(reverse("reply", args=[old])).status_code == 404
    assert client.get(reverse("reply", args=[new])).status_code == 200
    [message] = mail.outbox
    assert new in message.body and old not in message.body
    assert "The link we sent you before no longer works." in message.body
    made = [row.link_made_at for row in invitation.history.order_by("pgh_id")]
    assert made[-1] > made[0]


def test_an_invitation_that_had_not_gone_out_is_written_anew_with_the_new_link(event, member, staff, worker):
    [invitation] = invitations.invite(event=event, people=[member.person], by=staff)
    running.run(Job.objects.get().pk)
    invitation.refresh_from_db()
    assert invitation.notice is not None
    assert invitation.notice.messages.get().status == Message.Status.WAITING
    with worker():
        assert links.renew(invitation=invitation, by=staff) is None
    invitation.refresh_from_db()
    [message] = mail.outbox
    assert invitation.link_key in message.body
    assert "You are invited" in message.subject


def test_staff_renew_a_link_on_the_page_of_the_reply(as_staff, event, invitation):
    old = invitation.link_key
    assert "Make a new link and tell them" in as_staff.get(reverse("invitation_reply_for", args=[invitation.pk])).text
    page = as_staff.post(reverse("invitation_new_link", args=[invitation.pk]), follow=True)
    assert "Mina Member has a new personal link." in page.text
    invitation.refresh_from_db()
    assert invitation.link_key != old
    moved_to_the_past(event, 300)
    page = as_staff.post(reverse("invitation_new_link", args=[invitation.pk]), follow=True)
    assert "This event is long over, so its links no longer work." in page.text


def test_only_staff_of_the_programme_renew_a_link(invitation, member):
    with pytest.raises(EventError):
        links.renew(invitation=invitation, by=member)
    with pytest.raises(EventError):
        links.renew(invitation=invitation, by=make.with_role(make.a_programme("Another"), Role.STAFF))


@pytest.mark.parametrize("behind", [")", ",", ".", ").", ">", "”", "%20", ";", "!)", "*"])
@pytest.mark.parametrize("slash", ["", "/"])
def test_signs_pasted_behind_a_link_do_not_break_it(client, invitation, behind, slash):
    address = reverse("reply", args=[invitation.link_key]).rstrip("/")
    page = client.get(f"{address}{slash}{behind}", follow=True)
    assert page.status_code == 200
    assert "Will you come?" in page.text
    assert page.redirect_chain[-1][0].rstrip("/") == address


def test_signs_behind_an_address_that_leads_nowhere_lead_nowhere(client, db):
    for address in ("/r/unknown-key/)", "/nothing/here/),"):
        assert client.get(address, follow=True).status_code == 404
    for path in ("//example.org/)", "//example.org)", "//example.org/r/key/)"):
        assert client.get("/", PATH_INFO=path).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_a_link_with_a_letter_changed_opens_nothing(client, invitation, name):
    key = invitation.link_key
    for wrong in (key[:-1], key + "A", key.swapcase(), key[1:] + key[0], "x"):
        page = client.get(reverse(name, args=[wrong]))
        assert page.status_code == 404
        assert "This link does not work" in page.text and "Mina" not in page.text


def test_a_link_opens_its_own_reply_and_no_other(client, event, invitation):
    other = make.an_invitation(event, reply="coming", replied_at=timezone.now())
    client.post(reverse("reply", args=[invitation.link_key]), {"reply": "not_coming", "invitation": other.pk})
    other.refresh_from_db()
    invitation.refresh_from_db()
    assert (invitation.reply, other.reply) == ("not_coming", "coming")


def test_a_thousand_tries_are_told_to_stop_and_a_link_that_works_still_opens(client, invitation):
    answers = [client.get(reverse("reply", args=[f"try-{number}"])).status_code for number in range(1000)]
    assert set(answers) == {404, 429}
    # On a busy machine they take more than the minute after which a few more are let through.
    assert answers.count(404) <= 120
    assert page_of(client, invitation).status_code == 200


@pytest.mark.parametrize("name", ["calendar_feed", "needs_link", "address_link", "joining_link", "notice_by_link"])
def test_other_secret_links_are_limited_as_well(client, db, name):
    answers = {client.get(reverse(name, args=[f"try-{number}"])).status_code for number in range(40)}
    assert answers == {404, 429}


def test_rules_of_a_later_day_leave_earlier_ones_as_they_were(db):
    later = timezone.localdate() + dt.timedelta(days=3)
    InvitationRules.objects.create(effective_from=later, link_days=7, details_days=4)
    assert InvitationRules.objects.in_force(later).link_days == 7
    assert InvitationRules.objects.in_force(later - dt.timedelta(days=1)).link_days == 31
    assert "Cannot update" in refused("UPDATE events_invitationrules SET link_days = 1")
