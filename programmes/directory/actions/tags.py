"""Make tags and areas, and give them to people."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from people.directory.models import Person
from programmes.directory import rules
from programmes.directory.checks import lock_chosen
from programmes.directory.models import PersonTag, Tag
from programmes.programme.models.programmes import Programme
from wellbeing.lib.actions import action
from wellbeing.lib.errors import ActionError
from wellbeing.lib.texts import clean_line
from wellbeing.lib.types import User

BATCH = 500


@dataclass(frozen=True)
class Given:
    """To whom a tag was given, and who had it before."""

    tag: Tag
    new: list[Person]
    had_it: list[Person]


@action
def make(*, programme: Programme, kind: str, name: str, by: User) -> Tag:
    """Make a tag or an area of `programme`, or take up one of that name that had ended. Return the Tag.

    Raises ActionError without a name, for one there is, and where `by` may not. Locks the programme.
    """
    rules.can_tag(by, programme).insist()
    Programme.objects.select_for_update().get(pk=programme.pk)
    name = _checked(name)
    there = Tag.objects.filter(programme=programme, kind=kind, name__iexact=name).first()
    if there is None:
        return Tag.objects.create(programme=programme, kind=kind, name=name, made_by=by.person)
    if there.ended_at is None:
        raise ActionError(_("“%(name)s” is there already.") % {"name": there.name}, field="name")
    there.ended_at = None
    there.save(update_fields=["ended_at"])
    return there


@action
def rename(*, tag: Tag, name: str, by: User) -> Tag:
    """Give a tag or area another name, for all who have it. Return it. Raises ActionError as `make` does. Locks it."""
    tag = _locked(tag, by)
    name = _checked(name)
    others = Tag.objects.filter(programme=tag.programme_id, kind=tag.kind, name__iexact=name).exclude(pk=tag.pk)
    if others.exists():
        raise ActionError(_("Another one has this name. Choose another."), field="name")
    tag.name = name
    tag.save(update_fields=["name"])
    return tag


@action
def end(*, tag: Tag, by: User) -> int:
    """End a tag or area: take it from all who have it, and give it to nobody else. Return from how many. Locks it."""
    tag = _locked(tag, by)
    now = timezone.now()
    number = PersonTag.objects.filter(tag=tag, taken_at=None).update(taken_at=now, taken_by=by.person)
    tag.ended_at = now
    tag.save(update_fields=["ended_at"])
    return number


@action
def give(*, tag: Tag, people: Iterable[Person], by: User) -> Given:
    """Give `people` a tag, or put them in an area in place of the one they are in. Return whom it is new to.

    Raises ActionError for somebody who is not in the programme, for a tag that has ended, and where `by` may not. Locks
    the tag and the people.
    """
    tag = _locked(tag, by)
    if tag.ended_at is not None:
        raise ActionError(_("“%(name)s” has ended. Choose another.") % {"name": tag.name}, field="tag")
    wanted = {person.pk for person in people}
    found = lock_chosen(tag.programme, wanted)
    have = set(PersonTag.objects.filter(tag=tag, person__in=wanted, taken_at=None).values_list("person", flat=True))
    new = [person for person in found if person.pk not in have]
    if tag.kind == Tag.Kind.AREA:
        before = PersonTag.objects.filter(tag__programme=tag.programme_id, tag__kind=tag.kind, taken_at=None)
        before.filter(person__in=new).update(taken_at=timezone.now(), taken_by=by.person)
    rows = [PersonTag(tag=tag, person=person, given_by=by.person) for person in new]
    PersonTag.objects.bulk_create(rows, batch_size=BATCH)
    return Given(tag, new, [person for person in found if person.pk in have])


@action
def take(*, tag: Tag, people: Iterable[Person], by: User) -> int:
    """Take a tag or area from `people`. Return how many had it. Raises ActionError where `by` may not. Locks it."""
    tag = _locked(tag, by)
    rows = PersonTag.objects.filter(tag=tag, person__in=[person.pk for person in people], taken_at=None)
    return rows.update(taken_at=timezone.now(), taken_by=by.person)


def _locked(tag: Tag, by: User) -> Tag:
    row = Tag.objects.select_for_update(of=("self",)).select_related("programme").get(pk=tag.pk)
    rules.can_tag(by, row.programme).insist()
    return row


def _checked(name: str) -> str:
    name = clean_line(name)
    if not name:
        raise ActionError(_("Enter a name."), field="name")
    return name
