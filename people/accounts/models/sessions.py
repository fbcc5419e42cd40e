"""Sessions: one row for each browser in which somebody is signed in, encrypted, with the times its limits need."""

import datetime as dt

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from wellbeing.lib.crypto import EncryptedTextField
from wellbeing.lib.types import User


class SessionManager(BaseSessionManager["Session"]):
    def ended(self, now: dt.datetime) -> "QuerySet[Session]":
        """Return sessions that are over at `now`, by the day in their cookie or by one of the limits below."""
        limits = Q(expire_date__lte=now)
        for which, longest, idle in (
            (Q(work=True), settings.SESSION_LONGEST_SECONDS, settings.SESSION_IDLE_SECONDS),
            (Q(work=False, own=False), settings.SESSION_LONGEST_SECONDS, settings.SESSION_SHARED_IDLE_SECONDS),
        ):
            began = Q(started_at__lte=now - dt.timedelta(seconds=longest))
            seen = Q(seen_at__lte=now - dt.timedelta(seconds=idle))
            limits |= which & (began | seen)
        return self.filter(limits)

    def of(self, user: User, now: dt.datetime) -> "QuerySet[Session]":
        """Return the sessions in which `user` is signed in at `now`, the one used last first; without their content."""
        over = self.ended(now).values("pk")
        return self.filter(user=user).exclude(pk__in=over).defer("session_data").order_by("-seen_at")


class Session(AbstractBaseSession):
    """A session of the web site. `user` is set while somebody is signed in; nobody else reads `session_data`.

    `own` is their answer about the phone or computer when they signed in; `work` says that they reach other people's
    data, by any role, which makes its limits the short ones wherever it is.
    """

    session_data = EncryptedTextField(_("session data"), max_length=settings.SESSION_MAX_LENGTH)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="sessions", verbose_name=_("account")
    )
    started_at = models.DateTimeField(_("signed in"), null=True)
    seen_at = models.DateTimeField(_("last used"), null=True)
    own = models.BooleanField(_("their own phone or computer"), default=False)
    work = models.BooleanField(_("reaches other people's data"), default=False)
    device = models.CharField(_("browser"), max_length=60, blank=True)

    objects = SessionManager()  # type: ignore[misc]  # the stubs declare a class variable, Django does the same as we

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        constraints = [
            models.CheckConstraint(
                condition=Q(user=None) | Q(started_at__isnull=False, seen_at__isnull=False),
                name="signed_in_session_has_its_times",
            )
        ]

    @classmethod
    def get_session_store_class(cls):
        from people.accounts.session_store import SessionStore

        return SessionStore

    @property
    def mark(self) -> str:
        """Return a name for this session that its owner's page may show: nobody signs in with it."""
        return salted_hmac("people.session", self.session_key).hexdigest()[:20]

    @property
    def longest(self) -> dt.timedelta | None:
        """Return how long it may last in all; None for no limit but its cookie's."""
        return None if self.own and not self.work else dt.timedelta(seconds=settings.SESSION_LONGEST_SECONDS)

    @property
    def idle(self) -> dt.timedelta | None:
        """Return how long it may go unused; None for no limit but its cookie's."""
        if self.own and not self.work:
            return None
        seconds = settings.SESSION_IDLE_SECONDS if self.work else settings.SESSION_SHARED_IDLE_SECONDS
        return dt.timedelta(seconds=seconds)

    def why_ended(self, now: dt.datetime) -> str:
        """Return "long" or "idle" when a limit has passed at `now`; "" while it goes on. Without a user: always ""."""
        if self.user_id is None or self.idle is None:
            return ""
        if now >= self._ends_at():
            return "long"
        return "idle" if now >= self._idle_at() else ""

    def left(self, now: dt.datetime) -> tuple[int, int] | tuple[None, None]:
        """Return seconds until it ends unused, and seconds until it ends in any case; (None, None) without limits."""
        if self.user_id is None or self.idle is None:
            return None, None
        until_idle, until_long = self._idle_at() - now, self._ends_at() - now
        return max(0, int(until_idle.total_seconds())), max(0, int(until_long.total_seconds()))

    def _ends_at(self) -> dt.datetime:
        # A session with a user has its times (a constraint), and both limits or none.
        assert self.started_at is not None
        assert self.longest is not None
        return self.started_at + self.longest

    def _idle_at(self) -> dt.datetime:
        assert self.seen_at is not None
        assert self.idle is not None
        return self.seen_at + self.idle
