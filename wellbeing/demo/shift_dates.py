"""Move the loaded demo along with today: every date by the same whole weeks, nothing emptied, nothing typed lost.

Shifting was chosen over loading afresh, because people try things in a demo and come back to them. It is done under the
triggers (they freeze paid claims and the history, rightly), which any database account that owns the tables may do.

- What is planned moves by those weeks.
- What has happened moves by them too, but never past today: what somebody did yesterday does not become the future.
- Dates written out in texts, messages and calendar files move; mail in the demo mailbox is written anew from them.
- Reports and statements are kept byte for byte, so they keep their day.
- Payment letters, schedules and the story's own tickets show dates, so they are made anew.
"""

import datetime as dt
import hashlib
import re

import pgtrigger
from django.core.files.base import ContentFile
from django.db import connection, models, transaction
from django.utils import timezone
from pghistory.models import Context

from events.models import (
    ArrangementDays,
    Event,
    FeedbackQuestion,
    FeedbackRule,
    InvitationRules,
    MeetingRules,
    OfferRules,
    Technique,
    VenueCheckRule,
)
from payments.claims.receipts import new_name
from payments.models import (
    Document,
    MileageRate,
    Receipt,
    ReportFile,
    ReportRun,
    ReturnReason,
    Signpost,
    SmallNumberRule,
    WarningThresholds,
    YearStatement,
)
from payments.runs import documents as run_documents
from people.messages.delivery import email_of
from people.messages.demo_mail import raw_of
from people.models import (
    ConsentWording,
    DemoMail,
    Message,
    MonitoringAnswer,
    MonitoringPromise,
    MonitoringQuestion,
    NeedsReviewRule,
    NoticePart,
    PostageRule,
    PrivacyRule,
    SendingLimit,
    WaitingTime,
)
from programmes.decisions import sealing
from programmes.models import (
    FewestShown,
    ImportRule,
    InvolvedRule,
    MergeRule,
    ReminderRule,
    ResultsPaper,
    ReviewRule,
    ReviewStatement,
    Seal,
)
from wellbeing.lib import uploads
from wellbeing.lib.crypto import EncryptedTextField
from wellbeing.lib.dates import short_date

from . import claims
from .clock import Week, history_models, our_models
from .load import WEEK, lock, the_week
from .story.steps import paper_of

# Dates that say what is to come, even when their day has gone by since the demo was last started.
PLANS = {
    *("reply_by", "closes_on", "review_on", "next_on", "in_force_on", "due_on", "pay_by", "ends_on", "effective_from"),
    *("removed_on", "acknowledge_by", "closes_at", "last_kept_until"),
    *("ends_at", "starts_at", "day", "replied_for_start", "replied_for_end"),
}
# Facts of the world outside, brought by migrations: a rate of 6 April stays one of 6 April.
FACTS = {
    ArrangementDays,
    ConsentWording,
    FeedbackQuestion,
    FeedbackRule,
    FewestShown,
    ImportRule,
    InvolvedRule,
    MergeRule,
    InvitationRules,
    MeetingRules,
    MileageRate,
    MonitoringPromise,
    MonitoringQuestion,
    NeedsReviewRule,
    OfferRules,
    PostageRule,
    PrivacyRule,
    ReminderRule,
    ReturnReason,
    ReviewRule,
    ReviewStatement,
    SendingLimit,
    Signpost,
    SmallNumberRule,
    Technique,
    VenueCheckRule,
    WaitingTime,
    WarningThresholds,
}
# Kept byte for byte with their dates inside, or of a month alone: they stay of the day they were made.
KEPT = {MonitoringAnswer, ReportFile, ReportRun, ResultsPaper, YearStatement}
WRITTEN_DATE = re.compile(
    r"\b(\d{1,2}) (January|February|March|April|May|June|July|August|September|October|November|December) (\d{4})\b"
)
# The times of the entry itself; those of its time zone lie in 1996 and stay.
CALENDAR_TIME = re.compile(rb"^(DTSTART;[^:\r\n]*:|DTEND;[^:\r\n]*:|DTSTAMP:)(\d{8})", re.MULTILINE)


def move_to_this_week():
    """Move the loaded demo to this week. Return by how many weeks; 0 when it is there already or not loaded."""
    with transaction.atomic():
        lock()
        week = the_week()
        this_week = Week.of(timezone.localdate())
        if week is None or this_week.monday <= week.monday:
            return 0
        days_on = (this_week.monday - week.monday).days
        with pgtrigger.ignore():
            redraw = _tickets_of_the_story()
            for model in (*our_models(), *history_models()):
                if getattr(model, "pgh_tracked_model", model) in FACTS | KEPT:
                    continue
                _move_columns(model, days_on)
                _move_texts(model, days_on)
            _move_calendar_parts(days_on)
            _write_mail_anew()
            _draw_anew(redraw)
            _make_documents_anew()
            _seal_anew()
            Context.objects.filter(metadata__has_key=WEEK).update(metadata={WEEK: this_week.monday.isoformat()})
    return days_on // 7


# Dates in columns


def _move_columns(model, days_on):
    changes = [
        f'"{field.column}" = {_moved(model, field, days_on)}'
        for field in model._meta.concrete_fields
        if isinstance(field, models.DateField)
    ]
    if changes:
        with connection.cursor() as cursor:
            cursor.execute(f'UPDATE "{model._meta.db_table}" SET {", ".join(changes)}')  # noqa: S608  (our own names)


def _moved(model, field, days_on):
    """Return SQL for where a column moves to. Times of day stay what they are by London's clocks."""
    column = f'"{field.column}"'
    today = f"date '{timezone.localdate().isoformat()}'"
    if not isinstance(field, models.DateTimeField):
        later = f"{column} + {days_on}"
        if _is_role(model) and field.name == "ends_on":
            # A role somebody has ended must not come back to life.
            return f"CASE WHEN {column} < {today} THEN least({later}, {today} - 1) ELSE {later} END"
        if field.name in PLANS:
            return later
        return f"CASE WHEN {column} <= {today} THEN least({later}, {today}) ELSE {later} END"
    london = f"{column} AT TIME ZONE 'Europe/London'"
    if field.name not in PLANS:
        now = f"timestamptz '{timezone.now().isoformat()}'"
        later = f"({london} + interval '{days_on} days') AT TIME ZONE 'Europe/London'"
        return f"CASE WHEN {column} <= {now} THEN least({later}, {now}) ELSE {later} END"
    if all(other.name != "status" for other in model._meta.concrete_fields):
        return f"({london} + interval '{days_on} days') AT TIME ZONE 'Europe/London'"
    # A day that has been held keeps its length and stays held.
    held = f"least({days_on}, greatest(0, {today} - (starts_at AT TIME ZONE 'Europe/London')::date))"
    step = f"CASE WHEN status = '{Event.Status.HELD}' THEN {held} ELSE {days_on} END"
    return f"({london} + ({step}) * interval '1 day') AT TIME ZONE 'Europe/London'"


def _is_role(model):
    return model._meta.db_table.startswith("programmes_membership")


# Dates in words


def _move_texts(model, days_on):
    for field in model._meta.concrete_fields:
        if not isinstance(field, models.CharField | models.TextField) or field.choices or field.unique:
            continue
        if isinstance(field, EncryptedTextField):
            # An account has no date in it, and cannot be searched.
            continue
        for pk, text in model._default_manager.filter(**{f"{field.name}__regex": r"\d{4}"}).values_list(
            "pk", field.name
        ):
            moved = move_written_dates(text, days_on)
            if moved != text:
                model._default_manager.filter(pk=pk).update(**{field.name: moved})


def move_written_dates(text, days_on):
    """Move each date such as "4 May 2026" in `text` by `days_on` days. Weekdays before them are right for weeks."""

    def later(match):
        try:
            day = dt.datetime.strptime(match[0], "%d %B %Y").replace(tzinfo=dt.UTC).date()
        except ValueError:
            return match[0]
        return short_date(day + dt.timedelta(days=days_on))

    return WRITTEN_DATE.sub(later, text)


def _move_calendar_parts(days_on):
    for part in NoticePart.objects.filter(content_type__startswith="text/calendar"):
        part.content = move_calendar_times(bytes(part.content), days_on)
        part.save(update_fields=["content"])


def move_calendar_times(content, days_on):
    """Move the times of a calendar file's entry by `days_on` days. Return its bytes."""

    def later(match):
        day = dt.date.fromisoformat(match[2].decode()) + dt.timedelta(days=days_on)
        return match[1] + day.strftime("%Y%m%d").encode()

    return CALENDAR_TIME.sub(later, content)


def _write_mail_anew():
    """Write the mail in the demo mailbox anew from the messages that were sent, matched by Message-ID."""
    sent = {}
    mails = Message.objects.filter(channel=Message.Channel.EMAIL, sent_at__isnull=False)
    for message in mails.select_related("notice__person").prefetch_related("notice__parts").iterator(500):
        mail = email_of(message)
        sent[mail.extra_headers["Message-ID"]] = (str(mail.subject), raw_of(mail))
    for row in DemoMail.objects.iterator(200):
        marked = re.search(rb"^Message-ID:\s*(<[^>]+>)", bytes(row.raw), re.MULTILINE | re.IGNORECASE)
        original = sent.get(marked[1].decode()) if marked else None
        if original:
            row.subject, row.raw = original
            row.save(update_fields=["subject", "raw"])


# Dates on paper


def _tickets_of_the_story():
    """Return receipts that are still the story's own drawings: [(Receipt, claims.Spent, ClaimLine)].

    Asked before anything moves.
    """
    every = [
        *claims.CURRY_CLAIMS.values(),
        claims.LATE_CLAIM[1],
        *(spent for _way, spent in claims.WORKSHOP_CLAIMS.values()),
    ]
    drawn = {
        (expense.paper[-1], expense.what, expense.pence): expense
        for spent in every
        for expense in spent
        if expense.paper
    }
    tickets = []
    for receipt in Receipt.objects.filter(status=Receipt.Status.READY).prefetch_related("lines"):
        for line in receipt.lines.all():
            spent = drawn.get((receipt.original_name, line.description, line.amount_pence))
            if spent and hashlib.sha256(paper_of(spent, line.on)[0]).hexdigest() == receipt.sha256:
                tickets.append((receipt, spent, line))
                break
    return tickets


def _draw_anew(tickets):
    for receipt, spent, line in tickets:
        line.refresh_from_db()
        content, _type = paper_of(spent, line.on)
        clean = uploads.clean(content)
        receipt.refresh_from_db()
        receipt.sha256, receipt.size = hashlib.sha256(content).hexdigest(), len(clean.content)
        _replace(receipt, new_name(clean.extension), clean.content)


def _make_documents_anew():
    """Make the same papers with the dates as they now are."""
    papers = Document.objects.select_related("run__programme", "run__made_by", "run__signed_by", "payment")
    # Papers joined from others come last.
    for document in sorted(papers, key=lambda paper: paper.kind in Document.JOINED):
        content = run_documents.content_of(document, timezone.localdate(document.made_at))
        document.sha256, document.size = hashlib.sha256(content).hexdigest(), len(content)
        _replace(document, run_documents.stored_name(document), content)


def _seal_anew():
    """Seal the decisions again, in their order, with the dates as they now are."""
    previous: dict[int, str] = {}
    for seal in Seal.objects.select_related("decision__rules").order_by("group", "number"):
        seal.previous = previous.get(seal.group_id, "")
        seal.content = sealing.content_of(seal.decision, salt=sealing.new_salt())
        seal.digest = sealing.digest_of(seal.previous, seal.content)
        seal.save(update_fields=["previous", "content", "digest"])
        previous[seal.group_id] = seal.digest


def _replace(row, name, content):
    """Give a row another file, and remove the old one once that is final."""
    storage, old = row.file.storage, row.file.name
    row.file.save(name, ContentFile(content), save=False)
    row.save()
    transaction.on_commit(lambda: storage.delete(old))
