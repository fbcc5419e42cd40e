"""The rows that are fuzzed, and who visits them.

The demo has rows of every kind as people leave them. Beside it stand two programmes that nobody of the demo has a role
in, one of them with a row behind every address. What is personal in it holds MARK, which no visitor of the demo may
ever read.
"""

import io
from dataclasses import dataclass

from django.apps import apps
from django.core.management import call_command
from django.db import Error, models, transaction
from django.test import Client

from payments.models import Claim
from programmes.models import Programme
from tests.addresses import ours
from tests.helpers.proof import prove
from tests.world import World
from wellbeing.demo.roles import demo_roles
from wellbeing.field_classes import FIELD_CLASSES, NEUTRAL

MARK = "qzxvmark"
AT_HOME = {"owner", "steer", "staff", "finance", "admin"}
# Means to come in: the visitors need them as they are.
KEEPS = {"password", "key", "link_key", "read_key"}


@dataclass
class Visitor:
    """Somebody who visits: what they are called here, and their browser's cookies.

    `at_home`: they have a role in the programme with a row behind every address. `stranger`: they may never read MARK.
    """

    name: str
    cookies: object
    at_home: bool
    stranger: bool


def _demo_visitor(role):
    user = apps.get_model("people", "User").objects.get(email=role.email)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    prove(client, user)
    return client.cookies


class Scene:
    """The demo, the programmes beside it, and everybody who visits."""

    def __init__(self):
        call_command("load_demo", skip_checks=True, stdout=io.StringIO())
        before = {model: _last_key(model) for model in _our_models()}
        self.world = World()
        # The tests' world is made row by row, and no action has moved the claims of its runs.
        in_runs = Claim.objects.filter(status=Claim.Status.APPROVED, payment_items__live=True)
        Claim.objects.filter(pk__in=in_runs.values("pk")).update(status=Claim.Status.IN_RUN)
        self.marked = _mark(before)
        self.visitors = [
            Visitor(f"demo: {role.label}", _demo_visitor(role), False, "Administrator" not in str(role.label))
            for role in demo_roles()
        ]
        self.visitors += [
            Visitor(f"beside: {name}", client.cookies, name in AT_HOME, name == "out")
            for name, client in self.world.clients.items()
        ]
        self.keys = sorted({key for model in _our_models() for key in _some_keys(model)})

        self.slugs = sorted(Programme.objects.values_list("slug", flat=True))
        self._addresses = {name: self.world.address(name) for name in sorted(set(ours()))}

    def addresses(self):
        """Return the address of a row of the programme beside, by the name of each of this project's pages."""
        return self._addresses


def _our_models():
    return [
        model
        for model in apps.get_models()
        if model._meta.label in FIELD_CLASSES and isinstance(model._meta.pk, models.AutoField)
    ]


def _last_key(model):
    return model._base_manager.aggregate(last=models.Max("pk"))["last"] or 0


def _some_keys(model):
    keys = model._base_manager.order_by("pk").values_list("pk", flat=True)
    return [*keys[:2], *keys.reverse()[:1]]


def _mark(before):
    """Write MARK into each personal text of the rows made since `before`. Return how many fields took it."""
    marked = 0
    for model, last in before.items():
        classes = FIELD_CLASSES[model._meta.label]
        for field in model._meta.concrete_fields:
            if classes.get(field.name, NEUTRAL) == NEUTRAL or field.choices or field.name in KEEPS:
                continue
            if isinstance(field, models.CharField | models.TextField | models.BinaryField):
                marked += _mark_field(model, last, field)
    return marked


def _mark_field(model, last, field):
    """Write MARK into `field` of rows after `last`, where the database takes it. Return 1 where it did."""
    took = 0
    for pk, value in model._base_manager.filter(pk__gt=last).values_list("pk", field.name):
        if not isinstance(value, str) or not value or value.isdigit():
            continue
        new = value.replace("@", f".{MARK}@", 1) if "@" in value else f"{value[:60]} {MARK}"
        try:
            with transaction.atomic():
                took |= model._base_manager.filter(pk=pk).update(**{field.name: new})
        except (Error, ValueError):
            # A table that is only added to, or a value of a fixed form.
            break
    return took
