"""Helpers: people who share an email address, as staff, they themselves and their mailbox see it."""

import re

from django.core import mail
from django.test import Client
from django.urls import reverse

from people.accounts import sharing
from people.accounts.actions import addresses
from people.accounts.rules import needs_second_factor
from people.models import User
from programmes.members.actions import memberships
from programmes.models import Joining
from tests.helpers.roles import fresh
from tests.helpers.sign_in import ask, code_in, is_signed_in

HOME, HOME2 = "home@example.org", "second@example.org"


def add(programme, staff, name="Muriel Twoby", **details):
    """Add somebody with the address of the household, as somebody else than who is there by it."""
    return memberships.welcome(
        programme=programme,
        by=staff,
        roles=["lived_experience"],
        full_name=name,
        email=HOME,
        somebody_else=True,
        **details,
    )


def link_of(person):
    return reverse("joining_link", args=[Joining.objects.get(person=person).key])


def codes_in(message):
    """Return {name: code} of a message with a code for each."""
    return dict(re.findall(r"^(.+): ([0-9]{3}-[0-9]{3}-[0-9]{3})$", message.body, re.MULTILINE))


def signed_in_as(code, client=None):
    """Return who is signed in after `code`; None for nobody."""
    client = client or Client()
    if client.get("/accounts/login/code/confirm/").status_code != 200:
        ask(client, HOME)
    client.post("/accounts/login/code/confirm/", {"code": code}, follow=True)
    return User.objects.get(pk=client.session["_auth_user_id"]).person.full_name if is_signed_in(client) else None


def at_home():
    """Return the names of those who sign in at the address of the household."""
    return {user.get_full_name() for user in sharing.accounts_at(HOME)}


def at_work_and_not_alone():
    """Return the names of those with a role of staff, finance or administrator whose address another signs in with."""
    them = sharing.accounts_at(HOME)
    return [user.get_full_name() for user in them if needs_second_factor(fresh(user))] if len(them) > 1 else []


def leave(user, address, with_second_factor, worker):
    """Change the address of `user` on their own page, with the code that comes. Return the email with it."""
    client = with_second_factor(fresh(user))
    sent = len(mail.outbox)
    client.post("/accounts/email/", {"email": address, "action_add": "yes"}, follow=True)
    code = next(
        (message for message in mail.outbox[sent:] if re.search("[0-9]{3}-[0-9]{3}-[0-9]{3}", message.body)), None
    )
    if code is not None:
        with worker():
            client.post("/accounts/confirm-email/", {"code": code_in(code)}, follow=True)
    return code


def move(person, address, by):
    """Move the address of somebody by the yes of their old address and of the new one."""
    change = addresses.ask(person=person, new_address=address, how="They rang.", by=by)
    change = addresses.agree_from_old_address(change=change, by=None)
    return addresses.take(change=change, by=None)
