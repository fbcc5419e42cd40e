"""Keep answers under keys of the newest secret key (`manage.py rotate_keys`), and under those of one record."""

from django.db import transaction

from people.directory.models import Person
from people.monitoring.keys import keys_of
from people.monitoring.models import MonitoringAnswer, MonitoringClosed, MonitoringQuestion

BATCH = 500


def renew_keys() -> int:
    """Give answers under an older key the newest. Return how many. Safe to run twice."""
    done = 0
    questions = MonitoringQuestion.objects.known_keys()
    people = list(Person.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(people), BATCH):
        newest = {}
        for person in people[start : start + BATCH]:
            for question in questions:
                first, *older = keys_of(person, question)
                newest.update(dict.fromkeys(older, first))
        with transaction.atomic():
            rows = MonitoringAnswer.objects.select_for_update().filter(pk__in=list(newest))
            for key in list(rows.values_list("pk", flat=True)):
                done += MonitoringAnswer.objects.filter(pk=key).update(key=newest[key])
    return done


def take_over(record: Person, person: Person) -> None:
    """Let answers of `record`, which is `person`, be theirs, where they have not answered themselves.

    Called in the transaction that puts both records together.
    """
    for question in MonitoringQuestion.objects.known_keys():
        rows = MonitoringAnswer.objects.filter(pk__in=keys_of(record.pk, question))
        if MonitoringAnswer.objects.filter(pk__in=keys_of(person.pk, question)).exists():
            rows.delete()
        else:
            rows.update(key=keys_of(person.pk, question)[0])
    if MonitoringClosed.objects.filter(person=person).exists():
        MonitoringClosed.objects.filter(person=record).delete()
