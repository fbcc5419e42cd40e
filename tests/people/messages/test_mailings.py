"""Writing to several people: checked before it goes, paced, paused, gone on with and cancelled."""

import datetime as dt
import itertools

import pytest
import time_machine
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from people.messages import delivery, pacing, tasks
from people.messages.actions import mailings
from people.messages.fields import problems_in
from people.messages.telling import tell
from people.messages.writing import Preview
from people.models import Mailing, Message, Notice, SendingClock, SendingLimit
from programmes.models import AgreedTerm, Role, message_audience
from tests.factories import a_programme, a_steering_group, an_event, an_invitation, with_role
from wellbeing.lib.errors import ActionError

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return a_programme()


@pytest.fixture
def staff(programme):
    return with_role(programme, Role.STAFF, "Stan Staff")


@pytest.fixture
def people(programme):
    return [with_role(programme, Role.LIVED_EXPERIENCE, name).person for name in ("Ann One", "Bob Two", "Cat Three")]


def write(people, staff, programme, **values):
    fields = {"subject": "News for {name}", "words": "We meet on Monday.\n\nBring a pen.", "key": "one", **values}
    return mailings.write(people=people, voice=message_audience(programme.pk), by=staff, **fields)


def sweep():
    tasks.sweep_outbox.delay()


# Writing


def test_everybody_chosen_is_told_once_with_their_own_name(people, staff, programme, worker):
    with worker():
        first = write([*people, people[0]], staff, programme)
        assert write(people, staff, programme) == first, "the form was sent twice"
    assert sorted(message.subject for message in mail.outbox) == ["News for Ann", "News for Bob", "News for Cat"]
    assert "Bring a pen." in mail.outbox[0].body
    assert Notice.objects.filter(mailing=first, kind="written").count() == 3


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"subject": " "}, "subject", "Say what it is about"),
        ({"words": ""}, "words", "Write what you want"),
        ({"words": "Hello\nDear {nome}"}, "words", "Line 2: {nome} is not known"),
        ({"words": "Ring {phone}"}, "words", "There is nothing to put for {phone}"),
        ({"subject": "For {surname}"}, "subject", "{surname} is not known"),
    ],
)
def test_what_cannot_be_filled_in_is_refused_with_its_line(people, staff, programme, values, field, sentence):
    programme.contact_phone = ""
    programme.save()
    with pytest.raises(ActionError) as refusal:
        write(people, staff, programme, **values)
    assert refusal.value.field == field
    assert sentence in str(refusal.value)
    assert not Mailing.objects.exists()


def test_braces_that_hold_no_word_are_left_alone_only_when_they_are_known():
    assert [problem.line for problem in problems_in("a {name}\n{} b", {"name": "Ann"})] == [2]


def test_only_staff_of_the_programme_write_in_its_name(people, programme):
    for user in (with_role(programme, Role.FINANCE), with_role(a_programme(), Role.STAFF)):
        with pytest.raises(ActionError, match="Only staff"):
            write(people, user, programme)


def test_nobody_chosen_and_a_time_gone_by_are_refused(people, staff, programme):
    with pytest.raises(ActionError, match="at least one person"):
        write([], staff, programme)
    with pytest.raises(ActionError, match="gone by"):
        write(people, staff, programme, not_before=timezone.now() - dt.timedelta(hours=1))


# When it goes


def test_nothing_goes_before_its_time(people, staff, programme, worker):
    with worker():
        write(people, staff, programme, not_before=timezone.now() + dt.timedelta(hours=2))
        sweep()
    assert not mail.outbox
    later = timezone.now() + dt.timedelta(hours=2, minutes=1)
    with time_machine.travel(later, tick=True), worker():
        sweep()
    assert len(mail.outbox) == 3


def test_a_paused_mailing_waits_and_goes_on(people, staff, programme, worker):
    mailing = write(people, staff, programme)
    mailings.pause(mailing=mailing, by=staff)
    with worker():
        sweep()
    assert not mail.outbox
    assert delivery.send(Message.objects.values_list("pk", flat=True)) == 0, "a task handed out before is too late"
    mailings.go_on(mailing=mailing, by=staff)
    with worker():
        sweep()
    assert len(mail.outbox) == 3


def test_a_paused_mailing_gives_nobody_a_call_to_make(people, staff, programme):
    people[0].channel, people[0].phone = "phone", "+441632960001"
    people[0].save()
    mailing = write(people[:1], staff, programme)
    assert Message.objects.by_hand().count() == 1
    mailings.pause(mailing=mailing, by=staff)
    assert Message.objects.by_hand().count() == 0


def test_cancelling_stops_what_has_not_gone_for_good(people, staff, programme, worker):
    mailing = write(people, staff, programme)
    first = Message.objects.order_by("pk")[0]
    assert delivery.send([first.pk]) == 1
    mailings.cancel(mailing=mailing, by=staff)
    with worker():
        sweep()
    assert len(mail.outbox) == 1
    assert sorted(Message.objects.values_list("status", flat=True)) == ["cancelled", "cancelled", "sent"]
    with pytest.raises(ActionError, match="was cancelled"):
        mailings.go_on(mailing=mailing, by=staff)


def test_postgres_keeps_mailings(people, staff, programme):
    write(people, staff, programme)
    with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM people_mailing")


# How fast, and when it is quiet


def limit(channel="email", per_minute=0, **quiet):
    return SendingLimit.objects.create(
        channel=channel, per_minute=per_minute, effective_from=timezone.localdate(), **quiet
    )


@pytest.mark.parametrize(
    ("moment", "ends"),
    [
        ("2026-11-23 19:59", None),
        ("2026-11-23 20:00", "2026-11-24 08:00"),
        ("2026-11-24 03:00", "2026-11-24 08:00"),
        ("2026-11-24 08:00", None),
        # The night in which the clocks go back.
        ("2026-10-24 23:30", "2026-10-25 08:00"),
    ],
)
def test_quiet_hours_cross_midnight_and_keep_the_time_of_the_clock(moment, ends):
    row = SendingLimit(channel="sms", quiet_from=dt.time(20), quiet_until=dt.time(8))

    def at(text):
        return timezone.make_aware(dt.datetime.fromisoformat(text)) if text else None

    assert pacing.quiet_until(row, at(moment)) == at(ends)


def test_quiet_hours_of_one_day_do_not_cross_midnight():
    row = SendingLimit(channel="sms", quiet_from=dt.time(12), quiet_until=dt.time(13))
    noon = dt.datetime(2026, 11, 23, 12, 30, tzinfo=dt.UTC)
    assert pacing.quiet_until(row, noon) == noon + dt.timedelta(minutes=30)


def test_in_quiet_hours_what_can_wait_waits_and_a_legal_notice_goes(people, staff, programme, worker):
    now = timezone.localtime()
    limit(quiet_from=now.time().replace(microsecond=0), quiet_until=(now + dt.timedelta(hours=2)).time())
    with worker():
        write(people, staff, programme)
        tell(people[0], "account", key="k", subject="A passkey was added", text="t", to="ann@example.org")
    assert [message.subject for message in mail.outbox] == ["A passkey was added"]
    waits = Message.objects.filter(status="waiting").values_list("next_try_at", flat=True)
    assert all(now + dt.timedelta(hours=1) < moment <= now + dt.timedelta(hours=2) for moment in waits)


def test_workers_together_keep_to_the_limit(people, staff, programme, monkeypatch):
    limit(per_minute=60)
    slept = []
    monkeypatch.setattr(pacing, "_sleep_until", slept.append)
    write(people, staff, programme)
    ids = list(Message.objects.order_by("pk").values_list("pk", flat=True))
    first, second = list(pacing.paced(ids, "email")), list(pacing.paced(ids, "email"))
    assert first == second == ids
    gaps = [round((later - earlier).total_seconds(), 1) for earlier, later in itertools.pairwise(slept)]
    assert gaps == pytest.approx([1.0] * 5, abs=0.3), "the second batch begins when the first may have ended"


def test_no_more_of_a_batch_is_taken_than_may_go_soon_so_that_the_rest_can_still_be_paused(
    people, staff, programme, monkeypatch
):
    limit(per_minute=60)
    monkeypatch.setattr(pacing, "PATIENCE", dt.timedelta(seconds=2))
    monkeypatch.setattr(pacing, "_sleep_until", lambda _moment: None)
    write(people, staff, programme)
    ids = list(Message.objects.order_by("pk").values_list("pk", flat=True))
    assert delivery.send(ids) == 2 < len(ids)
    left = list(Message.objects.due(timezone.now()).filter(attempts=0).values_list("pk", flat=True))
    assert len(left) == len(ids) - 2
    assert delivery.send(left) == min(len(left), 2), "they stay due"


def test_a_batch_whose_turn_is_far_off_goes_back_to_wait(people, staff, programme):
    limit(per_minute=1)
    SendingClock.objects.create(channel="email", free_at=timezone.now() + dt.timedelta(days=3650))
    write(people, staff, programme)
    assert delivery.send(Message.objects.values_list("pk", flat=True)) == 0
    assert set(Message.objects.values_list("status", "attempts")) == {("waiting", 0)}


# Preview


def test_the_preview_says_who_is_told_how_what_texts_cost_and_whom_nobody_reaches(people, programme, settings):
    settings.TEXT_PROVIDER = "demo"
    people[0].channel, people[0].phone = "sms", "+447700900001"
    people[1].channel, people[1].email = "letter", ""
    preview = Preview(people, message_audience(programme.pk), "News", "We meet on Monday.")
    assert preview.counts == ["1 by email", "1 by text message", "1 by a colleague, as we have no way that works"]
    assert preview.text_cost.startswith("The provider charges for 1 text message.")
    assert [(one.person, one.why) for one in preview.unreached] == [
        (people[1], "We have no address or number for the way they chose.")
    ]


def test_words_the_programme_agreed_not_to_use_are_shown_with_better_ones(people, programme):
    AgreedTerm.objects.create(
        programme=programme,
        term="people with lived experience",
        replaces="service users, patients",
        why="We are more than what we use.",
        agreed_on=timezone.localdate(),
    )
    preview = Preview(people, message_audience(programme.pk), "For service users", "Useful news for a patient.")
    assert [(hint.found, hint.better) for hint in preview.looked_at.hints] == [
        ("service users", "people with lived experience"),
        ("patient", "people with lived experience"),
    ]


def test_the_page_leads_from_the_list_to_what_was_sent_and_loses_nothing(
    people, staff, programme, with_second_factor, worker
):
    client = with_second_factor(staff)
    address = reverse("write_to", args=["programme", programme.slug])
    assert "Write to them" in client.get(reverse("programme_people", args=[programme.slug])).text
    assert "Tick at least one person" in client.post(address, {"act": "yes"}).text
    page = client.post(address, {"tick": [person.pk for person in people[:2]], "act": "yes"})
    assert "Write to 2 people" in page.text
    token = page.context["form"].initial["token"]
    ids = " ".join(str(person.pk) for person in people[:2])
    typed = {"elsewhere": ids, "subject": "News", "words": "We meet.\n\nBring {pen}.", "token": token}
    page = client.post(address, typed)
    assert "{pen} is not known" in page.text
    assert "Bring {pen}." in page.text
    typed["words"] = "We meet, {name}."
    page = client.post(address, typed)
    assert "2 by email" in page.text
    assert "We meet, Ann." in page.text
    page = client.post(address, {**typed, "as": people[1].pk})
    assert "We meet, Bob." in page.text
    assert "Write to 2 people" in client.post(address, {**typed, "change": "yes"}).text
    with worker():
        page = client.post(address, {**typed, "confirm": "yes"}, follow=True)
        client.post(address, {**typed, "confirm": "yes"})
    assert "2 messages are written." in page.text
    assert len(mail.outbox) == 2
    mailing = Mailing.objects.get()
    page = client.post(reverse("mailing_pause", args=[mailing.pk]), follow=True)
    assert "Paused by Stan Staff" in page.text
    page = client.post(reverse("mailing_cancel", args=[mailing.pk]), follow=True)
    assert "cancelled what had not gone" in page.text


def test_one_person_is_written_to_from_their_page(people, staff, with_second_factor):
    client = with_second_factor(staff)
    address = reverse("write_to", args=["person", people[0].pk])
    assert address in client.get(reverse("person", args=[people[0].pk])).text
    assert "Write to Ann One" in client.get(address).text


@pytest.mark.parametrize("key", ["nothing", "9999999", "1-coming"])
@pytest.mark.parametrize("source", ["person", "programme", "group", "event", "gossip"])
def test_a_list_that_is_not_there_is_not_found(staff, with_second_factor, source, key):
    assert with_second_factor(staff).get(reverse("write_to", args=[source, key])).status_code == 404


def test_members_of_a_group_and_people_invited_are_lists_to_write_to(people, staff, programme, with_second_factor):
    group = a_steering_group(programme)
    group.terms.create(person=people[0], seat="lived_experience", starts_on=programme.starts_on)
    event = an_event(programme, organiser=staff.person)
    an_invitation(event, people[1], reply="coming", replied_at=timezone.now())
    an_invitation(event, people[2])
    client = with_second_factor(staff)

    def names(source, which):
        page = client.get(reverse("write_to", args=[source, which]))
        return [person.full_name for person in page.context["listing"].page]

    assert names("group", group.pk) == ["Ann One"]
    assert names("event", event.pk) == ["Bob Two", "Cat Three"]
    assert names("event", f"{event.pk}-coming") == ["Bob Two"]
    assert names("event", f"{event.pk}-none") == ["Cat Three"]
    assert (
        reverse("write_to", args=["group", group.pk])
        in client.get(reverse("group", args=[programme.slug, group.pk])).text
    )
