"""No page of a small programme reads many rows of a large table, however much a neighbour has.

As `auto_explain` would, in the database that the pages were drawn from: each query is explained as it runs, and one
that goes through more rows than ROWS of one table fails with its plan.
"""

import datetime as dt
import json

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from events.models import Event
from payments.models import Claim, PaymentRun
from people.models import Person
from programmes.models import Membership, Programme, Role
from tests.addresses import addresses, ours
from tests.helpers.client import with_second_factor
from wellbeing import seeding

ROWS = 5_000
SCANS = {"Seq Scan", "Index Scan", "Index Only Scan", "Bitmap Heap Scan", "Tid Scan", "Parallel Seq Scan"}
# A table of this size is sometimes read as a whole because that is quick, where one of a million rows would not be: the
# planner is told to do so only where no index helps.
AS_IF_LARGE = (
    "enable_seqscan = off",
    "enable_mergejoin = off",
    "enable_hashjoin = off",
    "random_page_cost = 1.1",
    "jit = off",
)
# It counts the work that waits of all programmes, and gives itself little time for it.
LEFT_OUT = {"readyz"}


def rows_read(plan):
    """Yield (table, rows read) of each scan in a plan; those that a filter threw away count."""
    if plan["Node Type"] in SCANS:
        each = (
            plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0) + plan.get("Rows Removed by Index Recheck", 0)
        )
        yield plan["Relation Name"], each * plan["Actual Loops"]
    for inner in plan.get("Plans", ()):
        yield from rows_read(inner)


def explain(statement):
    """Return the plan of a statement that was sent, with the rows it really read."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("; ".join(f"SET LOCAL {setting}" for setting in AS_IF_LARGE))
        cursor.cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {statement}")
        (plan,) = cursor.cursor.fetchone()
    return (json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]


def shown(statement):
    """Return a statement without the columns it asks for."""
    return statement[statement.find(" FROM ") :]


def addresses_to_look_at(programme):
    """Return the addresses of pages that need no key, the programme's slug, or the key of one of its rows."""
    person = Person.objects.filter(memberships__programme=programme, memberships__role=Role.LIVED_EXPERIENCE)[0]
    rows = {
        "event": Event.objects.filter(programme=programme)[0].pk,
        "claim": Claim.objects.filter(programme=programme)[0].pk,
        "person": person.pk,
        "run": PaymentRun.objects.filter(programme=programme)[0].pk,
    }
    own = set(ours())
    found = set()
    for name, pattern in addresses():
        if name not in own or name in LEFT_OUT:
            continue
        takes = list(pattern.pattern.converters)
        if not takes:
            found.add(reverse(name))
        elif takes == ["slug"]:
            found.add(reverse(name, args=[programme.slug]))
        elif len(takes) == 1 and (key := rows.get(name.split("_")[0])):
            try:
                found.add(reverse(name, args=[key]))
            except NoReverseMatch:
                continue
    return sorted(found)


@pytest.fixture
def programme(db):
    """A programme of thirty people beside one of thousands, and some of nobody but a colleague."""
    today = dt.date(2026, 11, 23)
    seeding.make(seeding.Plan(people=6_000, events=6, claims=6_000, seed=1, today=today))
    seeding.make(seeding.Plan(people=30, events=12, claims=60, seed=2, today=today))
    small = Programme.objects.get(slug="seeded-2")
    with_more_programmes(small, today)
    return small


def with_more_programmes(like, today):
    """Make 40 programmes like `like`: the database expects of each what all hold on average."""
    columns = {field.name: getattr(like, field.name) for field in Programme._meta.concrete_fields}
    del columns["id"]
    others = Programme.objects.bulk_create(
        Programme(
            **columns
            | {"name": f"Other {n}", "slug": f"other-{n}", "short_code": f"O{chr(65 + n // 26)}{chr(65 + n % 26)}"}
        )
        for n in range(40)
    )
    colleague = Membership.objects.filter(programme=like, role=Role.STAFF)[0]
    Membership.objects.bulk_create(
        Membership(person=colleague.person, programme=each, role=Role.LIVED_EXPERIENCE, starts_on=today)
        for each in others
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def readers(programme):
    """Return a colleague of each role with an account, and a person with lived experience."""
    found = {}
    for role in (Role.STAFF, Role.FINANCE):
        found[role] = Membership.objects.filter(programme=programme, role=role)[0].person.user
    return found


def test_no_page_of_a_small_programme_reads_the_rows_of_a_large_one(programme):
    looked, explained, failures = 0, {}, []
    for role, user in readers(programme).items():
        client = with_second_factor(user)
        for address in addresses_to_look_at(programme):
            with CaptureQueriesContext(connection) as captured:
                response = client.get(address)
            if response.status_code != 200 or response.streaming:
                continue
            looked += 1
            for query in captured.captured_queries:
                statement = query["sql"]
                if not statement.lstrip("(").startswith("SELECT") or statement in explained:
                    continue
                explained[statement] = plan = explain(statement)
                failures += [
                    f"{address} as {role} reads {rows:,.0f} rows of {table}:\n{shown(statement)}\n{json.dumps(plan)}"
                    for table, rows in rows_read(plan)
                    if rows > ROWS
                ]
    assert looked > 100
    assert len(explained) > 1000
    assert not failures, f"{len(failures)} queries\n\n" + "\n\n".join(failures)
