"""Answer what people agreed to. No answer is no consent."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q

from people.consent.models import Consent, Purpose
from people.directory.models import Person
from wellbeing.lib.types import PersonId


def answers_of(person: Person) -> dict[str, Consent]:
    """Return the answer of `person` that counts for each purpose, by purpose."""
    rows = Consent.objects.filter(person=person).last_answers().select_related("noted_by", "wording")
    return {row.purpose: row for row in rows}


def earlier_answers_of(person: Person) -> list[Consent]:
    """Return every answer of `person`, the latest first."""
    return list(Consent.objects.filter(person=person).select_related("noted_by", "wording").order_by("-pk"))


def have_agreed(people: Iterable[PersonId], purpose: Purpose) -> set[PersonId]:
    """Return those of `people` whose last answer for `purpose` is yes."""
    rows = Consent.objects.filter(person__in=list(people), purpose=purpose).last_answers()
    return {row.person_id for row in rows if row.agreed}


def last_answer(person: Person, purpose: Purpose) -> bool | None:
    """Return the last answer of `person`, whose consents were prefetched, for `purpose`; None where there is none."""
    return next((row.agreed for row in person.consents.all() if row.purpose == purpose), None)


def agreed_to(purpose: Purpose) -> Q:
    """Return a Q over Person: those whose last answer for `purpose` is yes."""
    later = Consent.objects.filter(person=OuterRef("person"), purpose=purpose, pk__gt=OuterRef("pk"))
    return Q(Exists(Consent.objects.filter(~Exists(later), person=OuterRef("pk"), purpose=purpose, agreed=True)))
