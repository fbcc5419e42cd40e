"""Write down what people do together, and what changed because of it."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from programmes.heard.models import Contribution
from programmes.impact import rules
from programmes.impact.models import Activity, Aim, Change
from programmes.programme.models.programmes import Programme
from wellbeing.lib.actions import action
from wellbeing.lib.dates import today
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import User

QUESTIONS = ("aim", "methods", "went_well", "went_badly", "influence", "reflection")


@action
def add_activity(
    *,
    programme: Programme,
    name: str,
    rung: str,
    starts_on: dt.date,
    by: User,
    ends_on: dt.date | None = None,
    serves: Aim | None = None,
    **answers: str,
) -> Activity:
    """Write down something people do together. Return the Activity. `answers` answer all of QUESTIONS.

    Raises ActionError, with its field, for a name the programme has, a question without an answer, an end before the
    start and an aim of another programme. Locks the programme.
    """
    rules.can_write(by, programme).insist()
    return _save_activity(Activity(programme=programme), name, rung, starts_on, ends_on, serves, answers)


@action
def edit_activity(
    *,
    activity: Activity,
    name: str,
    rung: str,
    starts_on: dt.date,
    by: User,
    ends_on: dt.date | None = None,
    serves: Aim | None = None,
    **answers: str,
) -> Activity:
    """Change what is written of an activity and return it; the history keeps what it was.

    Raises ActionError as `add_activity` does. Locks the programme and the activity.
    """
    rules.can_write(by, activity.programme).insist()
    row = Activity.objects.select_for_update(of=("self",)).select_related("programme").get(pk=activity.pk)
    return _save_activity(row, name, rung, starts_on, ends_on, serves, answers)


@action
def add_change(*, programme: Programme, by: User, contributions: Iterable[Contribution] = (), **fields: Any) -> Change:
    """Write down something that changed, and the contributions it rests on. Return the Change.

    `fields` are those of Change. Raises ActionError, with its field, without how one can tell or what harm came of it,
    for a day to come, and for what belongs to another programme.
    """
    rules.can_write(by, programme).insist()
    return _save_change(Change(programme=programme, recorded_by=by.person), contributions, fields)


@action
def edit_change(*, change: Change, by: User, contributions: Iterable[Contribution] = (), **fields: Any) -> Change:
    """Change what is written of a change and return it; the history keeps what it was.

    Raises ActionError as `add_change` does. Locks the change.
    """
    rules.can_write(by, change.programme).insist()
    row = Change.objects.select_for_update(of=("self",)).select_related("programme").get(pk=change.pk)
    return _save_change(row, contributions, fields)


def _save_activity(
    row: Activity,
    name: str,
    rung: str,
    starts_on: dt.date,
    ends_on: dt.date | None,
    serves: Aim | None,
    answers: dict[str, str],
) -> Activity:
    Programme.objects.select_for_update().get(pk=row.programme_id)
    same = Activity.objects.filter(programme=row.programme_id, name__iexact=name.strip()).exclude(pk=row.pk)
    if same.exists():
        raise ActionError(_("An activity with this name is there already. Choose another name."), field="name")
    if ends_on is not None and ends_on < starts_on:
        raise ActionError(_("The last day must come after the first day."), field="ends_on")
    _check_aim(row.programme_id, serves, "serves")
    for question in QUESTIONS:
        answer = answers.get(question, "").strip()
        if not answer:
            raise ActionError(_("Answer this question, also if the answer is “none that we know of”."), field=question)
        setattr(row, question, answer)
    row.name, row.rung, row.starts_on, row.ends_on, row.serves = name.strip(), rung, starts_on, ends_on, serves
    row.save()
    return row


def _save_change(row: Change, contributions: Iterable[Contribution], fields: dict[str, Any]) -> Change:
    contributions = list(contributions)
    for name in ("title", "for_whom", "evidence", "harm"):
        if not fields.get(name, "").strip():
            raise ActionError(_("Answer this question, also if the answer is “none that we know of”."), field=name)
    if fields["happened_on"] > today():
        raise ActionError(_("The day cannot be in the future."), field="happened_on")
    _check_aim(row.programme_id, fields.get("aim"), "aim")
    activity = fields.get("activity")
    if activity is not None and activity.programme_id != row.programme_id:
        raise ActionError(_("Choose an activity of this programme."), field="activity")
    if any(said.programme_id != row.programme_id for said in contributions):
        raise ActionError(_("Choose what was said in this programme."), field="contributions")
    for name, value in fields.items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    row.save()
    row.contributions.set(contributions)
    return row


def _check_aim(programme: int, aim: Aim | None, field: str) -> None:
    if aim is not None and aim.programme_id != programme:
        raise ActionError(_("Choose an aim of this programme."), field=field)
