"""Take reports on emails, and what people say they want no more of."""

import hashlib
import logging

from django.utils import timezone
from django.utils.translation import gettext as _

from people.directory.models import Person
from people.messages.models import AddressMark, EmailStop, MailReport, Message
from people.messages.returns import queries, reports, rules, stopping
from people.messages.returns.reports import Report
from people.messages.returns.understanding import Kind, Understood
from people.messages.telling import MessageError
from wellbeing.lib.actions import action
from wellbeing.lib.types import User

logger = logging.getLogger(__name__)


@action
def take_delivery(*, provider_ref: str, by: User | None) -> Message | None:
    """Settle an email that a server took. Return it; None for one that is not ours. Locks the message."""
    message = queries.message_of(provider_ref)
    if message is not None:
        reports.delivered(message.pk)
        message.refresh_from_db()
    return message


@action
def take_report(*, provider_ref: str, report: Report, by: User | None) -> MailReport | None:
    """Keep a report on the email with this id, and act on it. Return it; None for an email that is not ours.

    A bounce fails the message, marks the address where it is the reason, and opens the next way to the person. After a
    complaint only essential kinds go to the address. Each report counts once, and in any order. Locks the message.
    """
    message = queries.message_of(provider_ref)
    if message is None:
        logger.info("A report came on an email that is not one of ours.")
        return None
    return reports.take(message.pk, report)


@action
def take_mail(*, raw: bytes, mail: Understood, by: User | None) -> bool:
    """Act on a mail of the mailbox for bounces, given as its bytes and as it was understood. Return whether it was.

    One that was not understood is kept for an administrator to look at. So is a bounce that quotes no email: it is
    about one of ours, or somebody wrote it to silence an address, and only a person can tell. The same mail twice is
    harmless. Locks the message it is about.
    """
    ref = hashlib.sha256(raw).hexdigest()
    if mail.kind == Kind.NOTHING:
        return True
    if mail.kind != Kind.NOT_UNDERSTOOD:
        report = Report(ref, mail.kind.value, said=mail.said, address=mail.address, to=mail.to)
        for ident in mail.idents:
            if take_report(provider_ref=ident, report=report, by=by):
                return True
        if mail.quotes or mail.idents:
            # Backscatter: somebody sent mail in our name, and it came back to us.
            return True
    MailReport.objects.get_or_create(
        ref=ref,
        defaults={
            "outcome": MailReport.Outcome.NOT_UNDERSTOOD,
            "said": mail.said[:500],
            "sender": mail.sender,
            "subject": mail.subject,
            "for_an_administrator": True,
        },
    )
    return False


@action
def mark_seen(*, report: MailReport, by: User) -> MailReport:
    """Record that `by` has seen to a report. Return it. Harmless the second time. Locks the report.

    Raises MessageError unless `by` is an administrator, and where nobody has to see to it.
    """
    rules.can_see_reports(by).insist(MessageError)
    report = MailReport.objects.select_for_update().get(pk=report.pk)
    if not report.for_an_administrator:
        raise MessageError(_("Nobody has to see to this."))
    if report.seen_at is None:
        report.seen_at, report.seen_by = timezone.now(), by.person
        report.save(update_fields=["seen_at", "seen_by"])
    return report


@action
def stop_emails(*, person: Person, kind: str, by: User | None) -> EmailStop:
    """Send `person` no more emails of a `kind`, from those that wait on. Return the EmailStop; the open one if any.

    `by` is None where they used the link of an email. Raises MessageError for an essential kind.
    """
    if not stopping.can_stop(kind):
        raise MessageError(_("These emails cannot be stopped: you need them to take part or to be paid."))
    stop, _new = EmailStop.objects.get_or_create(person=person, kind=kind, ended_at=None)
    reports.leave_out_waiting(person.pk, kind)
    return stop


@action
def start_emails(*, person: Person, kind: str, by: User | None) -> int:
    """Send `person` emails of a `kind` again. Return 1, or 0 where they had not been stopped."""
    return EmailStop.objects.open().filter(person=person, kind=kind).update(ended_at=timezone.now())


@action
def end_complaint(*, person: Person, by: User) -> None:
    """Send every kind of email to the address of `person` again, as they ask themselves. Harmless the second time.

    Raises MessageError where `by` is somebody else.
    """
    if by.person.pk != person.pk:
        raise MessageError(_("Only they can say this."))
    mark = queries.complaint_of(person)
    if mark is not None:
        AddressMark.objects.open().filter(pk=mark.pk).update(ended_at=timezone.now(), ended_by=person)
