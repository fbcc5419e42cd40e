"""Keys of personal links. Migrations name this function by its path, so it never moves."""

import secrets


def new_link_key() -> str:
    """Return a fresh unguessable key for a personal link: 128 random bits, 22 characters safe in an address."""
    return secrets.token_urlsafe(16)
