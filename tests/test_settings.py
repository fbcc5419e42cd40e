"""Production refuses to start without its secrets and names the one that is missing."""

import os
import subprocess
import sys

import pytest

COMPLETE = {
    "ENVIRONMENT": "production",
    "SECRET_KEY": "a-long-key-that-only-this-test-knows-0123456789-abcdefghij",
    "FIELD_ENCRYPTION_KEYS": "a2V5LW9mLTMyLWJ5dGVzLWZvci10aGlzLXRlc3Qtb24=",
    "ALLOWED_HOSTS": "wellbeing.example.org",
    "SITE_URL": "https://wellbeing.example.org",
    "DATA_DIR": "/nowhere",
    "DATABASE_URL": "postgres://wellbeing@127.0.0.1:1/wellbeing",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "EMAIL_HOST": "mail.example.org",
    "DEFAULT_FROM_EMAIL": "Wellbeing <hello@example.org>",
}


def load(environment):
    """Import the settings in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", "import django; django.setup()"],
        env={"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "wellbeing.settings", **environment},
        capture_output=True,
        text=True,
    )


def test_production_starts_with_everything_set():
    result = load(COMPLETE)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("name", sorted(set(COMPLETE) - {"ENVIRONMENT"}))
def test_production_names_the_variable_it_lacks(name):
    result = load({key: value for key, value in COMPLETE.items() if key != name})
    assert result.returncode != 0
    assert f"{name} is not set" in result.stderr


def test_an_unknown_environment_is_refused():
    result = load({"ENVIRONMENT": "prod"})
    assert result.returncode != 0
    assert "ENVIRONMENT must be" in result.stderr
