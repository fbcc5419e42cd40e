"""Signing in with the code that a message holds."""

import re


def code_in(message):
    """Return the code that stands in a sign-in message."""
    return re.search(r"^([A-Z0-9-]{6,})$", message.body, re.MULTILINE)[1]
