"""All claims of a programme as a CSV file, beside the csv module writing the same rows of one bare query."""

import csv
import io
import statistics

from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from payments.claims import queries
from payments.models import Claim
from programmes.models import Membership, Programme, Role
from wellbeing import seeding

from .clock import processor_seconds

BOUND = 2
ROUNDS = 3
COLUMNS = (
    "reference",
    "person__full_name",
    "description",
    "activity_date",
    "status",
    "submitted_at",
    "pay_by",
    "time_pence",
    "expenses_pence",
    "total_pence",
)


def measure(claims):
    """Print what the list of `claims` claims takes as CSV, beside the bare one. Return whether BOUND holds.

    Counted is the processor time of this process and of its database server; of ROUNDS the middle ratio counts.
    """
    programme = _seeded(claims)
    client, user = _staff(programme)
    rows = queries.claims_of_programme(user, programme).exclude(status=Claim.Status.DRAFT, entered_by=None)
    bare = rows.order_by("-submitted_at", "-pk").values_list(*COLUMNS).query.sql_with_params()
    print(f"\nCSV of {rows.count():,} claims, beside csv.writer with the same rows of one bare query")
    _exported(client, programme)
    print(f"{'round':8}{'export s':>10}{'bare s':>9}{'ratio':>8}")
    ratios, lines = [], []
    for number in range(1, ROUNDS + 1):
        took = processor_seconds(lambda: lines.append(_exported(client, programme)))
        least = processor_seconds(lambda: lines.append(_bare(*bare)))
        ratios.append(took / least)
        print(f"{number:<8}{took:>10.2f}{least:>9.2f}{ratios[-1]:>8.2f}", flush=True)
    assert len(set(lines)) == 1, f"Not the same rows: {lines}"
    ratio = statistics.median(ratios)
    print(f"ratio {ratio:.2f} (at most {BOUND})")
    return ratio <= BOUND


def _seeded(claims):
    """Return the programme of `claims` claims, made where the database that is kept has none yet."""
    plan = seeding.Plan(people=max(30, claims // 2), events=200, claims=claims, seed=21, today=timezone.localdate())
    if not Programme.objects.filter(slug=plan.slug).exists():
        seeding.make(plan)
    return Programme.objects.get(slug=plan.slug)


def _staff(programme):
    """Return a client that is signed in as staff of `programme`, and the user."""
    held = Membership.objects.filter(programme=programme, role=Role.STAFF, person__user__isnull=False)
    user = held.select_related("person__user")[0].person.user
    assert user is not None
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client, user


def _exported(client, programme):
    """Ask for the file as a browser does, and return its lines but for the headings."""
    response = client.get(reverse("claims", args=[programme.slug]), {"export": "csv"})
    assert response.status_code == 200, response.status_code
    return sum(piece.count(b"\r\n") for piece in response.streaming_content) - 1


def _bare(sql, parameters):
    """Write the rows of a query as they come, and return how many there were."""
    out, count = io.StringIO(), 0
    writer = csv.writer(out)
    with transaction.atomic(), connection.connection.cursor(name="bare") as cursor:
        cursor.itersize = 2000
        cursor.execute(sql, parameters)
        for row in cursor:
            writer.writerow(row)
            count += 1
    assert out.tell()
    return count
