"""Write down the vision of a programme and its aims."""

import datetime as dt

from django.db.models import Max
from django.utils.translation import gettext as _

from programmes.impact import rules
from programmes.impact.models import Aim, Vision
from programmes.programme.models.programmes import Programme
from wellbeing.lib.actions import action
from wellbeing.lib.dates import today
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import User

MAX_AIMS = 20


@action
def set_vision(
    *, programme: Programme, words: str, by: User, agreed_at: str = "", effective_from: dt.date | None = None
) -> Vision:
    """Write down the vision of a programme from a day on, today by default. Return it; the one before is kept.

    Raises ActionError, with its field, without words. Locks the programme.
    """
    _lock(by, programme)
    if not words.strip():
        raise ActionError(_("Enter the vision."), field="words")
    return Vision.objects.create(
        programme=programme,
        words=words.strip(),
        agreed_at=agreed_at.strip(),
        effective_from=effective_from or today(),
        written_by=by.person,
    )


@action
def add_aim(*, programme: Programme, title: str, signs: str, by: User) -> Aim:
    """Add an aim after the others, from today. Return it.

    Raises ActionError, with its field, without a title or a sign, and for more than MAX_AIMS. Locks the programme.
    """
    _lock(by, programme)
    if Aim.objects.filter(programme=programme, ends_on=None).count() >= MAX_AIMS:
        raise ActionError(_("There are %(most)s aims, which is the most. End one first.") % {"most": MAX_AIMS})
    last = Aim.objects.filter(programme=programme).aggregate(last=Max("position"))["last"] or 0
    return _write(programme, title, signs, last + 1, by)


@action
def replace_aim(*, aim: Aim, title: str, signs: str, because: str, by: User) -> Aim:
    """Put an aim in other words in the place of one, from today. Return the new one; the old one stays readable.

    Raises ActionError, with its field, as `add_aim` does, and without a reason. Locks the programme.
    """
    aim = _end(aim, because, by)
    return _write(aim.programme, title, signs, aim.position, by, replaces=aim)


@action
def end_aim(*, aim: Aim, because: str, by: User) -> Aim:
    """End an aim today, with nothing in its place. Return it; it stays readable.

    Raises ActionError, with its field, without a reason, and once it has ended. Locks the programme.
    """
    return _end(aim, because, by)


@action
def move_up(*, aim: Aim, by: User) -> None:
    """Move an aim one place up in the order. Harmless for the first. Locks the programme."""
    _lock(by, aim.programme)
    rows = list(Aim.objects.filter(programme=aim.programme_id, ends_on=None).order_by("position", "pk"))
    place = next((place for place, row in enumerate(rows) if row.pk == aim.pk), 0)
    if place:
        rows.insert(place - 1, rows.pop(place))
        for position, row in enumerate(rows, start=1):
            if row.position != position:
                Aim.objects.filter(pk=row.pk).update(position=position)


def _end(aim: Aim, because: str, by: User) -> Aim:
    _lock(by, aim.programme)
    aim = Aim.objects.select_related("programme").get(pk=aim.pk)
    if aim.ends_on is not None:
        raise ActionError(_("This aim has ended already."))
    if not because.strip():
        raise ActionError(_("Say why it ends. Everybody in the programme can read this."), field="because")
    aim.ends_on, aim.ended_because = max(today(), aim.starts_on), because.strip()
    aim.save(update_fields=["ends_on", "ended_because"])
    return aim


def _write(
    programme: Programme, title: str, signs: str, position: int, by: User, *, replaces: Aim | None = None
) -> Aim:
    signs = "\n".join(line.strip() for line in signs.splitlines() if line.strip())
    if not title.strip():
        raise ActionError(_("Enter the aim."), field="title")
    if not signs:
        raise ActionError(_("Say what would show that you are there."), field="signs")
    return Aim.objects.create(
        programme=programme,
        title=title.strip(),
        signs=signs,
        position=position,
        starts_on=today(),
        replaces=replaces,
        written_by=by.person,
    )


def _lock(by: User, programme: Programme) -> None:
    rules.can_write(by, programme).insist()
    Programme.objects.select_for_update().get(pk=programme.pk)
