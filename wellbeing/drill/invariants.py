"""`python -m wellbeing.drill.invariants SEEN FOUND`: check that nothing was lost, doubled or left half done.

SEEN is what the drill saw, in JSON (see `Seen`); FOUND gets a list of {"title", "looked_at", "broken", "notes"}.
`settled` in place of FOUND prints whether nothing is under way any more.
"""

import hashlib
import json
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import django


@dataclass
class Seen:
    """The things seen from outside: acknowledgements, mails, and how many mails may have gone twice.

    `facts` are those of notes.Notes, `mails` pairs of Message-ID and address. `last_message` is the newest message of
    before the drill.
    """

    facts: list[dict] = field(default_factory=list)
    mails: list[list[str]] = field(default_factory=list)
    last_message: int = 0
    doubles_allowed: int = 0


@dataclass
class Found:
    """The outcome of one check: how much it looked at, sentences about what is broken, and others worth reading."""

    title: str
    looked_at: int = 0
    broken: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def rows(statement, *parameters):
    """Return the rows that an SQL statement finds."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()


def one_payment_a_claim(_seen):
    """Every claim is paid once: in one live payment, and by one payment that was made and did not come back."""
    found = Found("One payment a claim", rows("SELECT count(*) FROM payments_claim")[0][0])
    live = "SELECT claim_id, count(*) FROM payments_paymentitem WHERE live GROUP BY claim_id HAVING count(*) > 1"
    found.broken += [f"Claim {claim} is in {count} live payments." for claim, count in rows(live)]
    paid = """
        SELECT i.claim_id, count(*) FROM payments_paymentitem i
        JOIN payments_payment p ON p.id = i.payment_id JOIN payments_paymentrun r ON r.id = p.run_id
        WHERE r.status IN ('paid', 'closed') AND NOT EXISTS
            (SELECT FROM payments_paymentreturn x WHERE x.payment_id = p.id)
        GROUP BY i.claim_id HAVING count(*) > 1"""
    found.broken += [f"Claim {claim} was paid {count} times." for claim, count in rows(paid)]
    nothing = """
        SELECT c.id FROM payments_claim c WHERE c.status = 'paid'
        AND c.money_pence + c.payroll_pence + c.voucher_pence + c.donation_pence > 0
        AND NOT EXISTS (SELECT FROM payments_paymentitem i WHERE i.claim_id = c.id AND i.live)"""
    found.broken += [f"Claim {claim} is called paid, and no payment has it." for (claim,) in rows(nothing)]
    return found


def sums_agree(_seen):
    """Sums of claims, lines and payments agree to the penny."""
    found = Found("Sums of the ledger", rows("SELECT count(*) FROM payments_payment")[0][0])
    payments = """
        SELECT p.reference, p.amount_pence, sum(i.amount_pence) FROM payments_payment p
        JOIN payments_paymentitem i ON i.payment_id = p.id GROUP BY p.id HAVING p.amount_pence <> sum(i.amount_pence)"""
    found.broken += [
        f"Payment {reference} is of {pence}p, and its claims come to {total}p."
        for reference, pence, total in rows(payments)
    ]
    lines = """
        SELECT c.reference, c.approved_pence, sum(l.approved_pence) FROM payments_claim c
        JOIN payments_claimline l ON l.claim_id = c.id
        WHERE c.status IN ('approved', 'partly_approved', 'in_run', 'paid', 'payment_failed')
        GROUP BY c.id HAVING c.approved_pence IS DISTINCT FROM sum(l.approved_pence)"""
    found.broken += [
        f"Claim {reference} is approved at {pence}p, and its lines come to {total}p."
        for reference, pence, total in rows(lines)
    ]
    shares = """
        SELECT reference FROM payments_claim WHERE status IN ('approved', 'partly_approved', 'in_run', 'paid')
        AND approved_pence <> money_pence + payroll_pence + voucher_pence + donation_pence + waived_pence
            + advance_recovered_pence"""
    found.broken += [
        f"The shares of claim {reference} do not come to what is approved." for (reference,) in rows(shares)
    ]
    parts = """
        SELECT c.reference FROM payments_paymentitem i JOIN payments_claim c ON c.id = i.claim_id
        WHERE i.live AND c.approved_pence <> i.amount_pence + i.payroll_pence + i.voucher_pence + i.donation_pence
            + c.waived_pence + c.advance_recovered_pence AND NOT EXISTS
            (SELECT FROM payments_paymentitem b WHERE b.claim_id = c.id AND NOT b.live)"""
    found.broken += [f"The payment of claim {reference} does not give what is owed." for (reference,) in rows(parts)]
    return found


def work_has_ended(seen):
    """Every message and job has ended, or administrators see that it has not."""
    from django.utils import timezone

    from people import registry
    from people.jobs import queries as job_queries
    from people.messages import queries as message_queries
    from people.messages.models.messages import SENT_BY_WORKERS
    from people.models import Job, Message

    now = timezone.now()
    ours = Message.objects.filter(pk__gt=seen.last_message)
    found = Found("Messages and jobs ended, or seen as work", ours.count() + Job.objects.count())
    waiting = ours.filter(status__in=["waiting", "sending"], channel__in=SENT_BY_WORKERS)
    for message in waiting.filter(next_try_at__gt=now):
        found.notes.append(f"Message {message.pk} waits for its next try ({message.attempts} so far).")
    found.broken += [
        f"Message {row.pk} is {row.status}, due, and nobody sends it." for row in waiting.filter(next_try_at__lte=now)
    ]
    failed = set(ours.filter(status="failed").values_list("pk", flat=True))
    answered = set(
        ours.filter(status="failed", notice__messages__status__in=["sent", "delivered", "waiting"]).values_list(
            "pk", flat=True
        )
    )
    unseen = failed - set(message_queries.lost().values_list("pk", flat=True)) - answered
    found.broken += [f"Message {pk} failed, and no page says so." for pk in sorted(unseen)]
    if failed - unseen:
        found.notes.append(f"{len(failed - unseen)} messages failed and are seen as work.")
    found.broken += [f"Job {job} has not ended." for job in Job.objects.filter(status__in=["waiting", "running"])]
    stopped = Job.objects.filter(status="failed")
    unseen_jobs = set(stopped) - set(job_queries.failed_lately(now))
    found.broken += [f"Job {job} failed, and no page says so." for job in unseen_jobs]
    found.notes += [f"{job}: {job.problem} It is seen as work." for job in stopped]
    for work in registry.due_work:
        state = work.state(now)
        if state.oldest and work.key not in {"messages_due", "jobs_due"}:
            found.broken.append(f"{work.title}: {state.waiting} wait still.")
    return found


def files_match(_seen):
    """Every row has its file, with the size and the fingerprint that it says."""
    from django.apps import apps
    from django.core.files.storage import default_storage
    from django.db.models import FileField

    from people.models import FileToRemove

    found, known = Found("Files match their rows"), set()
    for model in apps.get_models():
        for column in model._meta.get_fields():
            # The earlier words of a row are history, and their file may have gone.
            if not isinstance(column, FileField) or hasattr(model, "pgh_tracked_model"):
                continue
            for row in model._base_manager.exclude(**{column.name: ""}):
                file = getattr(row, column.name)
                if not file:
                    continue
                known.add(file.name)
                found.looked_at += 1
                found.broken += _file(model, row, file)
    to_go = set(FileToRemove.objects.values_list("name", flat=True))
    folder = Path(default_storage.path(""))
    lying = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    left = sorted(lying - known - to_go)
    if left:
        found.notes.append(
            f"{len(left)} files belong to no row, as a process was killed between file and row: {left[:5]}"
        )
    return found


def _file(model, row, file):
    """Return what is wrong with the file of one row."""
    where = f"{model.__name__} {row.pk}, {file.name}"
    try:
        with file.open("rb") as opened:
            content = opened.read()
    except OSError as error:
        return [f"{where}: {type(error).__name__}."]
    if not content:
        return [f"{where} is empty."]
    # A file that people send is made anew when it is checked: its fingerprint is that of what they sent.
    if hasattr(row, "status") or not getattr(row, "sha256", ""):
        return []
    if row.sha256 != hashlib.sha256(content).hexdigest():
        return [f"{where} is not the file whose fingerprint the row has."]
    return (
        [f"{where} has another size than the row says."] if getattr(row, "size", len(content)) != len(content) else []
    )


def seals_verify(_seen):
    """Every decision is as it was sealed."""
    from programmes.decisions import sealing
    from programmes.models import Group

    found = Found("Seals verify")
    for group in Group.objects.filter(seals__isnull=False).distinct():
        seals = sealing.of_group(group)
        found.looked_at += len(seals)
        found.broken += [
            f"{group}, number {seal.number}: {sealing.FAULTS[fault]}" for seal, fault in sealing.faults_of(seals)
        ]
    return found


def history_is_whole(_seen):
    """The newest entry of every row's history is the row as it stands."""
    from django.apps import apps

    from people.models import Erasure, Person

    # The history of who was erased is emptied past all triggers.
    erased = set(Erasure.objects.values_list("person_id", flat=True))
    found = Found("The history ends with each row as it stands")
    for event in apps.get_models():
        tracked = getattr(event, "pgh_tracked_model", None)
        if tracked is None or not any(column.name == "pgh_obj" for column in event._meta.get_fields()):
            continue
        own = {column.column for column in tracked._meta.concrete_fields}
        shared = sorted(own & {column.column for column in event._meta.concrete_fields} - {"pgh_id"})
        table, history, key = tracked._meta.db_table, event._meta.db_table, tracked._meta.pk.column
        differ = " OR ".join(f't."{name}" IS DISTINCT FROM h."{name}"' for name in shared)
        which = ", ".join(f'CASE WHEN t."{name}" IS DISTINCT FROM h."{name}" THEN \'{name}\' END' for name in shared)
        statement = (
            f'SELECT t."{key}", h.pgh_id IS NULL, concat_ws(\', \', {which}) FROM "{table}" t LEFT JOIN LATERAL'
            f' (SELECT * FROM "{history}" e WHERE e.pgh_obj_id = t."{key}" ORDER BY pgh_id DESC LIMIT 1) h ON true'
            f" WHERE h.pgh_id IS NULL OR {differ}"
        )
        found.looked_at += rows(f'SELECT count(*) FROM "{table}"')[0][0]
        for pk, has_none, names in rows(statement):
            if tracked is Person and pk in erased:
                continue
            words = "has no history" if has_none else f"differs from its history in {names}"
            found.broken.append(f"{tracked.__name__} {pk} {words}.")
    return found


def mails_went_once(seen):
    """Every message that was sent is with the mail server, once for each time it was sent."""
    from people.messages.returns.addresses import message_id
    from people.models import Message

    found = Found("Mails went, and went once")
    arrived = Counter(map(tuple, seen.mails))
    sent: Counter[tuple[str, str]] = Counter()
    for message in Message.objects.filter(pk__gt=seen.last_message, channel="email").select_related("notice"):
        if message.status in {"sent", "delivered"}:
            sent[message_id(message.notice), message.to] += 1
    found.looked_at = sum(sent.values())
    found.broken += [
        f"A mail to {to} was called sent, and did not arrive." for (_ident, to), _n in (sent - arrived).items()
    ]
    # Codes to sign in have no row that lasts: of those, too, one comes at most.
    doubles = sum(max(0, count - max(1, sent[key])) for key, count in arrived.items())
    if doubles:
        found.notes.append(
            f"{doubles} mails went once more, with the same Message-ID; at most {seen.doubles_allowed} may, as a worker"
            " may go between the mail server's yes and our commit."
        )
    if doubles > seen.doubles_allowed:
        found.broken.append(f"{doubles} mails went twice, {seen.doubles_allowed} at most may have.")
    return found


# Acknowledged facts: how many rows there are of it now, by what a fact says of it.
KEPT = {
    "claim": (
        "SELECT count(*) FROM payments_claim WHERE description = %s AND person_id = %s",
        ("description", "person"),
    ),
    "expense": ("SELECT count(*) FROM payments_claimline WHERE description = %s", ("description",)),
    "receipt": (
        "SELECT count(*) FROM payments_receipt r JOIN payments_receipt_lines m ON m.receipt_id = r.id"
        " JOIN payments_claimline l ON l.id = m.claimline_id WHERE l.description = %s",
        ("description",),
    ),
    "sent claim": (
        "SELECT count(*) FROM payments_claim WHERE description = %s AND submitted_at IS NOT NULL",
        ("description",),
    ),
    "approval": ("SELECT count(*) FROM payments_claim WHERE id = %s AND approved_at IS NOT NULL", ("claim",)),
    "tap": ("SELECT count(*) FROM events_doornote WHERE key = %s::uuid", ("key",)),
    "run": ("SELECT count(*) FROM payments_paymentrun WHERE id = %s", ("run",)),
    "signature": ("SELECT count(*) FROM payments_paymentrun WHERE id = %s AND signed_at IS NOT NULL", ("run",)),
    "paid": ("SELECT count(*) FROM payments_paymentrun WHERE id = %s AND paid_on IS NOT NULL", ("run",)),
    "made": (
        "SELECT count(*) FROM payments_paymentmade WHERE payment_id = %s AND method = %s",
        ("payment", "method"),
    ),
    "bank file": (
        "SELECT count(*) FROM payments_runfiledownload WHERE run_id = %s AND kind = 'bank_file'",
        ("run",),
    ),
}
# These are states, not rows: asked for twice they are still there once.
STATES = ("made", "sent claim", "approval", "signature", "paid", "run", "tap")


def acknowledged_is_there(seen):
    """Check that each acknowledged fact is there once, and one that nobody knows of once at most."""
    found = Found("What was acknowledged is there, once")
    certain: Counter[tuple] = Counter()
    possible: Counter[tuple] = Counter()
    for fact in seen.facts:
        if fact["what"] in KEPT and all(name in fact for name in KEPT[fact["what"]][1]):
            key = (fact["what"], *(fact[name] for name in KEPT[fact["what"]][1]))
            (certain if fact["certain"] else possible)[key] += 1
    for key in {*certain, *possible}:
        what, *values = key
        least, most = certain[key], certain[key] + possible[key]
        if what in STATES:
            least, most = min(1, least), 1
        there = rows(KEPT[what][0], *values)[0][0]
        found.looked_at += 1
        if not least <= there <= most:
            words = f"{least}" if least == most else f"{least} to {most}"
            found.broken.append(f"{what} {values}: {there} there, {words} acknowledged.")
    _replies(seen, found)
    return found


def _replies(seen, found):
    """Check that each invitation has the reply that was acknowledged last, or one sent later that nobody knows of."""
    from events.models import Invitation

    possible: dict[int, set[str]] = {}
    for fact in seen.facts:
        if fact["what"] == "reply":
            if fact["certain"]:
                possible[fact["invitation"]] = {fact["reply"]}
            else:
                possible.setdefault(fact["invitation"], {""}).add(fact["reply"])
    for pk, replies in possible.items():
        found.looked_at += 1
        reply = Invitation.objects.get(pk=pk).reply
        if reply not in replies:
            found.broken.append(f"Invitation {pk} says {reply!r}; {sorted(replies)} was acknowledged.")


CHECKS = (
    one_payment_a_claim,
    sums_agree,
    work_has_ended,
    files_match,
    seals_verify,
    history_is_whole,
    mails_went_once,
    acknowledged_is_there,
)


def all_of(seen):
    """Return what each check found."""
    return [check(seen) for check in CHECKS]


def is_settled():
    """Return whether no work of workers is due or under way, failed tries that wait for their next one included."""
    from django.utils import timezone

    from people import registry
    from people.messages.models.messages import SENT_BY_WORKERS
    from people.models import Job, Message

    now = timezone.now()
    return not (
        Message.objects.filter(status__in=["waiting", "sending"], channel__in=SENT_BY_WORKERS).exists()
        or Job.objects.filter(status__in=["waiting", "running"]).exists()
        or any(work.state(now).oldest for work in registry.due_work)
    )


def main(seen, found):
    """Write FOUND, or say whether all is settled."""
    django.setup()
    if found == "settled":
        return 0 if is_settled() else 3
    outcome = [vars(each) for each in all_of(Seen(**json.loads(Path(seen).read_text())))]
    Path(found).write_text(json.dumps(outcome, default=str))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
