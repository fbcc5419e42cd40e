"""Store sessions as Django does, in a table of ours that says whose session it is, and end them by our limits.

A session past its limit reads as empty, so no page, middleware or library can go on with it. Its row says whose it was
until something is written, so that a script's request does not hide from the next page why its reader is signed out.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from cryptography.fernet import InvalidToken
from django.apps import apps
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.utils import timezone

# The key of the facts about the sign-in, within the session: {"at": seconds since 1970, "own", "work", "device"}.
SIGN_IN = "sign_in"


@dataclass(frozen=True)
class Ended:
    """A session that was over when it was loaded: whose it was, and "idle" or "long"."""

    user_pk: int
    why: str


class SessionStore(db.SessionStore):
    """Sessions in `people.Session`. After loading, `row` is what was read and `ended` says whether it was over."""

    row = None
    ended = None

    @classmethod
    def get_model_class(cls):
        return apps.get_model("people", "Session")

    def _get_session_from_db(self):
        try:
            row = super()._get_session_from_db()  # type: ignore[misc]  # the stubs leave it out
        except InvalidToken:
            # Written under a key that is gone: they sign in again.
            self._session_key = None
            return None
        why = row.why_ended(timezone.now()) if row else ""
        if why:
            self.ended = Ended(row.user_id, why)
            row = None
        self.row = row
        return row

    def create_model_instance(self, data):
        row: Any = super().create_model_instance(data)
        sign_in = data.get(SIGN_IN)
        if sign_in and SESSION_KEY in data:
            row.user_id = int(data[SESSION_KEY])
            row.started_at = dt.datetime.fromtimestamp(sign_in["at"], dt.UTC)
            # Saving is no sign of life by itself: `people.accounts.sessions.touch` notes those.
            row.seen_at = self.row.seen_at if self.row and self.row.user_id else timezone.now()
            row.own, row.work, row.device = sign_in["own"], sign_in["work"], sign_in["device"]
        return row

    def delete(self, session_key=None):
        key = session_key or self.session_key
        if key:
            self.model.objects.filter(session_key=key).delete()

    @classmethod
    def clear_expired(cls):
        """Delete the sessions that are over by their cookie's day, or for a day by our limits."""
        now, sessions = timezone.now(), cls.get_model_class().objects
        sessions.filter(expire_date__lte=now).delete()
        sessions.ended(now - dt.timedelta(days=1)).delete()
