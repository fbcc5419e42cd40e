"""Keep the secrets of the second step encrypted in the database, under the keys of bank details.

allauth keeps them in `Authenticator.data`. Passkeys hold no secret of ours.
"""

from allauth.mfa.models import Authenticator
from django.db import transaction

from wellbeing.lib import crypto

# By type: the names in `data` that hold a secret, or a list of secrets.
SECRETS = {
    Authenticator.Type.TOTP.value: ("secret",),
    Authenticator.Type.RECOVERY_CODES.value: ("seed", "migrated_codes"),
}
CHUNK = 200


def rewrite(model, change):
    """Replace every secret of every row of `model` by `change(secret)`. Return how many rows.

    `model` is Authenticator, or a migration's. Locks the rows in chunks of 200.
    """
    last = done = 0
    while True:
        with transaction.atomic():
            later_rows = model.objects.select_for_update().filter(pk__gt=last, type__in=SECRETS).order_by("pk")
            rows = list(later_rows[:CHUNK])
            if not rows:
                return done
            for row in rows:
                for name in SECRETS[row.type]:
                    if name in row.data:
                        kept = row.data[name]
                        row.data[name] = [change(one) for one in kept] if isinstance(kept, list) else change(kept)
            model.objects.bulk_update(rows, ["data"])
            last, done = rows[-1].pk, done + len(rows)


def encrypt_again():
    """Write every secret anew with the newest key. Return how many rows. Safe to run twice."""
    return rewrite(Authenticator, lambda secret: crypto.encrypt(crypto.decrypt(secret)))
