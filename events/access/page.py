"""The lists of an event for those who need them, and the page of an arrangement, as their readers see them."""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.access import queries, rules
from events.access.models import Arrangement, EventNeed
from events.access.models.arrangements import LISTS
from events.inviting.models import Invitation
from events.planning import rules as planning_rules
from events.planning.models import Event
from people.consent.models import Purpose
from people.consent.queries import have_agreed
from people.directory.models import Person, Supporter
from people.needs.models import AccessNeed, Whose, said_of
from wellbeing.lib.types import PersonId, Text, User

TITLES: dict[str, Text] = {
    "caterer": gettext_lazy("List for the caterer"),
    "venue": gettext_lazy("List for the venue"),
    "facilitators": gettext_lazy("Brief for facilitators"),
    "desk": gettext_lazy("List for the front desk"),
}
LEADS: dict[str, Text] = {
    "caterer": gettext_lazy("What people need to eat and drink, and how many of them. Without names."),
    "venue": gettext_lazy("What the building and the rooms have to have. Without names."),
    "facilitators": gettext_lazy("Who needs what in the room. Keep it to yourself, and destroy it after the event."),
    "desk": gettext_lazy("Who needs what when they arrive. Keep it to yourself, and destroy it after the event."),
}
NAMED = ("facilitators", "desk")
# Whom somebody brings is named in their words; on a list without names their number is enough.
WITHOUT_WORDS = (AccessNeed.Kind.SUPPORTER,)


@dataclass(frozen=True)
class Kind:
    """One kind of need on a list without names: how many people have it, and in what words."""

    label: str
    people: int
    words: list[str]

    @property
    def number_in_words(self) -> str:
        return ngettext("%(n)s person", "%(n)s people", self.people) % {"n": self.people}


@dataclass(frozen=True)
class Guest:
    """One person on a list with names: what they need, and how each is arranged. `is_sure` says that they come."""

    person: Person
    is_sure: bool
    needs: list[tuple[EventNeed, Arrangement]]


class AccessList:
    """One list of an event: `which` of LISTS."""

    def __init__(self, event: Event, which: str) -> None:
        self.event, self.which = event, which

    @property
    def title(self) -> str:
        return str(TITLES[self.which])

    @property
    def lead(self) -> str:
        return str(LEADS[self.which])

    @property
    def is_named(self) -> bool:
        return self.which in NAMED

    @cached_property
    def arrangements(self) -> list[Arrangement]:
        """Return the arrangements that stand on the list and are still needed."""
        rows = Arrangement.objects.live().filter(event=self.event, **{LISTS[self.which]: True})
        return list(rows.order_by("kind", "title", "pk"))

    @cached_property
    def needs(self) -> list[EventNeed]:
        rows = EventNeed.objects.current().filter(arrangement__in=self.arrangements)
        return list(
            rows.select_related("person", "arrangement").order_by("person__sort_key", "person", "whose", "kind")
        )

    @cached_property
    def replies(self) -> dict[PersonId, str]:
        return dict(self.event.invitations.values_list("person_id", "reply"))

    @cached_property
    def nameless(self) -> set[PersonId]:
        """Return those who have not agreed that the people who run an event read their name beside what they need."""
        return _without_consent(self.needs) if self.is_named else set()

    @property
    def coming(self) -> int:
        """Return how many people said that they come."""
        return sum(reply == Invitation.Reply.COMING for reply in self.replies.values())

    @property
    def maybe(self) -> int:
        """Return how many people said that they are not sure yet."""
        return sum(reply == Invitation.Reply.NOT_SURE for reply in self.replies.values())

    @cached_property
    def kinds(self) -> list[Kind]:
        """Return the needs of a list without names, by whose and kind, in the order people are asked about them."""
        by_kind: dict[tuple[str, str], list[EventNeed]] = defaultdict(list)
        for need in self.needs:
            by_kind[need.whose, need.kind].append(need)
        return [
            Kind(said_of(kind.label, whose), len(needs), self._words(kind, needs))
            for whose in Whose
            for kind in AccessNeed.Kind
            if (needs := by_kind.get((whose, kind)))
        ]

    def _words(self, kind: str, needs: list[EventNeed]) -> list[str]:
        if kind in WITHOUT_WORDS:
            return []
        return sorted(self.without_names(need.words) for need in needs if need.words)

    @cached_property
    def guests(self) -> list[Guest]:
        """Return the people of a list with names, by name, with what each needs; those without a name last."""
        by_person: dict[PersonId, list[EventNeed]] = defaultdict(list)
        for need in self.needs:
            by_person[need.person_id].append(need)
        guests = [
            Guest(
                needs[0].person,
                self.replies.get(key) == Invitation.Reply.COMING,
                [(need, need.arrangement) for need in needs],
            )
            for key, needs in by_person.items()
        ]
        # Those without a name come last, in an order that says nothing of it.
        named = [guest for guest in guests if guest.person.pk not in self.nameless]
        nameless = [guest for guest in guests if guest.person.pk in self.nameless]
        return named + sorted(nameless, key=lambda guest: [str(need) for need, _arrangement in guest.needs])

    @cached_property
    def others(self) -> list[tuple[str, str]]:
        """Return what is arranged for nobody in particular, as (what, how); `how` only on a list with names."""
        served = {need.arrangement_id for need in self.needs}
        rows = [row for row in self.arrangements if row.pk not in served and row.added_by_id is not None]
        if self.is_named:
            return [(row.title, row.how) for row in rows]
        return [(self.without_names(row.title), "") for row in rows]

    @property
    def is_empty(self) -> bool:
        return not (self.needs or self.others)

    @property
    def columns(self) -> list[dict[str, str]]:
        """Return the headings of the list, as components/table.html takes them."""
        if self.is_named:
            return [{"label": _("Name")}, {"label": _("What they need")}]
        return [{"label": _("Need")}, {"label": _("For how many")}, {"label": _("In their words")}]

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        """Return the lines of the list, as components/table.html takes them."""
        if self.is_named:
            cells = [[self._name_lines(guest), self._need_lines(guest)] for guest in self.guests]
        else:
            cells = [[[kind.label], [kind.number_in_words], kind.words or ["–"]] for kind in self.kinds]
        return [{"cells": [{"html": _on_lines(lines)} for lines in row]} for row in cells]

    def _name_lines(self, guest: Guest) -> list[str]:
        name = _("Somebody") if guest.person.pk in self.nameless else guest.person.full_name
        return [name] if guest.is_sure else [name, _("Not sure yet")]

    def _need_lines(self, guest: Guest) -> list[str]:
        lines = [_need_line(*each) for each in guest.needs]
        return [self.without_names(line) for line in lines] if guest.person.pk in self.nameless else lines

    @cached_property
    def _names(self) -> re.Pattern[str] | None:
        """Return a pattern of every name of somebody who is invited, or who supports them; the longest first."""
        found: set[str] = set()
        names = list(self.event.invitations.order_by().values_list("person__full_name", "person__known_as"))
        supporters = Supporter.objects.filter(person__invitations__event=self.event)
        names += [(name, "") for name in supporters.values_list("name", flat=True)]
        for full_name, known_as in names:
            whole = {name for name in (full_name, known_as) if name}
            found |= whole | {part for name in whole for part in name.split() if len(part) > 1}
        if not found:
            return None
        every = "|".join(map(re.escape, sorted(found, key=len, reverse=True)))
        return re.compile(rf"\b(?:{every})\b")

    def without_names(self, words: str) -> str:
        """Return `words` with "[name]" in place of each name of somebody who is invited, or supports them."""
        return self._names.sub(_("[name]"), words) if self._names else words


def _without_consent(needs: list[EventNeed]) -> set[PersonId]:
    """Return those of the people of `needs` who have not agreed that their name is read beside what they need."""
    people = {need.person_id for need in needs}
    return people - have_agreed(people, Purpose.SHARING)


def _need_line(need: EventNeed, arrangement: Arrangement) -> str:
    """Say what is needed, and in brackets how that is arranged."""
    if arrangement.how:
        return f"{need} ({arrangement.how})"
    if arrangement.status == Arrangement.Status.TO_DO:
        return _("%(need)s (not arranged yet)") % {"need": need}
    return str(need)


def _on_lines(lines: list[str]) -> SafeString:
    every = [line for words in lines for line in words.splitlines()]
    return format_html_join(mark_safe("<br>"), "{}", ((line,) for line in every))


class ArrangementPage:
    """An arrangement as `user` sees it."""

    def __init__(self, arrangement: Arrangement, user: User) -> None:
        self.arrangement, self.user = arrangement, user

    @cached_property
    def needs(self) -> list[EventNeed]:
        """Return the needs it serves, those that fell away last."""
        rows = EventNeed.objects.filter(arrangement=self.arrangement).select_related("person")
        return sorted(rows, key=lambda need: (need.gone_at is not None, need.person.sort_key, need.whose, need.kind))

    @cached_property
    def nameless(self) -> set[PersonId]:
        """Return those whose name a reader who is no staff does not see: they have not agreed to that."""
        return set() if self.is_staff else _without_consent(self.needs)

    @cached_property
    def _without_names(self) -> AccessList:
        return AccessList(self.arrangement.event, "facilitators")

    def name_of(self, need: EventNeed) -> str:
        """Return whose need it is, in words."""
        return _("Somebody") if need.person_id in self.nameless else need.person.full_name

    def in_words(self, need: EventNeed, words: str) -> str:
        """Return `words` of a need, without names where its person has none here."""
        return self._without_names.without_names(words) if need.person_id in self.nameless else words

    @cached_property
    def served(self) -> list[dict[str, Any]]:
        """Return each need it serves with what the reader may read of it."""
        return [
            {
                "need": need,
                "name": self.name_of(need),
                "words": self.in_words(need, need.words),
                "before": self.in_words(need, need.words_before),
            }
            for need in self.needs
        ]

    @property
    def has_changed(self) -> bool:
        return bool(self.arrangement.change) or any(need.change for need in self.needs)

    @cached_property
    def is_staff(self) -> bool:
        return bool(planning_rules.can_manage_event(self.user, self.arrangement.event))

    @cached_property
    def may_change(self) -> bool:
        return bool(rules.can_change(self.user, self.arrangement))

    @cached_property
    def may_do(self) -> bool:
        return bool(rules.can_do(self.user, self.arrangement))

    @property
    def may_say_seen(self) -> bool:
        return self.has_changed and (self.may_do or self.is_staff)

    @cached_property
    def may_take_out(self) -> bool:
        return bool(rules.can_take_out(self.user, self.arrangement))

    @property
    def may_read_brief(self) -> bool:
        return queries.helps_to_run(self.user, self.arrangement.event)

    @cached_property
    def lists(self) -> list[str]:
        """Return the titles of the lists it stands on."""
        return [str(TITLES[name]) for name, field in LISTS.items() if getattr(self.arrangement, field)]
