"""Gather what a programme's impact page says."""

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Count, Prefetch, QuerySet

from programmes.heard import queries as heard_queries
from programmes.heard.models import Contribution, ContributionOutcome
from programmes.impact.models import Activity, Aim, Change, ImpactPaper, ImpactSharing, Vision
from programmes.programme.models.programmes import Programme


@dataclass(frozen=True)
class AimOnPage:
    """One aim with what changed towards it."""

    aim: Aim
    changes: list[Change] = field(default_factory=list)


@dataclass(frozen=True)
class Impact:
    """The words of the page and the paper. `others` are changes towards no aim that holds today."""

    programme: Programme
    vision: Vision | None
    aims: list[AimOnPage]
    others: list[Change]
    activities: list[Activity]
    answers: dict[str, int]
    waiting: int
    replies: dict[str, int | None]

    @property
    def is_empty(self) -> bool:
        """Return whether nothing has been written down yet."""
        return not (self.vision or self.aims or self.others or self.activities)


def impact_of(programme: Programme, on: dt.date, fewest: int) -> Impact:
    """Return what is said of the impact of `programme` on the day `on`; counts of people below `fewest` are hidden.

    With a fixed number of queries.
    """
    aims = list(programme.aims.effective_on(on))
    rows = list(changes_of(programme).filter(happened_on__lte=on))
    known = {aim.pk for aim in aims}
    shown = Contribution.objects.shown().filter(programme=programme)
    answered = dict(shown.exclude(outcome=None).order_by().values_list("outcome__kind").annotate(number=Count("pk")))
    return Impact(
        programme=programme,
        vision=programme.visions.effective_on(on),
        aims=[AimOnPage(aim, [row for row in rows if row.aim_id == aim.pk]) for aim in aims],
        others=[row for row in rows if row.aim_id not in known],
        activities=list(activities_of(programme).filter(starts_on__lte=on)),
        answers={kind: answered.get(kind, 0) for kind in ContributionOutcome.Kind.values},
        waiting=shown.filter(outcome=None).count(),
        replies=heard_queries.replies_in(programme, fewest),
    )


def changes_of(programme: Programme) -> QuerySet[Change]:
    """Return what changed in `programme`, the latest first, with what was said that led to it and is on the page."""
    said = Prefetch("contributions", Contribution.objects.shown().order_by("said_on", "pk"))
    return Change.objects.filter(programme=programme).select_related("aim", "activity").prefetch_related(said)


def activities_of(programme: Programme) -> QuerySet[Activity]:
    """Return the activities of `programme`, the latest first."""
    return Activity.objects.filter(programme=programme).select_related("serves").order_by("-starts_on", "-pk")


def earlier_visions(programme: Programme, on: dt.date) -> list[Vision]:
    """Return the visions of `programme` that no longer hold on the day `on`, the latest first."""
    rows = Vision.objects.filter(programme=programme, effective_from__lte=on).order_by("-effective_from", "-pk")
    return list(rows)[1:]


def planned_visions(programme: Programme, on: dt.date) -> QuerySet[Vision]:
    """Return the visions of `programme` that start after the day `on`, the earliest first."""
    return Vision.objects.filter(programme=programme, effective_from__gt=on).order_by("effective_from", "pk")


def earlier_aims(programme: Programme, on: dt.date) -> QuerySet[Aim]:
    """Return the aims of `programme` that have ended, each with the aim that took its place, the latest first."""
    return Aim.objects.filter(programme=programme).over(on).select_related("replaced_by")


def is_shared(programme: Programme) -> bool:
    """Return whether everybody may read the impact page of `programme`."""
    return ImpactSharing.objects.filter(programme=programme, ended_at=None).exists()


def papers_of(programme: Programme) -> QuerySet[ImpactPaper]:
    """Return the papers of `programme`, the latest first."""
    return ImpactPaper.objects.filter(programme=programme).order_by("-asked_at", "-pk")


def can_be_linked(programme: Programme) -> QuerySet[Contribution]:
    """Return the contributions of `programme` that a change may rest on, the latest first."""
    return Contribution.objects.shown().filter(programme=programme).order_by("-said_on", "-pk")
