"""Answer questions about imports: what names mean in a programme, who is there, and what rows came to."""

import datetime as dt
from collections import Counter

from django.db.models import Count, F, Max, Q, QuerySet
from django.utils import timezone

from people.models import Organisation, Person
from programmes.importing.calculations.cells import Choices
from programmes.importing.models import ImportRow, ImportStatus, PeopleImport, RememberedColumn, RowStatus
from programmes.programme.models.groups import Group, Term
from programmes.programme.models.joining import Joining
from programmes.programme.models.programmes import Membership, Programme
from wellbeing.lib.names import name_key
from wellbeing.lib.types import PersonId


def choices_of(people_import: PeopleImport) -> Choices:
    """Return what names in the cells of an import can mean: partners and groups of its programme alone."""
    programme = people_import.programme
    partners = Organisation.objects.filter(partnerships__programme=programme)
    return Choices(
        organisations={name_key(name): pk for pk, name in partners.values_list("pk", "name")},
        groups={name_key(name): pk for pk, name in Group.objects.filter(programme=programme).values_list("pk", "name")},
        role=people_import.role,
        group=people_import.group_id,
        seat=people_import.seat,
        starts_on=people_import.starts_on,
        last_day=programme.ends_on,
    )


def stamp_of(programme: Programme) -> str:
    """Return what changes whenever somebody or something comes into the programme that a check looks at."""
    pk = programme.pk
    joinings = Joining.objects.filter(programme=pk).aggregate(
        newest=Max("pk"), number=Count("pk"), answered=Count("pk", filter=~Q(answer=""))
    )
    newest = [
        Membership.objects.filter(programme=pk).aggregate(newest=Max("pk"))["newest"],
        Term.objects.filter(group__programme=pk).aggregate(newest=Max("pk"))["newest"],
    ]
    numbers = [Group.objects.filter(programme=pk).count(), programme.partnerships.count()]
    return ".".join(str(value or 0) for value in (*joinings.values(), *newest, *numbers))


def said_no_at(programme: Programme) -> frozenset[str]:
    """Return the addresses at which the programme was told no before."""
    rows = Joining.objects.filter(programme=programme, answer=Joining.Answer.NO).exclude(address="")
    return frozenset(rows.values_list("address", flat=True))


def brought_by_name_alone(programme: Programme) -> dict[str, PersonId]:
    """Return by the key of their name the people of earlier imports of whom the file said nothing else."""
    rows = ImportRow.objects.filter(
        people_import__programme=programme,
        person__isnull=False,
        status__in=[RowStatus.ADDED, RowStatus.HERE],
        details__email="",
        details__phone="",
        details__postal_address="",
    )
    people = rows.filter(people_import__status=ImportStatus.DONE).values_list("details__full_name", "person")
    return {name_key(name): pk for name, pk in people}


def remembered(programme: Programme) -> dict[str, str]:
    """Return what columns of the programme were for before, by the key of their heading."""
    return dict(RememberedColumn.objects.filter(programme=programme).values_list("heading", "target"))


def counts_of(people_import: PeopleImport) -> Counter[str]:
    """Return how many rows there are of each status."""
    rows = people_import.rows.order_by().values_list("status").annotate(number=Count("pk"))
    return Counter(dict(rows))


def same_file(people_import: PeopleImport) -> PeopleImport | None:
    """Return an import of the same file in the programme of which people were brought in, or None."""
    return (
        PeopleImport.objects.filter(
            programme=people_import.programme_id, sha256=people_import.sha256, status=ImportStatus.DONE
        )
        .exclude(pk=people_import.pk)
        .first()
    )


def to_clear(on: dt.date) -> list[PeopleImport]:
    """Return the imports whose time is over on the day `on`, and whose file and rows are still there."""
    waiting = PeopleImport.objects.filter(cleared_at=None).select_related("rule").exclude(status=ImportStatus.DISCARDED)
    return [one for one in waiting if _last_day(one) < on]


def _last_day(people_import: PeopleImport) -> dt.date:
    sent = timezone.localtime(people_import.sent_at).date() + dt.timedelta(days=people_import.rule.keep_days)
    return people_import.undo_until or sent


def to_welcome(people_import: PeopleImport) -> QuerySet[ImportRow]:
    """Return the rows whose people were brought in, have not been told, and have not answered by themselves."""
    rows = people_import.rows.filter(status=RowStatus.ADDED, welcomed_at=None, person__isnull=False)
    return rows.filter(
        person__joining__programme=F("people_import__programme"), person__joining__answer="", person__user=None
    )


def ways_to_welcome(people_import: PeopleImport) -> list[tuple[str, int]]:
    """Return how many of those to welcome are told in which way, in words, the most first."""
    rows = to_welcome(people_import).order_by().values_list("person__channel").annotate(number=Count("pk"))
    labels = dict(Person.Channel.choices)
    return sorted(((str(labels[way]), number) for way, number in rows), key=lambda pair: -pair[1])
