"""The dashboard of a big group: little more than the time of the queries it needs."""

import datetime as dt
import time
from copy import deepcopy

import psutil
import pytest
from django.db import connection
from django.db.models.sql.compiler import SQLCompiler
from django.db.models.sql.constants import MULTI

from programmes.dashboard.page import parts_for
from programmes.models import ActionPoint, Contribution, Decision, Position, Version
from tests import factories as make

ROUNDS = 20


@pytest.fixture
def big(board, today):
    """40 members, 300 decisions over five years with a view of each member, an action each, and what was said."""
    group, rules = board.group, make.some_rules(board.group, days_ago=1900)
    terms = list(group.terms.all())
    terms += [make.a_seat(group, starts_on=today - dt.timedelta(days=1900)) for _each in range(40 - len(terms))]
    days = [today - dt.timedelta(days=number * 6) for number in range(300)]
    decisions = Decision.objects.bulk_create(
        Decision(
            programme=board.programme,
            group=group,
            rules=rules,
            title=f"Proposal {number}",
            method="gradient",
            opened_on=day,
            closes_on=day + dt.timedelta(days=14),
            deciding_from=day,
            proposed_by=board.pat.person,
        )
        for number, day in enumerate(days)
    )
    versions = Version.objects.bulk_create(
        Version(decision=decision, number=1, wording="Invented.", written_by=board.pat.person) for decision in decisions
    )
    Position.objects.bulk_create(
        Position(
            decision_id=version.decision_id,
            version=version,
            person_id=term.person_id,
            member_id=term.person_id,
            seat=term.seat,
            stance="dislike" if number % 7 == 0 else "minor",
        )
        for version in versions
        for number, term in enumerate(terms)
    )
    for number, decision in enumerate(decisions):
        if number > 11:
            Decision.objects.filter(pk=decision.pk).update(
                status="decided",
                outcome="agreed",
                outcome_reason="x",
                decided_on=decision.closes_on,
                recorded_by=board.pat.person,
                review_on=today + dt.timedelta(days=number - 100),
            )
    ActionPoint.objects.bulk_create(
        ActionPoint(
            group=group,
            decision=decision,
            title="Do it",
            owner=board.lena.person,
            due_on=decision.closes_on,
            created_by=board.pat.person,
            status="open" if number < 40 else "done",
            closed_on=None if number < 40 else today,
        )
        for number, decision in enumerate(decisions)
    )
    Contribution.objects.bulk_create(
        Contribution(
            programme=board.programme,
            theme=f"Theme {number}",
            way="meeting",
            said_on=days[number],
            recorded_by=board.staff.person,
        )
        for number in range(300)
    )
    return board


def test_it_takes_less_than_twice_the_time_of_its_bare_queries(big, today, monkeypatch):
    """Bare: the same statements put to the database by Django, with nothing made of the rows that come back.

    Each is put together anew from a query nobody has used before, as on the page: Django keeps in a query what it has
    worked out for it. A statement the page writes as SQL is sent as it is.
    """
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("SELECT pg_backend_pid()")
        server = psutil.Process(cursor.fetchone()[0])

    def clock():
        """The processor time of this process and of its database server: other work does not count."""
        return time.process_time() + sum(server.cpu_times()[:2])

    def shown():
        return [part.bars for part in parts_for(big.lotte, big.programme, today)]

    asked = statements_of(shown, monkeypatch)
    assert len(asked) > 15
    took = needed = 0.0
    # Turn by turn, so that both have the same share of whatever slows the machine down.
    for _round in range(ROUNDS):
        fresh = deepcopy(asked)
        began = clock()
        put(fresh)
        needed += clock() - began
        began = clock()
        shown()
        took += clock() - began
    assert took < 2 * needed, f"{took:.3f} s, and its queries {needed:.3f} s"


def statements_of(work, monkeypatch):
    """Return what `work` asks the database: (query, kind of result) of Django, and (SQL, params) of its own."""
    asked, by_django = [], []
    execute = SQLCompiler.execute_sql

    def remembered(self, result_type=MULTI, *more, **options):
        asked.append((deepcopy(self.query), result_type))
        by_django.append(True)
        try:
            return execute(self, result_type, *more, **options)
        finally:
            by_django.pop()

    def sent(send, sql, params, many, context):
        if not by_django:
            asked.append((sql, params))
        return send(sql, params, many, context)

    work()
    with monkeypatch.context() as patched, connection.execute_wrapper(sent):
        patched.setattr(SQLCompiler, "execute_sql", remembered)
        work()
    return asked


def put(statements):
    for query, more in statements:
        if isinstance(query, str):
            with connection.cursor() as cursor:
                cursor.execute(query, more)
                cursor.fetchall()
        else:
            rows = query.get_compiler("default").execute_sql(more)
            if more == MULTI:
                list(rows or ())
