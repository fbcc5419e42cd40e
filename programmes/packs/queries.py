"""Answer questions about welcome packs: the version in force, what it would hold now, who has which."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from people.directory.models import Person
from people.messages.models import Message
from people.messages.queries import state_of
from programmes.packs.models import PackGiven, WelcomeCopy, WelcomePack, WelcomePackItem, WelcomePaper
from programmes.packs.models.papers import CopyFormat
from programmes.programme.contacts import works_in
from programmes.programme.models.groups import Term
from programmes.programme.models.programmes import Membership, Programme
from programmes.programme.queries import holding
from wellbeing.lib.dates import today
from wellbeing.lib.types import ProgrammeId


@dataclass
class Paper:
    """A paper or link with its formats, to be shown."""

    paper: WelcomePaper
    copies: list[WelcomeCopy] = field(default_factory=list)

    @property
    def parts(self) -> list[WelcomeCopy | None]:
        """Return what a version has of it: its files, or for a link None once."""
        return [*self.copies] or [None]


def current(programme: Programme) -> WelcomePack | None:
    """Return the latest version of the pack of `programme`, or None where there is none or nothing is in it."""
    pack = latest(programme)
    return pack if pack is not None and pack.items.exists() else None


def latest(programme: Programme) -> WelcomePack | None:
    """Return the latest version of the pack of `programme`, also an empty one; None where there is none."""
    rows = WelcomePack.objects.filter(programme=programme).select_related("published_by", "programme")
    return rows.order_by("-number").first()


def papers_in(pack: WelcomePack) -> list[Paper]:
    """Return the papers and links of a version, each with its formats, in their order."""
    return _grouped(pack.items.select_related("paper", "copy").order_by("paper__added_at", "paper", "pk"))


def papers_to_come(programme: Programme) -> list[Paper]:
    """Return the papers and links that the next version would have, with the newest file of each format.

    Files that are being checked or could not be read are among them.
    """
    papers = WelcomePaper.objects.filter(programme=programme, taken_out_at=None).order_by("added_at", "pk")
    found = {paper.pk: Paper(paper) for paper in papers}
    seen: set[tuple[int, str]] = set()
    for copy in WelcomeCopy.objects.filter(paper__in=found).order_by("-added_at", "-pk"):
        if (copy.paper_id, copy.format) not in seen:
            found[copy.paper_id].copies.append(copy)
            seen.add((copy.paper_id, copy.format))
    order = list(CopyFormat.values)
    for one in found.values():
        one.copies.sort(key=lambda copy: order.index(copy.format))
    return list(found.values())


def keys_of(papers: Iterable[Paper]) -> set[tuple[int, int | None]]:
    """Return what `papers` are made of, so that two packs can be compared."""
    return {(one.paper.pk, copy.pk if copy else None) for one in papers for copy in one.parts}


def given_in(programme: Programme) -> QuerySet[Any]:
    """Return who was given which version, each with `was_told` and `is_waiting`: what became of its message."""
    rows = PackGiven.objects.filter(pack__programme=programme)
    return rows.select_related("person", "pack", "posted_by", "given_by").annotate(
        was_told=state_of("notice", Message.Status.SENT), is_waiting=state_of("notice", Message.Status.WAITING)
    )


def to_post(programmes: Iterable[ProgrammeId]) -> QuerySet[PackGiven]:
    """Return the packs of `programmes` that wait to be posted to somebody who takes part there today.

    Nothing is posted to somebody who has not said yet that they join, who said no, or who has left meanwhile.
    """
    roles = Membership.objects.effective_on(today()).filter(
        person=OuterRef("person"), programme=OuterRef("pack__programme")
    )
    seats = Term.objects.effective_on(today()).filter(
        person=OuterRef("person"), group__programme=OuterRef("pack__programme")
    )
    rows = PackGiven.objects.filter(pack__programme__in=programmes, by_post=True, posted_on=None)
    return rows.filter(Exists(roles) | Exists(seats)).select_related("pack__programme", "person")


def without_pack(pack: WelcomePack, *, never: bool) -> QuerySet[Person]:
    """Return who takes part in its programme today and was not given this version; with `never`, no version at all."""
    given = PackGiven.objects.filter(person=OuterRef("pk"), pack__programme=pack.programme_id)
    if not never:
        given = given.filter(pack=pack)
    here = Person.objects.filter(holding(pack.programme, on=today()) & ~works_in(pack.programme, today()))
    return here.filter(~Exists(given)).order_by("sort_key", "pk")


def pack_of(person: Person, programme: Programme) -> PackGiven | None:
    """Return the newest version of the pack that `person` was given in `programme`, or None."""
    rows = PackGiven.objects.filter(person=person, pack__programme=programme).select_related("pack")
    return rows.order_by("-pack__number").first()


def _grouped(items: Iterable[WelcomePackItem]) -> list[Paper]:
    found: dict[int, Paper] = {}
    for item in items:
        one = found.setdefault(item.paper_id, Paper(item.paper))
        if item.copy is not None:
            one.copies.append(item.copy)
    return list(found.values())
