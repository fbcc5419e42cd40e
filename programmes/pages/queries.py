"""Say how far each programme is set up."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from programmes import registry
from programmes.programme.models.programmes import Programme
from wellbeing.lib.types import ProgrammeId, Text, User


@dataclass(frozen=True)
class Step:
    """A step of one programme's setting up, for one reader; without `url` it is for others to do."""

    title: Text
    detail: Text
    who: Text
    done: bool
    url: str


@dataclass(frozen=True)
class Setup:
    """How far a programme is set up."""

    steps: list[Step]

    @property
    def done(self) -> int:
        """Return how many steps are done."""
        return sum(step.done for step in self.steps)

    @property
    def is_done(self) -> bool:
        """Return whether nothing is left to set up."""
        return self.done == len(self.steps)


def setup_of(user: User, programmes: Collection[Programme]) -> dict[ProgrammeId, Setup]:
    """Return how far each of `programmes` is set up, as `user` reads it. One query a step, however many programmes."""
    keys = [programme.pk for programme in programmes]
    steps = sorted(registry.setup_steps, key=lambda step: step.order)
    done = [_where_done(step, keys) for step in steps] if keys else []
    return {
        programme.pk: Setup(
            [
                Step(
                    title=step.title,
                    detail=step.detail,
                    who=step.who,
                    done=programme.pk in done_in,
                    url=step.url(programme) if step.may(user, programme) else "",
                )
                for step, done_in in zip(steps, done, strict=True)
            ]
        )
        for programme in programmes
    }


def _where_done(step: registry.SetupStep, keys: Collection[ProgrammeId]) -> set[ProgrammeId]:
    """Return in which of the programmes `keys` the step is done: asked for one row of each, as there may be many."""
    rows = step.done(keys).order_by().filter(programme=OuterRef("pk"))
    return set(Programme.objects.filter(Exists(rows), pk__in=keys).values_list("pk", flat=True))
