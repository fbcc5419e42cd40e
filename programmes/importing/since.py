"""Find out what has happened with the people of an import since they were brought in."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from django.apps import apps
from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from pghistory.models import Event

from people.messages.models import Notice
from people.models import AccessNeed, Person
from people.privacy.models import Look
from programmes.importing.models import ImportRow, PeopleImport, RowStatus
from programmes.programme.models.groups import Term
from programmes.programme.models.joining import Joining
from programmes.programme.models.programmes import Membership
from wellbeing.lib.types import PersonId

# Rows that an import makes for a person: their history says whether it has changed since.
MADE: tuple[type[Model], ...] = (Joining, Membership, Term, AccessNeed)


def what_happened(people_import: PeopleImport) -> dict[PersonId, str]:
    """Return in words why each person of an import stays with whom something has happened; leave out the others.

    Of somebody who has said that this is them nothing else is looked at: their record may hold what other programmes
    know of them.
    """
    rows = people_import.rows.filter(status=RowStatus.ADDED, person__isnull=False)
    made = {person: _made(details) for person, details in rows.values_list("person", "details") if person is not None}
    reasons: dict[PersonId, dict[str, None]] = defaultdict(dict)
    for person in Person.objects.filter(pk__in=made).exclude(user=None, joined_at=None).values_list("pk", flat=True):
        reasons[person][_("They have said that this is them.")] = None
        del made[person]
    for model, field in _pointing():
        for person in (
            model._base_manager.filter(**{f"{field}__in": list(made)}).values_list(field, flat=True).distinct()
        ):
            if not (model is ImportRow and field == "person"):
                reasons[person][_sentence(model)] = None
    for person in _changed(made):
        reasons[person][_("Their record has been changed.")] = None
    return {person: " ".join(said) for person, said in reasons.items()}


def _made(details: dict) -> Counter[type[Model]]:
    """Return how many rows of each model an import made for somebody."""
    return Counter(
        {
            Person: 1,
            Joining: 1,
            Membership: 1 if details["role"] else 0,
            Term: len(details["groups"]),
            AccessNeed: len(details["needs"]),
        }
    )


def _pointing() -> Iterator[tuple[type[Model], str]]:
    """Yield every model and field of every app that points to people.

    But for history, what an import makes, and that somebody looked at what it made.
    """
    for model in apps.get_models():
        if issubclass(model, Event) or model in {*MADE, Look} or model._meta.proxy or not model._meta.managed:
            continue
        for field in model._meta.concrete_fields:
            if field.related_model is Person:
                yield model, field.name


def _sentence(model: type[Model]) -> str:
    if model is Notice:
        return _("They have been written to.")
    return _("There is by now: %(what)s.") % {"what": capfirst(str(model._meta.verbose_name))}


def _changed(made: dict[PersonId, Counter[type[Model]]]) -> Iterable[PersonId]:
    """Return the people whose record, role, seats or needs have more history than the import wrote."""
    written: dict[PersonId, Counter[type[Model]]] = defaultdict(Counter)
    tables: list[tuple[type[Model], str]] = [(Person, "pgh_obj_id"), *((model, "person_id") for model in MADE)]
    for model, field in tables:
        history = apps.get_model(model._meta.app_label, f"{model.__name__}Event")
        for person in history._base_manager.filter(**{f"{field}__in": list(made)}).values_list(field, flat=True):
            written[person][model] += 1
    return [person for person, expected in made.items() if written[person] != +expected]
