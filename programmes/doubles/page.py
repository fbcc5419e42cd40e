"""Show two records beside each other, and what would become of them."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from people.directory.actions import DETAILS
from people.directory.models import Person
from programmes.doubles import actions, queries, rules
from programmes.doubles.forms import label_of, shown
from programmes.doubles.models import Double, Merge
from programmes.programme.queries import roles_in_words
from wellbeing.lib.dates import long_date
from wellbeing.lib.errors import ActionError


class SeenError(Exception):
    """Takes back what was done to see what it would do."""


class TwoRecordsPage:
    """Two records of a programme: `record` would go, `person` stays."""

    def __init__(self, programme: Any, one: Person, other: Person, user: Any) -> None:
        self.programme, self.user = programme, user
        self.record, self.person = queries.in_order(one, other)

    @cached_property
    def double(self) -> Double | None:
        return queries.double_of(self.programme, self.record, self.person)

    @cached_property
    def ruling(self) -> Any:
        return rules.can_put_together(self.user, self.programme, self.record, self.person)

    @cached_property
    def question(self) -> Merge | None:
        return queries.question_about(self.record, self.person)

    @property
    def is_asked_first(self) -> bool:
        return rules.is_asked_first(self.record, self.person)

    @property
    def columns(self) -> list[dict[str, Any]]:
        """Return the two columns of the comparison."""
        return [{"label": _("Detail"), "hidden": True}, {"label": _("Stays")}, {"label": _("Goes into it")}]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Return a row for each detail one of them has, as components/table.html takes rows."""
        facts = [(label_of(name), name) for name in DETAILS]
        both = [(label, shown(self.person, name), shown(self.record, name)) for label, name in facts]
        both += [
            (_("Roles"), self._roles(self.person), self._roles(self.record)),
            (_("Account"), _account(self.person), _account(self.record)),
            (_("Added"), long_date(self.person.created_at), long_date(self.record.created_at)),
        ]
        return [
            {"cells": [{"text": label}, {"text": one or "–"}, {"text": other or "–"}]}
            for label, one, other in both
            if one or other
        ]

    def _roles(self, person: Person) -> str:
        return roles_in_words(person, self.programme)


def _account(person: Person) -> str:
    if person.user_id:
        return _("Has an account")
    return _("Joined, no account") if person.joined_at else _("No account")


class Foreseen:
    """The outcome of putting two records together: it is carried out, looked at, and taken back."""

    def __init__(self, page: TwoRecordsPage, details: list[str]) -> None:
        self.refusal = ""
        self.moved: list[tuple[str, int]] = []
        self.gone: list[tuple[str, int]] = []
        try:
            with transaction.atomic():
                merge = actions.put_together(
                    programme=page.programme, one=page.record, other=page.person, details=details, by=page.user
                )
                self.moved = queries.counts_of(merge.changes, page.person.pk)
                self.gone = queries.gone(merge.changes)
                raise SeenError
        except SeenError:
            pass
        except ActionError as error:
            self.refusal = str(error)
