"""Keep answers without any way to who gave them: counts that go up together, and words in an order drawn by lot.

There is no row for an answer. A tally counts how often a group gave one answer to one question of a round. All tallies
of a round are there when people are asked and all are written whenever somebody answers, so that neither the order of
rows nor the number of the transaction that wrote one tells whose answer it was. Words are written anew, shuffled, each
time. Neither has a time or a history.
"""

from collections.abc import Iterable, Mapping
from random import SystemRandom
from typing import Any, TypeVar

import pgtrigger
from django.db.models import Case, F, Model, QuerySet, When

RowT = TypeVar("RowT", bound=Model)


def count(tallies: QuerySet[Any], *, question: str, side: str, values: Mapping[int, int]) -> None:
    """Count `values`, {key of a question: answer}, for `side`. `question` is the field that names the question.

    `tallies` are all of the round: every one is written, so that none shows by which answer it changed.
    """
    chosen = [When(**{"side": side, question: pk, "value": value, "then": 1}) for pk, value in values.items()]
    tallies.update(number=F("number") + Case(*chosen, default=0))


def keep_shuffled(there: QuerySet[RowT], new: Iterable[RowT]) -> None:
    """Keep the words of a round, all that are `there`, with those in `new`: written anew in an order drawn by lot."""
    model = there.model
    fields = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
    kept = [model(**row) for row in there.values(*fields)]
    kept += new
    SystemRandom().shuffle(kept)
    there.delete()
    model._default_manager.bulk_create(kept)


def begins_at_nought(name: str) -> pgtrigger.Trigger:
    """Return the trigger `name` of tallies: none begins with answers."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func="IF NEW.number <> 0 THEN RAISE EXCEPTION 'a count begins at nought'; END IF; RETURN NEW;",
    )


def counts_answers(
    name: str, *, question: str, tallies: str, rounds: str, asked: str, while_open: str
) -> pgtrigger.Trigger:
    """Return the trigger `name` of tallies: a count goes up by one while its round is open, up to how many answered.

    `question` is the column of the question; `tallies`, `rounds` and `asked` are names of tables; `while_open` says in
    words when answers are counted.
    """
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        referencing=pgtrigger.Referencing(old="before", new="after"),
        # Names of tables and columns are those of our models.
        func=(
            "IF EXISTS (SELECT 1 FROM after a LEFT JOIN before b ON b.id = a.id"  # noqa: S608
            f" WHERE b.id IS NULL OR (a.round_id, a.{question}, a.side, a.value)"
            f" IS DISTINCT FROM (b.round_id, b.{question}, b.side, b.value)"
            " OR a.number NOT IN (b.number, b.number + 1)) THEN"
            " RAISE EXCEPTION 'a count goes up by one answer at a time'; END IF;"
            f" IF EXISTS (SELECT 1 FROM after a JOIN {rounds} r ON r.id = a.round_id"
            " WHERE r.status <> 'open') THEN"
            f" RAISE EXCEPTION '{while_open}'; END IF;"
            f" IF EXISTS (SELECT 1 FROM {tallies} t"
            " WHERE t.round_id IN (SELECT round_id FROM after)"
            f" GROUP BY t.round_id, t.{question}, t.side HAVING sum(t.number) > (SELECT count(*)"
            f" FROM {asked} k WHERE k.round_id = t.round_id AND k.side = t.side"
            " AND k.answered_on IS NOT NULL)) THEN"
            " RAISE EXCEPTION 'there are more answers than people who answered'; END IF;"
            " RETURN NULL;"
        ),
    )


def words_close(name: str, *, rounds: str, while_open: str, stay: str) -> pgtrigger.Trigger:
    """Return the trigger `name` of words: they are written and taken away while their round is open, and never changed.

    `rounds` is the table of rounds; `while_open` and `stay` say in words what is refused.
    """
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("state", "text"), ("of_round", "bigint")],
        # Names of tables are those of our models.
        func=(
            "of_round := CASE WHEN TG_OP = 'DELETE' THEN OLD.round_id ELSE NEW.round_id END;"  # noqa: S608
            f" SELECT status INTO state FROM {rounds} WHERE id = of_round FOR SHARE;"
            " IF state IS DISTINCT FROM 'open' THEN"
            f" RAISE EXCEPTION '{while_open}'; END IF;"
            f" IF TG_OP = 'UPDATE' THEN RAISE EXCEPTION '{stay}'; END IF;"
            " IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;"
        ),
    )
