"""Secrets of the second step lie encrypted in the database, also those from before, and change their keys."""

import io
from importlib import import_module

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from cryptography.fernet import Fernet, InvalidToken
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from tests.factories import a_user
from tests.helpers.proof import app_code
from wellbeing.lib import crypto

pytestmark = pytest.mark.django_db


def rows_as_they_lie():
    with connection.cursor() as cursor:
        cursor.execute("select data::text from mfa_authenticator order by id")
        return " ".join(text for [text] in cursor.fetchall())


def plain():
    """A user with an app and spare codes as they lay before: in plain text."""
    user, secret, seed = a_user(), generate_totp_secret(), RecoveryCodes.generate_seed()
    Authenticator.objects.create(user=user, type="totp", data={"secret": secret})
    Authenticator.objects.create(user=user, type="recovery_codes", data={"seed": seed, "used_mask": 1})
    other = a_user()
    Authenticator.objects.create(user=other, type="recovery_codes", data={"seed": seed, "migrated_codes": ["c-one"]})
    Authenticator.objects.create(user=other, type="webauthn", data={"name": "Phone", "credential": {"id": "x"}})
    return user, secret, seed


def test_a_new_app_and_new_spare_codes_are_encrypted_and_work():
    user, secret = a_user(), generate_totp_secret()
    app, spare = TOTP.activate(user, secret), RecoveryCodes.activate(user)
    kept = rows_as_they_lie()
    assert secret not in kept
    assert crypto.decrypt(Authenticator.objects.get(type="totp").data["secret"]) == secret
    assert app.validate_code(app_code(secret))
    first = spare.generate_codes()[0]
    assert first not in kept
    assert spare.validate_code(first)
    assert not spare.validate_code(first), "a spare code works once"


def test_second_steps_from_before_are_encrypted_and_go_on_working():
    user, secret, seed = plain()
    migration = import_module("people.migrations.0005_sessions")
    migration.encrypt_second_steps(apps, None)
    kept = rows_as_they_lie()
    assert secret not in kept
    assert seed not in kept
    assert "c-one" not in kept
    migration.encrypt_second_steps(apps, None)
    assert TOTP(Authenticator.objects.get(user=user, type="totp")).validate_code(app_code(secret))
    codes = RecoveryCodes(Authenticator.objects.get(user=user, type="recovery_codes"))
    assert len(codes.get_unused_codes()) == 9, "the one used before stays used"
    other = Authenticator.objects.exclude(user=user).get(type="recovery_codes")
    assert RecoveryCodes(other).validate_code("c-one")
    assert Authenticator.objects.get(type="webauthn").data["credential"] == {"id": "x"}
    migration.decrypt_second_steps(apps, None)
    assert secret in rows_as_they_lie()


def test_a_change_of_keys_reaches_them(settings):
    user, secret, _seed = plain()
    import_module("people.migrations.0005_sessions").encrypt_second_steps(apps, None)
    old, new = settings.FIELD_ENCRYPTION_KEYS[0], Fernet.generate_key().decode()
    settings.FIELD_ENCRYPTION_KEYS = [new, old]
    call_command("rotate_keys", stdout=io.StringIO())
    settings.FIELD_ENCRYPTION_KEYS = [new]
    totp = TOTP(Authenticator.objects.get(user=user, type="totp"))
    assert totp.validate_code(app_code(secret))
    assert len(RecoveryCodes(Authenticator.objects.get(user=user, type="recovery_codes")).get_unused_codes()) == 9
    settings.FIELD_ENCRYPTION_KEYS = [old]
    with pytest.raises(InvalidToken):
        totp.validate_code(app_code(secret))
