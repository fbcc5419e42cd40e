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


def load(environment, command=("-c", "import django; django.setup()")):
    """Import the settings in a process of its own, by Python with the arguments `command`."""
    return subprocess.run(
        [sys.executable, *command],
        check=False,
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


UNSAFE = {
    "demo mode": ({"DEMO_MODE": "true"}, "DEMO_MODE is on"),
    "no second factor": ({"SECOND_FACTOR_REQUIRED": "false"}, "SECOND_FACTOR_REQUIRED is off"),
    "development's secret key": (
        {"SECRET_KEY": "for-development-and-tests-only-never-in-production"},
        "SECRET_KEY is the one for development",
    ),
    "a short secret key": ({"SECRET_KEY": "sh0rt-k3y"}, "SECRET_KEY is short"),
    "one letter as a secret key": ({"SECRET_KEY": "x" * 60}, "SECRET_KEY is short"),
    "development's encryption key": (
        {"FIELD_ENCRYPTION_KEYS": "Zm9yIGRldmVsb3BtZW50IGFuZCB0ZXN0cyBvbmx5ISE="},
        "FIELD_ENCRYPTION_KEYS has the one for development",
    ),
    "development's encryption key as an old one": (
        {"FIELD_ENCRYPTION_KEYS": f"{COMPLETE['FIELD_ENCRYPTION_KEYS']}, Zm9yIGRldmVsb3BtZW50IGFuZCB0ZXN0cyBvbmx5ISE="},
        "FIELD_ENCRYPTION_KEYS has the one for development",
    ),
    "every host": ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS takes any name"),
    "every host beside one": ({"ALLOWED_HOSTS": "wellbeing.example.org, *"}, "ALLOWED_HOSTS takes any name"),
    "no host": ({"ALLOWED_HOSTS": ","}, "ALLOWED_HOSTS takes any name"),
    "a site without https": ({"SITE_URL": "http://wellbeing.example.org"}, "SITE_URL must begin with https://"),
    "a site without a name": ({"SITE_URL": "https://"}, "SITE_URL must begin with https://"),
}


@pytest.mark.parametrize("what", UNSAFE)
def test_production_refuses_what_would_leave_it_open(what):
    settings, sentence = UNSAFE[what]
    result = load(COMPLETE | settings)
    assert result.returncode != 0
    assert sentence in result.stderr
    assert "see docs/deploy.md" in result.stderr.lower()
    for key in ("SECRET_KEY", "FIELD_ENCRYPTION_KEYS"):
        assert settings.get(key, "not set here") not in result.stderr, "the key itself is not printed"


def test_all_that_is_wrong_is_named_at_once():
    result = load(COMPLETE | {"DEMO_MODE": "true", "ALLOWED_HOSTS": "*", "SITE_URL": "http://x"})
    assert all(name in result.stderr for name in ("DEMO_MODE", "ALLOWED_HOSTS", "SITE_URL"))


@pytest.mark.parametrize(
    "command",
    [
        ("manage.py", "check"),
        ("manage.py", "migrate"),
        ("-c", "import wellbeing.wsgi"),
        ("-m", "gunicorn", "--check-config", "-c", "python:wellbeing.gunicorn", "wellbeing.wsgi"),
        ("-m", "celery", "-A", "wellbeing", "worker"),
        ("-m", "celery", "-A", "wellbeing", "beat"),
    ],
    ids=lambda command: " ".join(command[:6]),
)
def test_no_process_of_production_starts_with_demo_mode(command):
    result = load(COMPLETE | {"DEMO_MODE": "true"}, command)
    assert result.returncode != 0
    assert "DEMO_MODE is on" in result.stderr


SHOW = """
from django.conf import settings as s
print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_PATH,
      s.SESSION_COOKIE_DOMAIN, s.CSRF_COOKIE_DOMAIN, s.SECURE_HSTS_INCLUDE_SUBDOMAINS)
"""


def test_cookies_of_production_are_for_its_host_alone_and_subdomains_a_choice():
    assert load(COMPLETE, ("-c", SHOW)).stdout.split() == [
        *("__Host-sessionid", "__Host-csrftoken", "True", "True", "/", "None", "None", "False")
    ]
    assert load(COMPLETE | {"SECURE_HSTS_INCLUDE_SUBDOMAINS": "true"}, ("-c", SHOW)).stdout.split()[-1] == "True"


ANSWER = """
import django; django.setup()
from django.test import Client
answer = Client(headers={"host": "wellbeing.example.org"}).get("/healthz", secure=True)
print(answer.headers["Strict-Transport-Security"])
"""


def test_production_says_https_only_with_its_subdomains_where_that_is_set():
    said = load(COMPLETE | {"SECURE_HSTS_INCLUDE_SUBDOMAINS": "true"}, ("-c", ANSWER))
    assert said.stdout.strip() == "max-age=31536000; includeSubDomains", said.stderr
