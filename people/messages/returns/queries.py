"""Find the email that a report is about, what waits for an administrator, and what people want no more of."""

from django.db.models import QuerySet

from people import registry
from people.directory.models import Person
from people.messages import routing
from people.messages.models import AddressMark, EmailStop, MailReport, Message, Notice
from people.messages.returns.addresses import kept
from people.registry import NoticeKind
from wellbeing.lib.types import Text


def message_of(provider_ref: str) -> Message | None:
    """Return the email that a report names by this id; None for one that is not ours."""
    ref = kept(provider_ref)
    if not ref:
        return None
    return Message.objects.filter(channel=Message.Channel.EMAIL, provider_ref=ref).order_by("-pk").first()


def is_being_sent(to: str) -> bool:
    """Return whether a worker is handing an email for this address on just now: its id is not known yet."""
    return Message.objects.filter(
        channel=Message.Channel.EMAIL, status=Message.Status.SENDING, to__iexact=to.strip()
    ).exists()


def reports_to_see() -> QuerySet[MailReport]:
    """Return the reports that wait for an administrator, the oldest first."""
    return MailReport.objects.to_see().select_related("message__notice").order_by("received_at", "pk")


def stops_of(person: Person) -> QuerySet[EmailStop]:
    """Return the kinds of email that `person` wants no more of, the earliest wish first."""
    return EmailStop.objects.open().filter(person=person)


def kinds_to_stop(person: Person) -> list[NoticeKind]:
    """Return the kinds of email that `person` has had and can ask for no more of."""
    can = [key for key, kind in registry.notice_kinds.items() if not kind.essential]
    had = set(Notice.objects.filter(person=person, kind__in=can).values_list("kind", flat=True))
    stopped = set(stops_of(person).values_list("kind", flat=True))
    return [registry.notice_kinds[key] for key in can if key in had - stopped]


def kinds_stopped(person: Person) -> list[Text]:
    """Return the titles of the kinds of email that `person` wants no more of."""
    kinds = registry.notice_kinds
    return [kinds[stop.kind].title for stop in stops_of(person) if stop.kind in kinds]


def complaint_of(person: Person) -> AddressMark | None:
    """Return the open mark that an email to the address of `person` was reported as unwanted, or None."""
    if not person.email:
        return None
    key = routing.address_key(Message.Channel.EMAIL, person.email)
    complaints = AddressMark.objects.open().filter(reason=AddressMark.Reason.COMPLAINED)
    return complaints.filter(channel=Message.Channel.EMAIL, address=key).first()
