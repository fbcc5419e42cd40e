"""`manage.py seed`: a large invented programme, for trying the pages and the workers at size."""

import datetime as dt
import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from wellbeing import seeding


class Command(BaseCommand):
    help = (
        "Adds one large programme of invented people, events and claims. The same --seed gives the same rows on the "
        "same day. Where that seed's programme is there already, nothing is changed. Never in production."
    )

    def add_arguments(self, parser):
        parser.add_argument("--people", type=int, default=1000, help="people with lived experience (1000)")
        parser.add_argument("--events", type=int, default=50, help="events, most of them past (50)")
        parser.add_argument("--claims", type=int, default=2000, help="claims, in every status (2000)")
        parser.add_argument("--seed", type=int, default=1, help="which programme: another number adds another (1)")
        parser.add_argument(
            "--today",
            type=dt.date.fromisoformat,
            default=None,
            metavar="YYYY-MM-DD",
            help="the day the rows are laid around, when it is not to be today",
        )

    def handle(self, *, people, events, claims, seed, today, **options):
        if settings.PRODUCTION:
            raise CommandError("This is production. Invented people do not belong beside real ones.")
        started = time.monotonic()
        try:
            plan = seeding.Plan(
                people=people, events=events, claims=claims, seed=seed, today=today or timezone.localdate()
            )
            counts = seeding.make(plan)
        except seeding.AlreadyThereError as there:
            self.stdout.write(str(there))
            return
        except ValueError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{plan.name} ({plan.slug})")
        for what, count in counts.items():
            self.stdout.write(f"  {count:>9,}  {what}")
        self.stdout.write(f"  {time.monotonic() - started:>9.1f}  seconds")
