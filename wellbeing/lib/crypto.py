"""Text that the database never sees in the clear, and a way to find equal values without reading them.

Keys come from `settings.FIELD_ENCRYPTION_KEYS`, the newest first: it writes, every one of them reads.
"""

import hashlib
import hmac

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models


class EncryptedTextField(models.TextField):
    """Text encrypted (AES-128-CBC with HMAC-SHA256) on its way to the database and decrypted on its way back.

    The same text is written differently each time, so nothing can be looked up by it: use `blind_index` for that.
    Reading raises cryptography.fernet.InvalidToken when none of the keys fits.
    """

    def get_prep_value(self, value):
        return None if value is None else encrypt(str(value))

    def from_db_value(self, value, expression, connection):
        return None if value is None else decrypt(value)

    def get_lookup(self, lookup_name):
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is encrypted: it cannot be looked up by {lookup_name}")
        return super().get_lookup(lookup_name)


def encrypt(text):
    """`text` encrypted with the newest key, as text; differently each time."""
    return _box().encrypt(text.encode()).decode()


def decrypt(token):
    """The text that `encrypt` made `token` of. Raises cryptography.fernet.InvalidToken when none of the keys fits."""
    return _box().decrypt(token.encode()).decode()


def blind_index(text):
    """A keyed fingerprint of `text` (64 hex digits, HMAC-SHA256 under the newest key): equal texts have equal ones."""
    return _fingerprint(settings.FIELD_ENCRYPTION_KEYS[0], text)


def blind_indexes(text):
    """The fingerprints of `text` under every key, to look it up among rows a change of keys has not reached yet."""
    return [_fingerprint(key, text) for key in settings.FIELD_ENCRYPTION_KEYS]


def _box():
    return MultiFernet([Fernet(key) for key in settings.FIELD_ENCRYPTION_KEYS])


def _fingerprint(key, text):
    # A key of its own, derived, so that a fingerprint never tells anything about the key that encrypts.
    own = hmac.digest(key.encode(), b"blind index", hashlib.sha256)
    return hmac.new(own, text.encode(), hashlib.sha256).hexdigest()
