"""The history of a person in the programmes of a reader: roles, seats, tags and areas, and by whom."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from people.directory.models import Person
from people.home.history import made_by, rows_of
from people.registry import HistoryLine
from programmes.directory.models import PersonTag, Tag
from programmes.programme.models.groups import Group, Term
from programmes.programme.models.programmes import Membership, Role
from programmes.programme.queries import programmes_of_work
from wellbeing.lib.dates import short_date
from wellbeing.lib.types import User


def history_of_person(user: User, person: Person) -> Iterator[HistoryLine]:
    """Return what changed about `person` in programmes whose staff `user` is; in all for an administrator."""
    names = dict(programmes_of_work(user, Role.STAFF).values_list("pk", "name"))
    yield from _roles(person, names)
    yield from _seats(person, names)
    yield from _tags(person, names)


def _roles(person, programmes):
    for row in rows_of(Membership, person_id=person.pk, programme_id__in=programmes):
        facts = {"role": Role(row.role).label, "programme": programmes[row.programme_id]}
        yield _line(row, facts, _("Role given: %(role)s, %(programme)s"), _("Role ends: %(role)s, %(programme)s"))


def _seats(person, programmes):
    groups = dict(Group.objects.filter(programme__in=programmes).values_list("pk", "name"))
    for row in rows_of(Term, person_id=person.pk, group_id__in=groups):
        facts = {"group": groups[row.group_id]}
        yield _line(row, facts, _("Seat given on %(group)s"), _("Seat on %(group)s ends"))


def _line(row, facts, given, changed):
    # A row without an end that changed came with another record of theirs: it holds on.
    if row.pgh_label == "insert" or row.ends_on is None:
        words = given % facts + _(", from %(day)s") % {"day": short_date(row.starts_on)}
    else:
        words = changed % facts + _(", last day %(day)s") % {"day": short_date(row.ends_on)}
    return HistoryLine(row.pgh_created_at, words, made_by(row))


def _tags(person, programmes):
    tags = {tag.pk: tag for tag in Tag.objects.filter(programme__in=programmes)}
    said = {
        (Tag.Kind.AREA, True): _("Put in the area %(tag)s"),
        (Tag.Kind.AREA, False): _("Taken out of the area %(tag)s"),
        (Tag.Kind.TAG, True): _("Tagged: %(tag)s"),
        (Tag.Kind.TAG, False): _("Tag taken away: %(tag)s"),
    }
    for row in rows_of(PersonTag, person_id=person.pk, tag_id__in=tags):
        tag = tags[row.tag_id]
        given = row.taken_at is None
        yield HistoryLine(row.pgh_created_at, said[(Tag.Kind(tag.kind), given)] % {"tag": tag.name}, made_by(row))
