"""Each kind of notice by each channel: it is delivered, or is a task on a named colleague's home page."""

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from people import registry
from people.directory import actions as person_actions
from people.directory.actions import PersonError
from people.directory.models import Supporter
from people.messages import delivery, queries, routing, telling
from people.messages.actions import delivering as actions
from people.messages.models import AddressMark, Call, Message, Notice
from people.messages.views.letters import tasks as letter_tasks
from people.messages.views.telling import tasks
from people.models import Person
from programmes.models import Role, message_audience
from tests.factories import a_programme, an_administrator, with_role

pytestmark = pytest.mark.django_db

Channel, Status = Message.Channel, Message.Status
KINDS = sorted(key for key, kind in registry.notice_kinds.items() if not kind.secret)


@pytest.fixture
def programme():
    return a_programme()


@pytest.fixture
def staff(programme):
    user = with_role(programme, Role.STAFF, "Stan Staff")
    programme.contact_email = user.email
    programme.save()
    return user


@pytest.fixture
def ann(programme, staff):
    person = with_role(programme, Role.LIVED_EXPERIENCE, "Ann Invented").person
    person.phone, person.postal_address = "+447700900123", "1 Invented Street\nLeeds"
    person.save()
    return person


def by(person, channel, second=""):
    person.channel, person.second_channel = channel, second
    person.save()
    return person


def told(person, programme, kind="claim_question", key="k", **more):
    voice = message_audience(programme.pk)
    words = {"subject": "A question", "text": "Hello Ann,\n\nWhat did the train cost?", **more}
    return telling.tell(person, kind, key=key, audience=voice, voice=voice, **words)


def supported(person, staff, **fields):
    values = {
        "name": "Sue Supporter",
        "channel": "email",
        "email": "sue@example.org",
        "consent_on": timezone.localdate(),
        "consent_how": "On the phone",
    }
    return person_actions.set_supporter(person=person, by=staff, **{**values, **fields})


# Every kind by every channel


@pytest.mark.parametrize("channel", Person.Channel.values)
@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_by_each_channel_is_delivered_or_a_task(kind, channel, ann, staff, programme, worker, client):
    if channel == "supporter":
        supported(ann, staff)
    by(ann, channel)
    with worker():
        notice = told(ann, programme, kind)
    message = notice.messages.get()
    if channel in {"email", "supporter"}:
        assert (message.channel, message.status) == (Channel.EMAIL, Status.SENT)
        return
    assert message.status == Status.WAITING
    assert message.colleague == staff.person
    assert message.channel == {"sms": Channel.COLLEAGUE}.get(channel, channel)
    titles = [task.title for task in [*tasks(staff), *letter_tasks(staff)]]
    goes_with_another_letter = channel == "letter" and registry.notice_kinds[kind].own_letter
    assert len(titles) == (0 if goes_with_another_letter else 1)
    assert not mail.outbox, "an address we happen to have is no reason to write to it"


def test_each_kind_of_notice_that_the_code_tells_is_registered_and_named():
    assert {"invitation", "claim_question", "payment_made", "role", "account", "policy_changed"} <= set(
        registry.notice_kinds
    )
    assert all(str(kind.title) for kind in registry.notice_kinds.values())


def test_a_kind_nobody_registered_is_refused(ann):
    with pytest.raises(ValueError, match="Nobody registered"):
        telling.tell(ann, "gossip", key="k", subject="s", text="t")


def test_only_a_legal_kind_may_go_past_the_choice_of_its_person(ann):
    with pytest.raises(ValueError, match="no legal kind"):
        telling.tell(ann, "role", key="k", subject="s", text="t", to="other@example.org")


def test_two_kinds_with_one_name_are_refused():
    with pytest.raises(ValueError, match="Two kinds"):
        registry.add_notice_kinds(registry.NoticeKind("role", "Again"))


# The second choice, and a colleague last


@pytest.fixture
def refusing(monkeypatch):
    """Let the mail server refuse every address."""
    import smtplib

    class Refusing:
        def open(self): ...
        def close(self): ...
        def send_messages(self, messages):
            raise smtplib.SMTPRecipientsRefused({messages[0].to[0]: (550, b"No such mailbox")})

    monkeypatch.setattr(delivery, "get_connection", Refusing)


def test_the_second_choice_is_tried_when_the_first_fails_and_the_address_is_marked(ann, programme, refusing):
    by(ann, "email", "letter")
    notice = told(ann, programme)
    delivery.send([notice.messages.get().pk])
    first, second = notice.messages.order_by("pk")
    assert (first.status, second.channel, second.status) == (Status.FAILED, Channel.LETTER, Status.WAITING)
    assert second.to == ann.postal_address
    mark = AddressMark.objects.open().get()
    assert (mark.channel, mark.address, mark.reason) == ("email", ann.email.lower(), "refused")
    again = told(ann, programme, key="k2").messages.get()
    assert again.channel == Channel.LETTER, "a marked address is not tried anew"


def test_without_a_second_choice_a_colleague_finds_a_way(ann, staff, programme, refusing):
    by(ann, "email")
    notice = told(ann, programme)
    delivery.send([notice.messages.get().pk])
    last = notice.messages.order_by("pk").last()
    assert (last.channel, last.colleague) == (Channel.COLLEAGUE, staff.person)
    assert routing.why_unreachable(ann) == "Refused by the mail server or the network"
    assert [task.title for task in tasks(staff)] == ["Find a way to tell Ann Invented"]


def test_a_link_that_proves_an_address_goes_there_alone(ann, programme, refusing):
    notice = telling.tell(ann, "joining", key="k", subject="Is this you?", text="t", to=ann.email)
    delivery.send([notice.messages.get().pk])
    assert notice.messages.get().status == Status.FAILED
    assert queries.lost().count() == 1


def test_a_person_nobody_has_a_contact_for_is_a_task_that_says_why(programme, staff):
    person = with_role(programme, Role.LIVED_EXPERIENCE, "Nora None").person
    Person.objects.filter(pk=person.pk).update(email="", address_changed_at=timezone.now())
    person.refresh_from_db()
    message = told(person, programme).messages.get()
    assert message.channel == Channel.COLLEAGUE
    assert routing.why_unreachable(person) == "We have no address or number for the way they chose."


def test_an_address_that_works_again_is_used_again(ann, staff, programme):
    routing.mark("email", ann.email.upper(), AddressMark.Reason.BOUNCED, "Mailbox full")
    assert queries.ways_to([ann])[ann.pk] is None
    actions.end_mark(mark=AddressMark.objects.get(), by=staff)
    assert queries.ways_to([ann])[ann.pk].channel == Channel.EMAIL


def test_a_person_who_asked_us_to_stop_is_the_one_who_ends_it(staff):
    mark = AddressMark.objects.create(channel="sms", address="+447700900123", reason="stopped")
    with pytest.raises(telling.MessageError, match="START"):
        actions.end_mark(mark=mark, by=staff)


def test_trying_again_ends_the_other_way_that_waited(ann, staff, programme, refusing):
    by(ann, "email", "phone")
    notice = told(ann, programme)
    first = notice.messages.get()
    delivery.send([first.pk])
    actions.try_again(message=first, by=staff)
    assert list(notice.messages.order_by("pk").values_list("status", flat=True)) == ["waiting", "cancelled"]


def test_a_message_is_not_tried_again_once_its_person_was_told_in_another_way(ann, staff, programme, refusing):
    by(ann, "email", "phone")
    notice = told(ann, programme)
    first = notice.messages.get()
    delivery.send([first.pk])
    actions.record_call(message=notice.messages.get(channel="phone"), by=staff, outcome="told")
    with pytest.raises(telling.MessageError, match="another way since"):
        actions.try_again(message=first, by=staff)


# Through a supporter


def test_a_supporter_reads_for_whom_the_message_is(ann, staff, programme, worker):
    supported(ann, staff)
    by(ann, "supporter")
    with worker():
        told(ann, programme, html="<html><body class='x'><p>Hello</p></body></html>")
    [sent] = mail.outbox
    assert sent.to == ["sue@example.org"]
    assert sent.subject == "For Ann Invented: A question"
    assert sent.body.startswith("Sue Supporter, this is for Ann Invented, who asked us to write to you.")
    assert "<body class='x'><p>Sue Supporter, this is for Ann Invented" in sent.alternatives[0].content


def test_a_supporter_needs_consent_a_name_and_what_their_channel_needs(ann, staff):
    for missing, field in (
        ({"name": " "}, "name"),
        ({"consent_how": ""}, "consent_how"),
        ({"channel": "phone"}, "phone"),
        ({"channel": "letter"}, "postal_address"),
    ):
        with pytest.raises(PersonError) as refusal:
            supported(ann, staff, **missing)
        assert refusal.value.field == field
    assert not Supporter.objects.exists()


def test_nobody_is_reached_through_a_supporter_who_is_not_there(ann, staff):
    with pytest.raises(PersonError, match="first record who that is"):
        person_actions.edit(person=ann, by=staff, channel="supporter")


def test_a_supporter_in_use_is_not_removed(ann, staff):
    supported(ann, staff)
    by(ann, "supporter")
    with pytest.raises(PersonError, match="First choose another way"):
        person_actions.remove_supporter(person=ann, by=staff)
    by(ann, "email")
    person_actions.remove_supporter(person=ann, by=staff)
    assert not Supporter.objects.exists()


def test_the_second_choice_is_another_one_and_needs_its_address(ann, staff):
    with pytest.raises(PersonError, match="another way"):
        person_actions.edit(person=ann, by=staff, second_channel=ann.channel)
    with pytest.raises(PersonError, match="postal address"):
        person_actions.edit(person=ann, by=staff, second_channel="letter", postal_address="")


# By hand


@pytest.mark.parametrize(
    ("outcome", "status", "waits"),
    [
        ("told", Status.SENT, False),
        ("no_answer", Status.WAITING, True),
        ("later", Status.WAITING, True),
        ("wrong_number", Status.FAILED, False),
    ],
)
def test_each_end_of_a_call_is_kept_and_says_what_comes_next(ann, staff, programme, outcome, status, waits):
    by(ann, "phone")
    message = told(ann, programme).messages.get()
    tomorrow = timezone.now() + timezone.timedelta(days=1)
    actions.record_call(message=message, by=staff, outcome=outcome, note="Her son answered", ring_at=tomorrow)
    message.refresh_from_db()
    assert (message.status, message.attempts) == (status, 1)
    call = Call.objects.get()
    assert (call.outcome, call.note, call.by) == (outcome, "Her son answered", staff.person)
    assert (message.next_try_at == tomorrow) is waits
    if outcome == "told":
        assert (message.told_by, message.told_how) == (staff.person, "Her son answered")
    if outcome == "wrong_number":
        assert AddressMark.objects.open().get().channel == "phone"
        assert message.notice.messages.latest("pk").channel == Channel.COLLEAGUE


def test_a_call_put_off_is_no_task_until_its_time(ann, staff, programme):
    by(ann, "phone")
    message = told(ann, programme).messages.get()
    assert [task.title for task in tasks(staff)] == ["Ring Ann Invented"]
    later = timezone.now() + timezone.timedelta(hours=3)
    actions.record_call(message=message, by=staff, outcome="no_answer", ring_at=later)
    assert tasks(staff) == []
    assert queries.to_be_told(staff).count() == 1, "it stays on the list"


def test_two_colleagues_cannot_both_tell(ann, staff, programme):
    by(ann, "phone")
    message = told(ann, programme).messages.get()
    actions.record_told(message=message, by=staff, how="She came by")
    with pytest.raises(telling.MessageError, match="Somebody else may have done it"):
        actions.record_call(message=message, by=staff, outcome="told")


def test_staff_elsewhere_cannot_tell_and_how_must_be_said(ann, staff, programme):
    by(ann, "letter")
    message = told(ann, programme).messages.get()
    elsewhere = with_role(a_programme(), Role.STAFF)
    with pytest.raises(telling.MessageError, match="Only staff"):
        actions.record_told(message=message, by=elsewhere, how="I met her")
    with pytest.raises(telling.MessageError, match="Say how"):
        actions.record_told(message=message, by=staff, how=" ")


def test_a_task_goes_to_a_colleague_who_is_there_when_its_own_has_left(ann, staff, programme):
    by(ann, "phone")
    message = told(ann, programme).messages.get()
    successor = with_role(programme, Role.STAFF, "Sid Successor")
    staff.person.memberships.update(ends_on=timezone.localdate() - timezone.timedelta(days=1))
    assert routing.give_tasks() == 1
    message.refresh_from_db()
    assert message.colleague == successor.person
    successor.person.memberships.update(ends_on=timezone.localdate() - timezone.timedelta(days=1))
    routing.give_tasks()
    assert [task.title for task in tasks(an_administrator())] == ["Ring Ann Invented"], "nobody else is left"


# The database refuses


@pytest.mark.parametrize("change", [{"subject": "Another"}, {"text_body": "Another"}, {"link": "/x/"}])
def test_postgres_never_changes_what_was_said(ann, programme, change):
    notice = told(ann, programme)
    with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
        Notice.objects.filter(pk=notice.pk).update(**change)


def test_postgres_keeps_one_try_at_a_time_and_one_by_each_channel(ann, programme):
    notice = told(ann, programme)
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.create(notice=notice, channel="phone", to="+447700900123")
    Message.objects.filter(notice=notice).update(status="failed")
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.create(notice=notice, channel="email", to="b@example.org", status="failed")


def test_postgres_wants_to_know_by_whom_somebody_was_told_by_hand(ann, programme):
    by(ann, "phone")
    message = told(ann, programme).messages.get()
    with pytest.raises(IntegrityError, match="message_told_by_hand"), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(status="sent", sent_at=timezone.now())


# Withdrawn before it went


def test_what_has_not_gone_can_be_withdrawn_and_what_has_gone_cannot(ann, programme, worker):
    with worker():
        gone = told(ann, programme, key="gone")
    by(ann, "letter")
    waits = told(ann, programme, key="waits")
    assert telling.withdraw([gone, waits]) == {waits.pk}
    assert waits.messages.get().status == Status.CANCELLED


def test_a_text_message_says_who_writes_what_about_and_where_to_read_it(ann, programme):
    short = told(ann, programme).short
    assert short.startswith(f"{programme.name}: A question. ")
    assert "/n/" in short
    long = told(ann, programme, key="long", subject="word " * 49)
    assert len(long.short) <= telling.SHORT_WORDS
    assert long.short.endswith(long.read_link)


def test_telling_thirty_people_asks_as_much_as_telling_three(programme, staff, django_assert_num_queries):
    people = [with_role(programme, Role.LIVED_EXPERIENCE).person for _n in range(33)]
    for person in people[::2]:
        by(person, "phone")
    voice = message_audience(programme.pk)

    def tell(some):
        telling.tell_many(
            {
                "person": person,
                "kind": "role",
                "key": f"many:{person.pk}",
                "subject": "Your role",
                "text": "Hello",
                "audience": voice,
                "voice": voice,
            }
            for person in some
        )

    with CaptureQueriesContext(connection) as three:
        tell(people[:3])
    with django_assert_num_queries(len(three)):
        tell(people[3:])
