"""Text that the database never sees in the clear, and a way to find equal values without reading them.

Keys come from `settings.FIELD_ENCRYPTION_KEYS`, the newest first: it writes, every one of them reads.
"""

import hashlib
import hmac
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual

from .texts import Fitting, clean_line


class EncryptedTextField(Fitting, models.TextField):
    """Text on one line, of at most `max_length` characters, that is stored encrypted.

    It is encrypted (AES-128-CBC with HMAC-SHA256) on its way to the database and decrypted on its way back. The same
    text is written differently each time, so nothing can be looked up by it: use `blind_index` for that. Reading raises
    cryptography.fernet.InvalidToken when none of the keys fits.
    """

    clean_text = staticmethod(clean_line)

    def constraints(self, prefix: str) -> list[models.CheckConstraint]:
        """Return a constraint on the length of the encrypted text, as the database does not see the text itself."""
        if self.max_length is None:
            # Only in migrations from before texts had lengths.
            return []
        most = encrypted_length(self.max_length)
        fits = Q(LessThanOrEqual(Length(F(self.name)), most))
        return [models.CheckConstraint(condition=fits, name=f"{prefix}_fits")]

    def get_prep_value(self, value: Any) -> str | None:
        value = super().get_prep_value(value)
        return None if value is None else encrypt(str(value))

    def from_db_value(self, value: str | None, expression: Any, connection: BaseDatabaseWrapper) -> str | None:
        return None if value is None else decrypt(value)

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is encrypted: it cannot be looked up by {lookup_name}")
        return super().get_lookup(lookup_name)


class UndatedTextField(EncryptedTextField):
    """The same, without the moment of writing, which an encrypted text otherwise has in the clear."""

    def get_prep_value(self, value: Any) -> str | None:
        value = models.TextField.get_prep_value(self, value)
        return None if value is None else encrypt_undated(str(value))


def encrypted_length(characters: int) -> int:
    """Return the most characters that a text of `characters` characters has once it is encrypted.

    A Fernet token is 57 bytes (version, time, IV, HMAC) and the text padded to the next 16 bytes, all of it in base64:
    github.com/fernet/spec. UTF-8 takes four bytes a character at most.
    """
    return -(-(57 + (characters * 4 // 16 + 1) * 16) // 3) * 4


def encrypt(text: str) -> str:
    """Encrypt `text` with the newest key; the result differs each time."""
    return _box().encrypt(text.encode()).decode()


def encrypt_undated(text: str) -> str:
    """Encrypt `text` so that nobody can read from it when that was."""
    return _box().encrypt_at_time(text.encode(), 0).decode()


def decrypt(token: str) -> str:
    """Decrypt what `encrypt` returned. Raises cryptography.fernet.InvalidToken when none of the keys fits."""
    return _box().decrypt(token.encode()).decode()


def blind_index(text: str) -> str:
    """Return a keyed fingerprint of `text`, equal for equal texts: 64 hex digits, HMAC-SHA256 with the newest key."""
    return _fingerprint(settings.FIELD_ENCRYPTION_KEYS[0], text)


def blind_indexes(text: str) -> list[str]:
    """Return the fingerprints of `text` with every key, to find rows that still have an older key's fingerprint."""
    return [_fingerprint(key, text) for key in settings.FIELD_ENCRYPTION_KEYS]


def pseudonyms(purpose: str, text: str) -> list[str]:
    """Return what `text` is called for `purpose` with every key, the newest first: 64 hex digits each.

    Without the key nobody can tell whose pseudonym one is, nor which pseudonyms of several purposes belong together.
    """
    found = []
    for key in settings.FIELD_ENCRYPTION_KEYS:
        own = hmac.digest(key.encode(), f"pseudonym for {purpose}".encode(), hashlib.sha256)
        found.append(hmac.new(own, text.encode(), hashlib.sha256).hexdigest())
    return found


def _box() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.FIELD_ENCRYPTION_KEYS])


def _fingerprint(key: str, text: str) -> str:
    # A key of its own, derived, so that a fingerprint never tells anything about the key that encrypts.
    own = hmac.digest(key.encode(), b"blind index", hashlib.sha256)
    return hmac.new(own, text.encode(), hashlib.sha256).hexdigest()
