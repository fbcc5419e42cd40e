"""Act on what a mail service or a mail server reports of an email, in whichever order the reports come.

"Delivered" means that a server has taken the email. It may send it back an hour later, so that a bounce counts after
it, and no "delivered" takes back a bounce.
"""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from people import registry
from people.messages import routing, settling
from people.messages.models import AddressMark, MailReport, Message

Status, Outcome = Message.Status, MailReport.Outcome


@dataclass(frozen=True)
class Report:
    """A report on one email. `ref` tells it from every other; `said` is what the server said.

    `address` says that a bounce is about the address itself, which reaches nobody; `to` is where the email had gone, if
    the report says so.
    """

    ref: str
    outcome: str
    said: str = ""
    address: bool = False
    to: str = ""


def delivered(pk: int) -> bool:
    """Say that a server took an email. Return False where that changes nothing. Locks the message."""
    message = Message.objects.locked(pk)
    if message.status != Status.SENT:
        return False
    message.status, message.delivered_at = Status.DELIVERED, timezone.now()
    message.save(update_fields=["status", "delivered_at"])
    return True


def take(pk: int, report: Report) -> MailReport:
    """Keep a report on the message `pk` and act on it. Return the MailReport; the one kept before if it comes again.

    Called in a transaction. Locks the message.
    """
    message = Message.objects.locked(pk)
    before = MailReport.objects.filter(ref=report.ref).first()
    if before:
        return before
    undeliverable = report.outcome == Outcome.BOUNCED and _came_back(message, report)
    if report.outcome == Outcome.COMPLAINED:
        _complained(message, report)
    return MailReport.objects.create(
        ref=report.ref,
        message=message,
        outcome=report.outcome,
        said=report.said[:500],
        # Nobody else would learn of it: there is no person whose page shows it, and no second way.
        for_an_administrator=undeliverable and message.notice.person_id is None,
    )


def _came_back(message: Message, report: Report) -> bool:
    """Act on a bounce. Return False where it changes nothing: it speaks of an earlier try or another address."""
    if message.status not in {Status.SENT, Status.DELIVERED}:
        return False
    if report.to and _key(message, report.to) != _key(message, message.to):
        return False
    reason = _("The email came back: %s") % report.said if report.said else _("The email came back as undeliverable.")
    if report.address:
        routing.mark(message.channel, message.to, AddressMark.Reason.BOUNCED, report.said)
    settling.did_not_arrive(message, reason)
    return True


def _complained(message: Message, report: Report) -> None:
    """Keep to what its reader needs from now on; emails that wait and that they do not need are not sent."""
    routing.mark(message.channel, message.to, AddressMark.Reason.COMPLAINED, report.said)
    key = _key(message, message.to)
    waiting = Message.objects.filter(channel=message.channel, status=Status.WAITING, notice__kind__in=_not_essential())
    leave_out(row for row in _to_change(waiting) if _key(row, row.to) == key)


def leave_out_waiting(person_id: int, kind: str) -> None:
    """Cancel emails of one kind to a person that wait, now that they want no more of them."""
    rows = Message.objects.filter(channel=Message.Channel.EMAIL, status=Status.WAITING)
    leave_out(_to_change(rows.filter(notice__person=person_id, notice__kind=kind)))


def leave_out(rows) -> None:
    """Cancel waiting messages that are unwanted, with the reason in words."""
    for row in rows:
        if reason := routing.why_unwanted(row):
            row.status, row.last_error = Status.CANCELLED, reason
            row.save(update_fields=["status", "last_error"])


def _to_change(rows):
    return rows.select_for_update(of=("self",)).select_related("notice").order_by("pk")


def _not_essential() -> list[str]:
    return [kind.key for kind in registry.notice_kinds.values() if not kind.essential]


def _key(message: Message, to: str) -> str:
    return routing.address_key(message.channel, to)
