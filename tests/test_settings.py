"""Production refuses to start without its secrets and names the one that is missing."""

import ast
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

import wellbeing.settings

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


NOTIFY = {
    "TEXT_PROVIDER": "notify",
    "NOTIFY_API_KEY": f"invented-{'1' * 36}-{'2' * 36}",
    "NOTIFY_TEMPLATE_ID": "3" * 36,
    "NOTIFY_CALLBACK_TOKEN": "a-token-that-only-this-test-knows",
}
SERVICE = {
    "TEXT_PROVIDER": "http",
    "TEXT_HTTP_URL": "https://texts.example.org/",
    "TEXT_HTTP_TOKEN": "invented",
    "TEXT_HTTP_SECRET": "a-secret-that-only-this-test-knows",
}


POSTMARK = {
    "EMAIL_BACKEND": "anymail.backends.postmark.EmailBackend",
    "ANYMAIL_POSTMARK_SERVER_TOKEN": "invented",
    "ANYMAIL_WEBHOOK_SECRET": "postmark:a-password-that-only-this-test-knows",
}
MAILGUN = {
    "EMAIL_BACKEND": "anymail.backends.mailgun.EmailBackend",
    "ANYMAIL_MAILGUN_API_KEY": "invented",
    "ANYMAIL_MAILGUN_WEBHOOK_SIGNING_KEY": "invented",
}
BOUNCES = {
    "BOUNCE_IMAP_HOST": "imap.example.org",
    "BOUNCE_IMAP_USER": "bounces",
    "BOUNCE_IMAP_PASSWORD": "invented",
    "BOUNCE_ADDRESS": "bounces@example.org",
}
HALVES = [(whole, name) for whole in (POSTMARK, MAILGUN, BOUNCES) for name in sorted(set(whole) - {"EMAIL_BACKEND"})]


@pytest.mark.parametrize("whole", [POSTMARK, MAILGUN, BOUNCES], ids=["postmark", "mailgun", "mailbox"])
def test_the_way_back_of_emails_starts_with_everything_of_it(whole):
    result = load(COMPLETE | whole)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(("whole", "name"), HALVES, ids=[name for _whole, name in HALVES])
def test_the_way_back_of_emails_names_what_is_missing(whole, name):
    result = load(COMPLETE | {key: value for key, value in whole.items() if key != name})
    assert result.returncode != 0
    assert f"{name} is not set" in result.stderr


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (POSTMARK | {"ANYMAIL_WEBHOOK_SECRET": "postmark:sh0rt-s3cret"}, "ANYMAIL_WEBHOOK_SECRET must be a name"),
        (POSTMARK | {"ANYMAIL_WEBHOOK_SECRET": "x" * 40}, "ANYMAIL_WEBHOOK_SECRET must be a name"),
        ({"EMAIL_BACKEND": "anymail.backends.scaleway.EmailBackend"}, "whose reports of emails that come back"),
        (POSTMARK | BOUNCES, "postmark reports bounces itself"),
        (BOUNCES | {"BOUNCE_ADDRESS": "Bounces <b@example.org>"}, "BOUNCE_ADDRESS must be one email address"),
        (BOUNCES | {"BOUNCE_IMAP_SECURITY": "none"}, "would travel in clear"),
        (BOUNCES | {"BOUNCE_IMAP_SECURITY": "ssl"}, "must be tls or starttls"),
        (
            BOUNCES | {"BOUNCE_ADDRESS": f"{'b' * 24}@example.org", "BOUNCE_ADDRESS_EACH": "true"},
            "23 characters at most",
        ),
    ],
)
def test_a_way_back_that_could_not_work_or_is_open_to_strangers_is_refused(values, sentence):
    result = load(COMPLETE | values)
    assert result.returncode != 0
    assert sentence in result.stderr
    assert "sh0rt-" not in result.stderr, "the secret itself is not printed"


def test_letters_start_with_the_key_of_notify_and_are_refused_without():
    letters = {"LETTER_PROVIDER": "notify", "NOTIFY_API_KEY": NOTIFY["NOTIFY_API_KEY"]}
    result = load(COMPLETE | letters)
    assert result.returncode == 0, result.stderr
    for values, sentence in (
        ({"LETTER_PROVIDER": "notify"}, "NOTIFY_API_KEY is not set. LETTER_PROVIDER=notify needs it"),
        ({"LETTER_PROVIDER": "pigeon"}, "LETTER_PROVIDER must be notify, demo or empty"),
        ({"LETTER_PROVIDER": "demo"}, "no letter would reach anybody"),
    ):
        result = load(COMPLETE | values)
        assert result.returncode != 0
        assert sentence in result.stderr


@pytest.mark.parametrize("provider", [NOTIFY, SERVICE], ids=["notify", "http"])
def test_text_messages_start_with_everything_of_their_provider_and_name_what_is_missing(provider):
    result = load(COMPLETE | provider)
    assert result.returncode == 0, result.stderr
    for name in set(provider) - {"TEXT_PROVIDER"}:
        result = load(COMPLETE | provider | {name: ""})
        assert f"{name} is not set. TEXT_PROVIDER={provider['TEXT_PROVIDER']} needs it" in result.stderr


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"TEXT_PROVIDER": "pigeon"}, "TEXT_PROVIDER must be notify, http, demo or empty"),
        ({"TEXT_PROVIDER": "demo"}, "no text message would reach anybody"),
        (NOTIFY | {"NOTIFY_CALLBACK_TOKEN": "sh0rt-t0ken"}, "NOTIFY_CALLBACK_TOKEN is short"),
        (SERVICE | {"TEXT_HTTP_SECRET": "sh0rt-s3cret"}, "TEXT_HTTP_SECRET is short"),
        (NOTIFY | {"NOTIFY_API_KEY": "half-a-key"}, "NOTIFY_API_KEY is not a whole key"),
    ],
)
def test_text_messages_that_could_not_work_or_are_open_to_strangers_are_refused(values, sentence):
    result = load(COMPLETE | values)
    assert result.returncode != 0
    assert sentence in result.stderr
    assert "sh0rt-" not in result.stderr, "the secret itself is not printed"


def test_each_setting_is_set_in_one_file():
    folder = Path(wellbeing.settings.__file__).parent
    places = {
        (target.id, path.name)
        for path in folder.glob("*.py")
        for statement in ast.parse(path.read_text()).body
        if isinstance(statement, ast.Assign)
        for target in statement.targets
        if isinstance(target, ast.Name) and target.id.isupper() and not target.id.startswith("_")
    }
    times = Counter(name for name, _file in places)
    assert not [name for name, number in times.items() if number > 1], "the file that is read last would win"
