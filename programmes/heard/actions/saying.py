"""Keep what people say: in their own name, written down by a colleague, and many at once after a meeting."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from people.directory.models import Person
from people.messages import telling
from programmes import registry
from programmes.heard import emails, queries, rules
from programmes.heard.checks import check_people, locked
from programmes.heard.models import Contribution, ContributionDraft, Contributor
from programmes.programme.models.groups import Group
from programmes.programme.models.programmes import Programme
from wellbeing.lib.actions import action
from wellbeing.lib.dates import today
from wellbeing.lib.errors import ActionError
from wellbeing.lib.types import User

# More lines than this are no notes of one meeting.
MAX_AT_ONCE = 100


@action
def keep_draft(
    *,
    programme: Programme,
    by: User,
    theme: str = "",
    words: str = "",
    named: bool = False,
    wants_to_be_told: bool = True,
) -> ContributionDraft:
    """Keep what the person `by` has typed to tell `programme`, unsent, in place of what was kept. Return the draft.

    Raises ActionError for somebody with no role in the programme.
    """
    rules.can_contribute(by, programme).insist()
    draft, _created = ContributionDraft.objects.update_or_create(
        programme=programme,
        person=by.person,
        defaults={
            "theme": theme,
            "words": words,
            "named": named,
            "wants_to_be_told": wants_to_be_told,
            "saved_at": timezone.now(),
        },
    )
    return draft


@action
def discard_draft(*, programme: Programme, by: User) -> None:
    """Throw away what the person `by` has typed and not sent. Harmless the second time."""
    ContributionDraft.objects.filter(programme=programme, person=by.person).delete()


@action
def send(
    *, programme: Programme, theme: str, by: User, words: str = "", named: bool = False, wants_to_be_told: bool = True
) -> Contribution:
    """Tell `programme` something in the name of the person `by`. Return the Contribution; their draft goes.

    Raises ActionError for somebody with no role in the programme, and without a theme.
    """
    rules.can_contribute(by, programme).insist()
    contribution = Contribution.objects.create(
        programme=programme,
        theme=_theme(theme),
        words=words.strip(),
        way=Contribution.Way.PAGE,
        recorded_by=by.person,
    )
    Contributor.objects.create(
        contribution=contribution, person=by.person, named=named, wants_to_be_told=wants_to_be_told, added_by=by.person
    )
    ContributionDraft.objects.filter(programme=programme, person=by.person).delete()
    return contribution


@action
def record(
    *,
    programme: Programme,
    theme: str,
    way: str,
    said_on: dt.date,
    by: User,
    words: str = "",
    said_at: str = "",
    place: str = "",
    group: Group | None = None,
    rung: str = "",
    people: Iterable[Person] = (),
    named: bool = False,
    wants_to_be_told: bool = True,
    owner: Person | None = None,
    due_on: dt.date | None = None,
) -> Contribution:
    """Write down what somebody said, and confirm it to each of the `people` who said it. Return the Contribution.

    `named` and `wants_to_be_told` are what they asked for; `place` is a key of the registered SaidPlace. Raises
    ActionError, with its field, without a theme, for a day to come, for people and groups of another programme, for an
    owner who is no staff, and for an owner without a day.
    """
    rules.can_record(by, programme).insist()
    people = list(people)
    _check_day(said_on)
    _check_group(programme, group)
    check_people(programme, people, field="person")
    _check_owner(programme, owner, due_on)
    contribution = Contribution.objects.create(
        programme=programme,
        theme=_theme(theme),
        words=words.strip(),
        way=way,
        said_on=said_on,
        said_at=said_at.strip(),
        group=group,
        rung=rung,
        owner=owner,
        due_on=due_on,
        recorded_by=by.person,
    )
    _note_place([contribution], place, by)
    wishes = {"named": named, "wants_to_be_told": wants_to_be_told, "added_by": by.person}
    rows = [Contributor(contribution=contribution, person=person, **wishes) for person in people]
    telling.tell_many([emails.written_down(row) for row in Contributor.objects.bulk_create(rows)])
    return contribution


@action
def record_several(
    *,
    programme: Programme,
    themes: Sequence[str],
    way: str,
    said_on: dt.date,
    by: User,
    said_at: str = "",
    place: str = "",
    group: Group | None = None,
    rung: str = "",
    owner: Person | None = None,
    due_on: dt.date | None = None,
) -> list[Contribution]:
    """Write down several things that were said at once, such as the notes of a meeting. Return the Contributions.

    Who said each can be added afterwards. Raises ActionError, with its field, as `record` does, without any theme, and
    for more than MAX_AT_ONCE.
    """
    rules.can_record(by, programme).insist()
    themes = [theme.strip() for theme in themes if theme.strip()]
    if not themes:
        raise ActionError(_("Enter at least one thing that was said."), field="themes")
    if len(themes) > MAX_AT_ONCE:
        raise ActionError(_("Enter %(most)s lines at most.") % {"most": MAX_AT_ONCE}, field="themes")
    _check_day(said_on)
    _check_group(programme, group)
    _check_owner(programme, owner, due_on)
    contributions = Contribution.objects.bulk_create(
        [
            Contribution(
                programme=programme,
                theme=theme,
                way=way,
                said_on=said_on,
                said_at=said_at.strip(),
                group=group,
                rung=rung,
                owner=owner,
                due_on=due_on,
                recorded_by=by.person,
            )
            for theme in themes
        ]
    )
    _note_place(contributions, place, by)
    return contributions


@action
def correct(
    *,
    contribution: Contribution,
    theme: str,
    way: str,
    said_on: dt.date,
    by: User,
    words: str = "",
    said_at: str = "",
    place: str | None = None,
    group: Group | None = None,
    rung: str = "",
    reason: str = "",
) -> Contribution:
    """Correct what was written down and return it; what it said before is kept, and those who said it are told.

    A `reason` is needed where the theme or the words change. Raises ActionError, with its field, without one, without a
    theme, for a day to come and for a group of another programme. Locks the contribution.
    """
    contribution = locked(contribution)
    rules.can_correct(by, contribution).insist()
    _check_day(said_on)
    _check_group(contribution.programme, group)
    theme, words = _theme(theme), words.strip()
    says_other = (theme, words) != (contribution.theme, contribution.words)
    if says_other and not reason.strip():
        raise ActionError(_("Say why the words are corrected. Those who said it can read this."), field="reason")
    contribution.theme, contribution.words = theme, words
    contribution.way, contribution.said_on, contribution.said_at = way, said_on, said_at.strip()
    contribution.group, contribution.rung = group, rung
    if says_other:
        contribution.corrected_at, contribution.corrected_by = timezone.now(), by.person
        contribution.correction_reason = reason.strip()
    contribution.save()
    if place is not None:
        _note_place([contribution], place, by)
    if says_other:
        rows = contribution.contributors.exclude(person=by.person).select_related("person", "contribution__programme")
        telling.tell_many([emails.corrected(row) for row in rows])
    return contribution


@action
def set_owner(*, contribution: Contribution, owner: Person, due_on: dt.date, by: User) -> Contribution:
    """Say who sees to a contribution, and by when. Return it.

    Raises ActionError for somebody who is no staff of the programme, with its field. Locks the contribution.
    """
    contribution = locked(contribution)
    rules.can_record(by, contribution.programme).insist()
    _check_owner(contribution.programme, owner, due_on)
    contribution.owner, contribution.due_on = owner, due_on
    contribution.save(update_fields=["owner", "due_on"])
    return contribution


def _theme(theme: str) -> str:
    theme = theme.strip()
    if not theme:
        raise ActionError(_("Say in a few words what it is about."), field="theme")
    return theme


def _note_place(contributions: Sequence[Contribution], place: str, by: User) -> None:
    for known in registry.said_places:
        known.note(contributions, place, by)


def _check_day(said_on: dt.date) -> None:
    if said_on > today():
        raise ActionError(_("The day it was said cannot be in the future."), field="said_on")


def _check_group(programme: Programme, group: Group | None) -> None:
    if group is not None and group.programme_id != programme.pk:
        raise ActionError(_("Choose a group of this programme."), field="group")


def _check_owner(programme: Programme, owner: Person | None, due_on: dt.date | None) -> None:
    if owner is None and due_on is None:
        return
    if owner is None:
        raise ActionError(_("Choose who sees to it."), field="owner")
    if due_on is None:
        raise ActionError(_("Enter the day by which it is answered."), field="due_on")
    if not queries.owners(programme, today()).filter(pk=owner.pk).exists():
        raise ActionError(_("Choose somebody who is staff of this programme."), field="owner")
