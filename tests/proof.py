"""Clients that have just proved who they are, and clients whose proof is long ago."""

import time

RECORDS = "account_authentication_methods"


def prove(client, user, method="code"):
    """Let the session of `client`, signed in as `user`, have proved just now who it is; `method` may be "mfa"."""
    session = client.session
    session[RECORDS] = [{"method": method, "at": time.time()}]
    session[f"{RECORDS}_user"] = str(user.pk)
    session.save()


def make_stale(client, seconds=24 * 60 * 60):
    """Let every proof in the session of `client` be `seconds` older than it is."""
    session = client.session
    session[RECORDS] = [{**record, "at": record["at"] - seconds} for record in session[RECORDS]]
    session.save()
