"""Claims and budget of a programme with very many claims, and of a small one beside it, next to their bare queries."""

import contextlib
import time

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from payments.models import Claim
from programmes.models import Membership, Programme, Role
from wellbeing import seeding

from .pages import Table, measured

SMALL = 60
# Queries that a page makes only where something on it is so: the home page of finance has ten kinds of task.
IF_ANY = 8


def measure(claims):
    """Seed a programme with `claims` claims, a small one and an empty one; print a line for each page of their money.

    Return whether all bounds hold.
    """
    today = timezone.localdate()
    began = time.perf_counter()
    # A database that is kept has its rows already, and they stay.
    with contextlib.suppress(seeding.AlreadyThereError):
        seeding.make(seeding.Plan(people=claims // 2, events=200, claims=claims, seed=21, today=today))
        print(f"\nSeeded {claims:,} claims in {time.perf_counter() - began:.0f} s", flush=True)
    with contextlib.suppress(seeding.AlreadyThereError):
        seeding.make(seeding.Plan(people=30, events=12, claims=SMALL, seed=22, today=today))
    with contextlib.suppress(seeding.AlreadyThereError):
        seeding.make(seeding.Plan(people=1, events=1, claims=0, seed=23, today=today))
    large, small, empty = (Programme.objects.get(slug=f"seeded-{seed}") for seed in (21, 22, 23))
    table = Table(f"Money of {claims:,} claims, beside that of {SMALL}", IF_ANY)
    for title, view, query, role in (
        ("home of staff", "home", {}, Role.STAFF),
        ("home of finance", "home", {}, Role.FINANCE),
        ("programme", "programme", {}, Role.STAFF),
        ("claims", "claims", {}, Role.STAFF),
        ("claims, page 400", "claims", {"page": "400"}, Role.STAFF),
        ("claims to check", "claims", {"status": "submitted"}, Role.STAFF),
        ("claims, late", "claims", {"overdue": "yes"}, Role.STAFF),
        ("claims, searched by name", "claims", {"q": "NAME"}, Role.STAFF),
        ("claims, searched by reference", "claims", {"q": "REFERENCE"}, Role.STAFF),
        ("claims, by total", "claims", {"sort": "-total_pence"}, Role.STAFF),
        ("budget", "budget", {}, Role.FINANCE),
        ("payment runs", "payment_runs", {}, Role.FINANCE),
        ("reports", "reports", {}, Role.FINANCE),
    ):
        asked = [(programme, query) for programme in (large, small)]
        # A search that finds nothing leaves a list its filters.
        asked.append((empty, {"q": "Qwxyzv"} if view == "claims" else {}))
        table.line(title, *(_measured(programme, view, query, role) for programme, query in asked))
    return table.end()


def _measured(programme, view, query, role):
    own = _a_claim(programme) if {"NAME", "REFERENCE"} & set(query.values()) else {}
    address = reverse(view, args=[] if view == "home" else [programme.slug])
    return measured(_client(programme, role), address, {key: own.get(value, value) for key, value in query.items()})


def _a_claim(programme):
    """Return the name and the reference of a claim in the middle of those of a programme."""
    claims = Claim.objects.filter(programme=programme).order_by("pk").select_related("person")
    claim = claims[claims.count() // 2]
    return {"NAME": claim.person.full_name, "REFERENCE": claim.reference}


def _client(programme, role):
    held = Membership.objects.filter(programme=programme, role=role, person__user__isnull=False)
    user = held.select_related("person__user")[0].person.user
    assert user is not None
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client
