"""`manage.py rotate_keys`: writes every encrypted value anew with the newest key, so that an old key can go.

Encrypted fields of any model, the secrets of second steps, which lie inside a field of allauth's, and the keys under
which answers about fairness are kept.
"""

import pgtrigger
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models import CharField

from people.accounts import second_steps
from people.monitoring.renewing import renew_keys
from wellbeing.lib.crypto import EncryptedTextField

CHUNK = 200


class Command(BaseCommand):
    help = "Encrypts every encrypted field again with the first key of FIELD_ENCRYPTION_KEYS."

    def handle(self, **options):
        for model in apps.get_models():
            names = [field.name for field in model._meta.fields if isinstance(field, EncryptedTextField)]
            if names:
                count = rotate(model, names)
                self.stdout.write(f"{model._meta.label}: {count} rows encrypted again")
        self.stdout.write(f"{Authenticator._meta.label}: {second_steps.encrypt_again()} rows encrypted again")
        self.stdout.write(f"people.MonitoringAnswer: {renew_keys()} keys made again")


def rotate(model, names):
    """Write the encrypted fields `names` of every row of `model` again. Return how many rows. Safe to run twice.

    A model with a fingerprint of its secrets names it in `fingerprints`: {field: fn(row) -> value}.
    """
    fingerprints = getattr(model, "fingerprints", {})
    # The guards of these rows (a signed run is frozen) stand aside: the facts stay, only their wrapping changes.
    guards = [trigger.get_uri(model) for owner, trigger in pgtrigger.registered() if owner is model]
    # Text keys (of sessions) start after the empty text.
    last, done = "" if isinstance(model._meta.pk, CharField) else 0, 0
    while True:
        with transaction.atomic(), pgtrigger.ignore(*guards):
            rows = list(model._base_manager.select_for_update().filter(pk__gt=last).order_by("pk")[:CHUNK])
            if not rows:
                return done
            for row in rows:
                for field, fingerprint in fingerprints.items():
                    setattr(row, field, fingerprint(row))
            model._base_manager.bulk_update(rows, [*names, *fingerprints])
            last, done = rows[-1].pk, done + len(rows)
