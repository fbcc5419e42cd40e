"""`manage.py verify_decisions`: checks the record of every decision against its seal. Changes nothing."""

from django.core.management.base import BaseCommand, CommandError

from programmes.decisions import sealing
from programmes.models import Decision, Group


class Command(BaseCommand):
    help = "Checks that no decision, view, objection, answer or interest has changed or vanished since it was sealed."

    def handle(self, **options):
        wrong = 0
        for group in Group.objects.filter(seals__isnull=False).distinct().select_related("programme").order_by("pk"):
            found = sealing.of_group(group)
            faults = sealing.faults_of(found)
            self.stdout.write(f"{group.programme}, {group}: {len(found)} sealed, {len(faults)} wrong")
            for seal, fault in faults:
                self.stdout.write(f"  number {seal.number}, {seal.decision}: {sealing.FAULTS[fault]}")
            wrong += len(faults)
        made = Decision.objects.filter(status__in=[*Decision.MADE, Decision.Status.DEFERRED], seal=None).count()
        if made:
            self.stdout.write(f"{made} decided and not sealed. Those of before seals existed are sealed every night.")
        if wrong:
            raise CommandError(f"{wrong} seals do not fit. Compare with a backup, and with the seals people were sent.")
        self.stdout.write("Every record is as it was sealed.")
