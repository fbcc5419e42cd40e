"""Refuse to start production with settings that leave it open. Imports nothing that needs the settings."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

SHORTEST_SECRET_KEY = 50


def refuse(*, demo_mode, second_factor, secret_key, encryption_keys, development_keys, allowed_hosts, site_url):
    """Raise ImproperlyConfigured, naming every setting that would leave production open; else do nothing."""
    url = urlsplit(site_url)
    problems = {
        "DEMO_MODE is on: anyone could sign in as anyone.": demo_mode,
        "SECOND_FACTOR_REQUIRED is off: staff, finance and administrators reach other people's data.": (
            not second_factor
        ),
        "SECRET_KEY is the one for development, which is public.": secret_key in development_keys,
        "SECRET_KEY is short: use 50 characters or more, made by chance.": (
            len(secret_key) < SHORTEST_SECRET_KEY or len(set(secret_key)) < 5
        ),
        "FIELD_ENCRYPTION_KEYS has the one for development, which is public.": bool(
            set(encryption_keys) & development_keys
        ),
        "ALLOWED_HOSTS takes any name. List the names of this site.": not allowed_hosts
        or any("*" in host or host in {".", ""} for host in allowed_hosts),
        "SITE_URL must begin with https:// and name the site.": url.scheme != "https" or not url.hostname,
    }
    sentences = [sentence for sentence, is_so in problems.items() if is_so]
    if sentences:
        raise ImproperlyConfigured(f"Production does not start like this. {' '.join(sentences)} See docs/deploy.md.")
