"""Claims and budget of a programme with very many claims, and of a small one beside it, next to their bare queries."""

import contextlib
import time

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from payments.models import Claim
from programmes.models import Membership, Programme, Role
from wellbeing import seeding

from .pages import measured

SMALL = 60
# Queries that a page makes only where something on it is so.
IF_ANY = 4


def measure(claims):
    """Seed a programme with `claims` claims and a small one; print a line for each page about their money.

    Return whether none takes more queries for many than for some.
    """
    today = timezone.localdate()
    began = time.perf_counter()
    # A database that is kept has its rows already, and they stay.
    with contextlib.suppress(seeding.AlreadyThereError):
        seeding.make(seeding.Plan(people=claims // 2, events=200, claims=claims, seed=21, today=today))
        print(f"\nSeeded {claims:,} claims in {time.perf_counter() - began:.0f} s", flush=True)
    with contextlib.suppress(seeding.AlreadyThereError):
        seeding.make(seeding.Plan(people=30, events=12, claims=SMALL, seed=22, today=today))
    large, small = Programme.objects.get(slug="seeded-21"), Programme.objects.get(slug="seeded-22")
    print(f"Money of {claims:,} claims, beside that of {SMALL}")
    print(f"{'page':44}{'queries':>9}{'small':>7}{'ms':>9}{'bare ms':>9}{'small ms':>10}")
    held = True
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
        rows = [_measured(programme, view, query, role) for programme in (large, small)]
        first, second = rows
        held = held and first.queries <= second.queries + IF_ANY
        print(
            f"{title:44}{first.queries:>9}{second.queries:>7}{first.ms:>9.1f}{first.bare_ms:>9.1f}{second.ms:>10.1f}",
            flush=True,
        )
    print("Queries are fixed: " + ("yes" if held else "NO"))
    return held


def _measured(programme, view, query, role):
    claims = Claim.objects.filter(programme=programme).order_by("pk").select_related("person")
    claim = claims[claims.count() // 2]
    own = {"NAME": claim.person.full_name, "REFERENCE": claim.reference}
    address = reverse(view, args=[] if view == "home" else [programme.slug])
    return measured(_client(programme, role), address, {key: own.get(value, value) for key, value in query.items()})


def _client(programme, role):
    held = Membership.objects.filter(programme=programme, role=role, person__user__isnull=False)
    user = held.select_related("person__user")[0].person.user
    assert user is not None
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client
