"""Bring the whole record of a decision into one form, and take its digest."""

import datetime as dt
import hashlib
import json
import secrets
from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy

from programmes.decisions.models import Decision, Seal
from programmes.programme.models.groups import Group

# The fields of the record, by kind of row. A field that is added later joins it for records sealed from then on, with a
# new number of this form; an earlier seal is then checked in the form it was made in.
FORM = 1
FIELDS = {
    kind: tuple(fields.split())
    for kind, fields in {
        "decision": "group_id rules_id version_id method title background affected cost easy_read hides_views status"
        " opened_on deciding_from closes_on proposed_by_id earlier_id relation outcome outcome_reason what_changes"
        " urgency_reason decided_on recorded_by_id in_force_on review_on safe_to_try",
        "rules": "starts_on quorum lived_experience_minimum methods support_percent open_days amended_days answer_days"
        " urgency_rule ratify_days",
        "version": "number wording why written_by_id asked_on",
        "option": "number title for_it against_it cost added_by_id",
        "position": "version_id person_id member_id seat stance reason matters named way recorded_by_id given_at",
        "objection": "version_id position_id person_id member_id is_objection words raised_at closed_as closed_at"
        " closing_recorded_by_id",
        "reply": "objection_id words version_id person_id answered_on",
        "interest": "person_id nature outline in_advance declared_on recorded_by_id taken_back_on taken_back_why",
        "question": "person_id named words asked_at answer answered_by_id answered_at",
        "thought": "version_id person_id seat words matters passes named said_at",
        "voice": "member_id seat position_id",
        "file": "title is_easy_read sha256",
    }.items()
}

# The relations of a decision that its record holds.
HELD = (
    *(
        "contributions",
        "versions",
        "options__made_from",
        "positions",
        "objections__replies",
        "declared_interests",
        "questions",
    ),
    *("thoughts", "files", "counted_voices"),
)
FAULTS = {
    "record": gettext_lazy("The record is no longer what was sealed."),
    "digest": gettext_lazy("The seal is not that of its record."),
    "chain": gettext_lazy("The seal before it is missing, or is another."),
}


def new_salt() -> str:
    """Return random text that goes into a record, so that nobody finds an unnamed person by trying names."""
    return secrets.token_hex(32)


def digest_of(previous: str, content: str) -> str:
    """Return the digest of a record and of the seal before it: 64 hexadecimal digits of SHA-256, as Postgres checks."""
    return hashlib.sha256(f"{previous}\n{content}".encode()).hexdigest()


def content_of(decision: Decision, *, salt: str) -> str:
    """Return the record of a closed decision in one form: JSON with sorted keys and ids for people."""
    objections = _in_order(decision.objections)
    record = {
        "form": FORM,
        "salt": salt,
        "decision": _row(decision, FIELDS["decision"]),
        "rules": _row(decision.rules, FIELDS["rules"]) if decision.rules else None,
        "contributions": [one.pk for one in _in_order(decision.contributions)],
        "versions": _rows(decision.versions, "version"),
        "options": [
            {**_row(option, ["pk", *FIELDS["option"]]), "made_from": [one.pk for one in _in_order(option.made_from)]}
            for option in _in_order(decision.options)
        ],
        "positions": _rows(decision.positions, "position"),
        "objections": _rows(decision.objections, "objection"),
        "replies": [row for objection in objections for row in _rows(objection.replies, "reply")],
        "interests": _rows(decision.declared_interests, "interest"),
        "questions": _rows(decision.questions, "question"),
        "thoughts": _rows(decision.thoughts, "thought"),
        "files": _rows(decision.files, "file"),
        "voices": _rows(decision.counted_voices, "voice"),
    }
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def of_group(group: Group) -> list[Seal]:
    """Return the seals of `group` in order, with all that their records hold: a fixed number of queries."""
    seals = Seal.objects.filter(group=group).select_related("decision__rules")
    held = (f"decision__{name}" for name in HELD)
    return list(seals.prefetch_related("resealings", *held).order_by("number"))


def faults_of(seals: Iterable[Seal]) -> list[tuple[Seal, str]]:
    """Return the seals of one group, in order, that do not fit: [(seal, "record" | "digest" | "chain"), …].

    "record": the rows are no longer what was sealed; "digest": the seal is not that of its record; "chain": the one
    before it is missing or another.
    """
    faults = []
    number, previous = 0, ""
    for seal in seals:
        number += 1
        if (seal.number, seal.previous) != (number, previous):
            faults.append((seal, "chain"))
            number = seal.number
        if digest_of(seal.previous, seal.content) != seal.digest:
            faults.append((seal, "digest"))
        if content_of(seal.decision, salt=salt_of(seal)) != seal.content:
            faults.append((seal, "record"))
        previous = seal.digest
    return faults


def salt_of(seal: Seal) -> str:
    """Return the random text in the record of a seal; "" where it has none."""
    try:
        return str(json.loads(seal.content)["salt"])
    except (ValueError, KeyError, TypeError):
        return ""


def _in_order(related: Any) -> list[Any]:
    """Return the rows of a relation in the order they were written, from what was fetched with it if it was."""
    return sorted(related.all(), key=lambda row: row.pk)


def _rows(related: Any, kind: str) -> list[dict[str, Any]]:
    return [_row(row, ["pk", *FIELDS[kind]]) for row in _in_order(related)]


def _row(row: Model, fields: Iterable[str]) -> dict[str, Any]:
    return {field: _plain(getattr(row, field)) for field in fields}


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    return value.isoformat() if isinstance(value, dt.date) else value
