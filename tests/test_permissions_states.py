"""Every address × people in between: added and not joined, former, with a claim alone; and forms filled as for real.

Added to a programme without having said yes, or no longer in it, somebody gets what a stranger gets. Nothing that
somebody without the right posts, however well filled, writes a row.
"""

import datetime as dt
from typing import Any

import pytest
from django import forms
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from payments.models import Claim
from programmes.models import Joining, Membership, Role, Term
from tests import factories as make
from tests.helpers.proof import prove
from tests.permissions import TABLE, VISITORS, rows
from tests.world import World

# Where somebody in between gets more than a stranger, as what is shown there is theirs.
THEIR_OWN = {
    "claimant": {"your_recognition"},
    # What they did while they were in it they may still claim, within the time the policy gives.
    "former lived_experience": {
        "claim_new",
        "claim_new_activity",
        "claim_new_day",
        "claim_new_hours",
        "claim_new_what",
    },
}
# Rows that a page may write for anybody: their own session, and what they say of it.
WRITES_OF_ANYBODY = ("people_session", "django_session", "payments_formdraft")


@pytest.fixture(scope="module")
def _states(django_db_setup, django_db_blocker):
    """One world for all of these tests, taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield a_world_with_people_in_between()
        transaction.set_rollback(True)


@pytest.fixture
def states(_states, db, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    settings.REDIS_PREFIX = "nobody"
    return _states


def a_world_with_people_in_between():
    world = World()
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    added = make.a_user("Adda Notyet")
    record = make.of_programme(world.a, make.a_person("As Typed", email=added.email))
    make.a_membership(world.a, record, Role.STAFF)
    make.a_membership(world.a, record, Role.FINANCE)
    Term.objects.create(
        group=make.a_steering_group(world.a), person=record, seat="staff", starts_on=yesterday - dt.timedelta(days=9)
    )
    Joining.objects.filter(person=record).update(asked_by=world.users["staff"].person)
    world.users["added"] = added
    for role in (Role.STAFF, Role.FINANCE, Role.LIVED_EXPERIENCE, Role.STEERING):
        user = make.with_role(world.a, role, f"Forma {role.label}")
        Membership.objects.filter(person=user.person).update(ends_on=yesterday)
        Term.objects.filter(person=user.person).update(ends_on=yesterday)
        world.users[f"former {role}"] = user
    claimant = make.a_user("Clara Claimant")
    world.claims_own = make.a_claim(world.a, claimant.person, Claim.Status.SUBMITTED)
    world.users["claimant"] = claimant
    for visitor in IN_BETWEEN:
        world.clients[visitor] = world.client_of(visitor)
    for visitor, client in world.clients.items():
        if world.users[visitor]:
            prove(client, world.users[visitor])
    return world


IN_BETWEEN = ["added", *(f"former {role}" for role in Role.values), "claimant"]


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("visitor", IN_BETWEEN)
def test_somebody_in_between_gets_what_a_stranger_gets_at_every_address(states, visitor, method):
    wrong = []
    for name, asked, *statuses in rows(TABLE):
        if asked != method:
            continue
        stranger = statuses[VISITORS.index("none")]
        [answer] = states.statuses(states.address(name), method, [visitor])
        if answer != stranger and name not in THEIR_OWN.get(visitor, ()):
            wrong.append(f"{name} {method}: {answer}, a stranger gets {stranger}")
    assert not wrong, "\n".join(wrong)


def test_somebody_with_a_claim_alone_sees_it_and_decides_nothing_about_it(states):
    own = states.claims_own
    client = states.clients["claimant"]
    assert client.get(own.get_absolute_url()).status_code == 200
    for step in ("approve", "decide", "decline", "return", "note", "budget", "over-budget"):
        with transaction.atomic():
            answer = client.post(f"{own.get_absolute_url()}{step}/", {"reason": "x", "body": "x"})
            transaction.set_rollback(True)
        assert answer.status_code in {403, 404}, step
    own.refresh_from_db()
    assert own.status == Claim.Status.SUBMITTED


@pytest.mark.parametrize("role", [Role.STAFF, Role.FINANCE])
def test_somebody_with_a_role_and_a_claim_of_their_own_decides_nothing_about_it(states, role):
    user = states.users[role.value]
    claim = make.a_claim(states.a, user.person, Claim.Status.SUBMITTED)
    client = states.clients[role.value]
    for step in ("approve", "decide", "decline", "return", "note", "budget", "over-budget"):
        with transaction.atomic():
            client.post(
                f"{claim.get_absolute_url()}{step}/", {"reason": "x", "body": "x", "line": states.budget_line.pk}
            )
            now = Claim.objects.get(pk=claim.pk)
            notes = now.staff_notes.count()
            transaction.set_rollback(True)
        assert (now.status, now.budget_line, notes) == (Claim.Status.SUBMITTED, claim.budget_line, 0), step


def filled(form):
    """Return what a browser would post of `form` when somebody fills in every box as asked."""
    data: dict[str, Any] = {}
    for name, field in form.fields.items():
        value = form[name].value()
        key = form.add_prefix(name)
        if isinstance(field, forms.FileField):
            continue
        if isinstance(field.widget, forms.MultiWidget):
            parts = field.widget.decompress(value or timezone.localdate())
            data |= {f"{key}{suffix}": part for suffix, part in zip(field.widget.widgets_names, parts, strict=True)}
        elif isinstance(field, forms.BooleanField):
            data[key] = "on"
        elif choices := [str(each) for each, _label in getattr(field, "choices", ()) if each not in {"", None}]:
            data[key] = value or ([choices[0]] if isinstance(field, forms.MultipleChoiceField) else choices[0])
        elif isinstance(field, forms.EmailField):
            data[key] = value or "filled@example.org"
        elif isinstance(field, (forms.IntegerField, forms.DecimalField)):
            data[key] = value or 1
        else:
            data[key] = value or "Filled in as asked"
    return data


def writes(states, visitor, address, data):
    """The tables that a POST of `data` by `visitor` to `address` writes to, taken back afterwards, and its status."""
    client = states.clients[visitor]
    with states.standing_still(), transaction.atomic(), CaptureQueriesContext(connection) as asked:
        response = client.post(address, data)
        transaction.set_rollback(True)
    found = set()
    for query in asked.captured_queries:
        verb, *words = query["sql"].split()
        if verb in {"INSERT", "UPDATE", "DELETE"}:
            found.add(next(word for word in words if word.startswith('"')).strip('"'))
    return response.status_code, {table for table in found if table not in WRITES_OF_ANYBODY}


def test_a_form_filled_as_asked_writes_nothing_for_anybody_without_the_right(states):
    wrong, tried = [], 0
    for name, method, *statuses in rows(TABLE):
        by_visitor = dict(zip(VISITORS, statuses, strict=True))
        right = next((visitor for visitor in VISITORS if method == "POST" and by_visitor[visitor] == "200"), None)
        refused = [visitor for visitor in VISITORS if by_visitor[visitor] in {"403", "404", "in"}]
        if right is None or not refused:
            continue
        address = states.address(name)
        page = states.clients[right].get(address)
        form = page.context.get("form") if page.context else None
        if not isinstance(form, forms.BaseForm):
            continue
        data, tried = filled(form), tried + 1
        for visitor in (*refused, *(IN_BETWEEN if "none" in refused else ())):
            if name in THEIR_OWN.get(visitor, ()):
                continue
            status, tables = writes(states, visitor, address, data)
            if tables or status not in {302, 403, 404}:
                wrong.append(f"{name} by {visitor}: {status}, wrote to {', '.join(sorted(tables))}")
    assert not wrong, "\n".join(wrong)
    assert tried > 30
