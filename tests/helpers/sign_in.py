"""Signing in with the code that a message holds."""

import re

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail


def code_in(message):
    """Return the code that stands in a sign-in message."""
    return re.search(r"^([0-9]{3}-[0-9]{3}-[0-9]{3})$", message.body, re.MULTILINE)[1]


def ask(client, email, **extra):
    return client.post("/accounts/login/", {"login": email, **extra}, follow=True)


def sign_in_by_code(client, email):
    ask(client, email)
    return client.post("/accounts/login/code/confirm/", {"code": code_in(mail.outbox[-1])}, follow=True)


def an_app_for(user):
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def is_signed_in(client):
    return "_auth_user_id" in client.session
