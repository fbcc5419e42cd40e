"""Find what an approver should look at twice before they approve. Warnings are sentences, and never stop anybody.

Every kind is found for any number of claims at once, in a fixed number of queries.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Attendance
from payments.approval import usual
from payments.approval.models import WarningThresholds
from payments.claims import queries as claim_queries
from payments.claims.models.claim import Claim
from payments.claims.models.lines import ClaimLine
from payments.claims.models.receipts import Receipt
from payments.claims.wording import why_no_receipt
from payments.policy.models.kinds import ExpenseKind
from payments.shared import wording as shared_wording
from wellbeing.lib.dates import short_date
from wellbeing.lib.money import pounds
from wellbeing.lib.pictures import bands_nearby
from wellbeing.lib.types import ClaimId, ProgrammeId

# The closest pictures named for one receipt: different receipts on plain paper look alike to a machine.
MAX_PICTURES = 3
NOT_THERE = Decimal(0)
# Claims nobody has sent, or that were taken back, are not compared.
# A number as tickets have: five figures or more, with letters before or between them or none.
TICKET_NUMBER = re.compile(r"[0-9]{5,}")
NOT_COMPARED = (Claim.Status.DRAFT, Claim.Status.WITHDRAWN)


@dataclass(frozen=True)
class ClaimWarning:
    """One thing to look at: a sentence, and the other claim's address and reference where the reader may see it.

    With `needs_reason` the claim looks like another, and its approver has to say why it is right. `beside_url` shows
    two pictures that are nearly the same side by side.
    """

    kind: str
    text: str
    url: str = ""
    reference: str = ""
    needs_reason: bool = False
    beside_url: str = ""


@dataclass(frozen=True)
class Alike:
    """One thing on a claim (by its id) that looks like something on the claim `other`, said in the sentence `text`.

    `pictures` are the ids of its receipt and of the other claim's, where it is their pictures that look alike.
    """

    claim: ClaimId
    kind: str
    text: str
    other: ClaimId
    pictures: tuple[int, int] | None = None


def warnings_of(claim, user):
    """Return the warnings of one claim for the reader `user`."""
    return warnings_for([claim], user)[claim.pk]


def warnings_for(claims, user):
    """Return the warnings of each of `claims` for the reader `user`, by claim id, those that need a reason first.

    Links lead only to claims `user` may see; of the others the reader learns only that they are there.
    """
    claims = {claim.pk: claim for claim in claims}
    if not claims:
        return {}
    lines = list(ClaimLine.objects.filter(claim__in=claims).order_by("pk"))
    limits = WarningThresholds.objects.effective_on(
        {claim.programme_id for claim in claims.values()}, timezone.localdate()
    )
    alike = [
        *_same_lines(claims, lines),
        *_same_tickets(lines),
        *_same_receipts(claims),
        *_similar_pictures(claims, limits),
    ]
    seen = dict(
        Claim.objects.visible_to(user).filter(pk__in={found.other for found in alike}).values_list("pk", "reference")
    )
    warnings: dict[ClaimId, list[ClaimWarning]] = {pk: [] for pk in claims}
    for found in alike:
        warnings[found.claim].append(_looks_like(found, seen))
    there = _there(claims)
    to_read = [*_not_there(claims, there), *_other_hours(claims, lines, there), *_without_receipt(lines)]
    for pk, kind, text in [*to_read, *_unusual(claims, lines, limits)]:
        warnings[pk].append(ClaimWarning(kind, text))
    return warnings


def _looks_like(found, seen):
    # Tickets of one railway all look alike: a picture only nearly the same asks for no reason.
    needs_reason = found.kind != "similar_picture"
    if found.other not in seen:
        text = _("%(what)s You cannot see that claim.") % {"what": found.text}
        return ClaimWarning(found.kind, text, needs_reason=needs_reason)
    beside = reverse("claim_receipts_beside", args=[found.claim, *found.pictures]) if found.pictures else ""
    url, reference = reverse("claim", args=[found.other]), seen[found.other]
    return ClaimWarning(found.kind, found.text, url, reference, needs_reason, beside)


def _same_lines(claims, lines):
    """Find lines with the same person, day, kind and amount as one of another claim.

    Returns an Alike for each pair of claims and line.
    """
    mine = defaultdict(list)
    for line in lines:
        claim = claims[line.claim_id]
        mine[_key(line, claim.person_id, claim.activity)].append(line)
    others = (
        ClaimLine.objects.filter(
            claim__person__in={claim.person_id for claim in claims.values()},
            on__in={line.on for line in lines},
            amount_pence__in={line.amount_pence for line in lines if line.amount_pence},
        )
        .exclude(claim__status__in=NOT_COMPARED)
        .select_related("claim")
        .order_by("claim_id", "pk")
    )
    alike = {}
    for other in others:
        for line in mine.get(_key(other, other.claim.person_id, other.claim.activity), ()):
            if line.claim_id != other.claim_id and not _one_looks_again(line, other):
                params = {"what": line.description, "amount": pounds(line.amount_pence), "day": short_date(line.on)}
                text = _("“%(what)s”: the same kind, amount (%(amount)s) and day (%(day)s) are on another claim.")
                alike[line.pk, other.claim_id] = Alike(line.claim_id, "same_line", text % params, other.claim_id)
    return list(alike.values())


def _one_looks_again(line, other):
    """Whether one of two lines is the rest of the other, which was not agreed before."""
    return line.adds_to_id == other.pk or other.adds_to_id == line.pk


def _key(line, person_id, activity):
    return person_id, line.on, line.expense_kind or activity, line.amount_pence, line.category


def _same_tickets(lines):
    """Find fares whose day, journey and ticket number are those of a line of another claim, though the fare is another.

    The number is the one that somebody wrote beside the journey. Returns what `_same_lines` does.
    """
    mine = defaultdict(list)
    for line in lines:
        if line.expense_kind == ExpenseKind.PUBLIC_TRANSPORT and TICKET_NUMBER.search(line.description):
            mine[line.on, _words(line.description)].append(line)
    others = (
        ClaimLine.objects.filter(
            expense_kind=ExpenseKind.PUBLIC_TRANSPORT,
            on__in={on for on, _words_of in mine},
            description__regex=TICKET_NUMBER.pattern,
        )
        .exclude(claim__status__in=NOT_COMPARED)
        .order_by("claim_id", "pk")
    )
    alike = {}
    for other in others if mine else ():
        for line in mine.get((other.on, _words(other.description)), ()):
            same_claim = line.claim_id == other.claim_id or _one_looks_again(line, other)
            if not same_claim and line.amount_pence != other.amount_pence:
                params = {"what": line.description, "other": pounds(other.amount_pence), "day": short_date(line.on)}
                text = _(
                    "“%(what)s”: the same journey and ticket number on %(day)s are on another claim, for %(other)s."
                )
                alike[line.pk, other.claim_id] = Alike(line.claim_id, "same_ticket", text % params, other.claim_id)
    return list(alike.values())


def _words(text):
    return tuple(re.findall(r"\w+", text.casefold()))


def _same_receipts(claims):
    """Find receipts that are the same file as one of another claim, of any person. Returns what `_same_lines` does."""
    mine = defaultdict(list)
    for receipt in Receipt.objects.filter(claim__in=claims):
        mine[receipt.sha256].append(receipt)
    others = Receipt.objects.filter(sha256__in=mine).exclude(claim__status__in=NOT_COMPARED)
    alike = {}
    for sha256, other in others.order_by("claim_id").values_list("sha256", "claim_id"):
        for receipt in mine[sha256]:
            if receipt.claim_id != other:
                text = _("The receipt “%(name)s” is the same file as one on another claim.") % {
                    "name": receipt.original_name
                }
                alike[receipt.pk, other] = Alike(receipt.claim_id, "same_receipt", text, other)
    return list(alike.values())


# The indexes on the four parts find the few pictures that can be near; only those are compared. Two tickets on lines
# that tell them apart are left out: a railway's tickets differ in their numbers, places and fares, not in their looks.
_NEAR = """
    SELECT mine.receipt, other.claim_id, other.receipt
    FROM (VALUES {rows}) AS mine (receipt, claim, hash, sha256, most, band_0, band_1, band_2, band_3)
    CROSS JOIN LATERAL (
        SELECT near.* FROM (
            SELECT DISTINCT ON (r.claim_id) r.claim_id, r.id AS receipt,
                bit_count((r.picture_hash # mine.hash)::bit(64)) AS distance
            FROM payments_receipt r JOIN payments_claim c ON c.id = r.claim_id
            WHERE r.picture_hash IS NOT NULL AND (
                (r.picture_hash >> 0) & 65535 = ANY (mine.band_0) OR (r.picture_hash >> 16) & 65535 = ANY (mine.band_1)
                OR (r.picture_hash >> 32) & 65535 = ANY (mine.band_2)
                OR (r.picture_hash >> 48) & 65535 = ANY (mine.band_3)
            )
            AND bit_count((r.picture_hash # mine.hash)::bit(64)) <= mine.most
            AND r.claim_id <> mine.claim AND r.sha256 <> mine.sha256 AND c.status NOT IN ('draft', 'withdrawn')
            AND NOT (
                EXISTS (SELECT 1 {both})
                AND NOT EXISTS (SELECT 1 {both} WHERE NOT (
                    l.expense_kind = %s AND o.expense_kind = %s
                    AND (l.amount_pence <> o.amount_pence OR {place_l} <> {place_o})
                ))
            )
            ORDER BY r.claim_id, distance, r.id
        ) AS near
        ORDER BY near.distance, near.claim_id LIMIT {most}
    ) AS other
    ORDER BY mine.receipt, other.distance, other.claim_id
"""
# Every pair of a line that the one receipt proves and a line that the other proves.
_BOTH = """
    FROM payments_receipt_lines ml JOIN payments_claimline l ON l.id = ml.claimline_id AND ml.receipt_id = mine.receipt
    JOIN payments_receipt_lines ol ON ol.receipt_id = r.id JOIN payments_claimline o ON o.id = ol.claimline_id
"""
# The journey, and the number of the ticket where somebody wrote it down: words and figures alone.
_PLACE = "trim(regexp_replace(lower({line}.description), '[^[:alnum:]]+', ' ', 'g'))"
_ROW = "(%s::bigint, %s::bigint, %s::bigint, %s, %s::int, %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[])"


def _similar_pictures(claims, limits):
    """Find pictures of receipts that are nearly the same as one of another claim. Returns what `_same_lines` does."""
    mine = {
        receipt.pk: receipt
        for receipt in Receipt.objects.filter(claim__in=claims, picture_hash__isnull=False)
        if limits[claims[receipt.claim_id].programme_id] is not None
    }
    if not mine:
        return []
    values = []
    for receipt in mine.values():
        most = limits[claims[receipt.claim_id].programme_id].picture_distance
        values += [receipt.pk, receipt.claim_id, receipt.picture_hash, receipt.sha256, most]
        assert receipt.picture_hash is not None, "the query asks for receipts with one"
        values += bands_nearby(receipt.picture_hash)
    with connection.cursor() as cursor:
        near = _NEAR.format(
            rows=", ".join([_ROW] * len(mine)),
            most=MAX_PICTURES,
            both=_BOTH,
            place_l=_PLACE.format(line="l"),
            place_o=_PLACE.format(line="o"),
        )
        cursor.execute(near, [*values, ExpenseKind.PUBLIC_TRANSPORT, ExpenseKind.PUBLIC_TRANSPORT])
        rows = cursor.fetchall()
    alike = []
    for pk, other, receipt in rows:
        text = _("The picture “%(name)s” is nearly the same as one on another claim.") % {
            "name": mine[pk].original_name
        }
        alike.append(Alike(mine[pk].claim_id, "similar_picture", text, other, (pk, receipt)))
    return alike


def _there(claims):
    """Return the Attendance of each person of `claims` at the event of theirs, by (event id, person id)."""
    tied = [claim for claim in claims.values() if claim.event_id]
    came = Attendance.objects.filter(
        came=True, event__in={claim.event_id for claim in tied}, person__in={claim.person_id for claim in tied}
    )
    rows = came.select_related("event").prefetch_related("days_there")
    return {(row.event_id, row.person_id): row for row in rows}


def _not_there(claims, there):
    """Find claims for events whose list of who came lacks the person. Returns (claim id, kind of warning, sentence)."""
    tied = [claim for claim in claims.values() if claim.event_id]
    text = _("The list of who came does not have this person.")
    return [(claim.pk, "not_there", text) for claim in tied if (claim.event_id, claim.person_id) not in there]


def _other_hours(claims, lines, there):
    """Find time that is not what staff recorded. Yields (claim id, kind of warning, sentence)."""
    for line in lines:
        claim = claims[line.claim_id]
        attendance = there.get((claim.event_id, claim.person_id))
        if not line.is_time or attendance is None:
            continue
        # Of a day on which staff recorded nothing, they were not there.
        recorded = claim_queries.recorded_on(attendance, line.on) or NOT_THERE
        if recorded == line.hours:
            continue
        params = {
            "recorded": shared_wording.hours_in_words(recorded),
            "claimed": shared_wording.hours_in_words(line.hours),
            "why": line.hours_reason,
        }
        if line.hours_reason:
            text = _("Staff recorded %(recorded)s. The claim is for %(claimed)s: “%(why)s”")
        else:
            text = _("Staff recorded %(recorded)s. The claim is for %(claimed)s, with no reason.")
        yield claim.pk, "other_hours", text % params


def _without_receipt(lines):
    """Find expenses that came with a reason in place of a receipt. Yields (claim id, kind of warning, sentence)."""
    for line in lines:
        if line.no_receipt_reason:
            params = {"what": line.description, "amount": pounds(line.amount_pence), "why": why_no_receipt(line)}
            yield line.claim_id, "no_receipt", _("“%(what)s”, %(amount)s, has no receipt. %(why)s") % params


def _unusual(claims, lines, limits):
    """Find amounts above the usual for their kind, and long journeys. Yields (claim id, kind of warning, sentence)."""
    spent = [line for line in lines if not line.is_time and limits[claims[line.claim_id].programme_id] is not None]
    amounts: dict[tuple[ProgrammeId, str], dict[str, Any]] = {}
    for (percent, months), programmes in usual.alike(limits).items():
        if spent:
            amounts |= usual.of_kinds(programmes, {line.expense_kind for line in spent}, set(claims), percent, months)
    for line in spent:
        programme = claims[line.claim_id].programme_id
        limit, most = limits[programme], amounts.get((programme, line.expense_kind))
        if most is not None and most["examples"] < limit.usual_examples:
            most = None
        if line.expense_kind == ExpenseKind.MILEAGE:
            params = {"what": line.description, "miles": shared_wording.miles_in_words(line.miles)}
            if most is not None and line.miles > most["miles"]:
                params |= {"percent": limit.usual_percent, "most": shared_wording.miles_in_words(most["miles"])}
                text = _("“%(what)s” is %(miles)s, longer than usual: %(percent)s in 100 were %(most)s or less.")
                yield line.claim_id, "long_route", text % params
            elif line.miles > limit.long_route_miles:
                params["most"] = shared_wording.miles_in_words(limit.long_route_miles)
                text = _("“%(what)s” is %(miles)s, a long way: more than %(most)s.")
                yield line.claim_id, "long_route", text % params
        elif most is not None and line.amount_pence > most["pence"]:
            params = {
                "what": line.description,
                "amount": pounds(line.amount_pence),
                "percent": limit.usual_percent,
                "most": pounds(most["pence"]),
            }
            text = _("“%(what)s” is %(amount)s, more than usual: %(percent)s in 100 were %(most)s or less.")
            yield line.claim_id, "unusual", text % params
