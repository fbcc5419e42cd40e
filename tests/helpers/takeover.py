"""Addresses of the attacker and of the person attacked."""

VICTIM = "vera@example.org"


ATTACKER = "mallory@example.org"


MAILBOXES = [f"mallory{number}@example.org" for number in range(1, 5)]
