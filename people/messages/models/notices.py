"""Notices: what the product says to somebody, kept as it was said, whichever way it reaches them."""

import secrets
from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people import registry
from people.messages.models.mailings import Mailing
from wellbeing.lib.languages import Language, Passage, passages_of
from wellbeing.lib.texts import EmailField, LimitedTextField, LineField
from wellbeing.lib.types import User

# Never changed once they are written. The person is: two records of one person can be put together.
WORDS = (
    "key",
    "kind",
    "audience",
    "voice",
    "reply_to",
    "subject",
    "text_body",
    "html_body",
    "short",
    "link",
    "language",
    "facts_from",
    "facts_to",
)


# Bytes of chance in the key of a notice, and the letters they take in an address.
READ_KEY_BYTES, READ_KEY_LENGTH = 15, 20


def new_read_key() -> str:
    """Return a key for the page on which a notice is read without signing in: short enough for a text message."""
    return secrets.token_urlsafe(READ_KEY_BYTES)


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, user: User) -> "NoticeQuerySet":
        """Return notices `user` may read as a colleague: all for an administrator, else those of their audiences.

        The person a notice is for says nothing here: a person of two programmes gets notices from both, and the staff
        of one must not learn what the other wrote.
        """
        if not user.is_authenticated:
            return self.none()
        if user.is_administrator:
            return self
        return self.filter(audience__in=registry.audiences_read_by(user))

    def of_person(self, user: User) -> "NoticeQuerySet":
        """Return the notices that are for the person of `user`."""
        return self.filter(person__user=user) if user.is_authenticated else self.none()


class Notice(models.Model):
    """One thing said to one person. `key` names what it is for, so that asking twice tells them once."""

    key = models.CharField(_("what it is for"), max_length=200, unique=True)
    kind = models.CharField(_("kind"), max_length=40, db_index=True)
    person = models.ForeignKey(
        "people.Person",
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="notices",
        help_text=_("Empty where it goes to an address that is nobody's now."),
    )
    audience = models.CharField(
        _("whose staff may read it"),
        max_length=60,
        blank=True,
        db_index=True,
        help_text=_("Known to the app that wrote it. Empty: administrators alone."),
    )
    voice = models.CharField(
        _("who speaks"),
        max_length=60,
        blank=True,
        help_text=_("Known to the app that wrote it. Empty: the service itself."),
    )
    reply_to = EmailField(_("replies go to"), blank=True)
    subject = models.CharField(_("subject"), max_length=250)
    text_body = LimitedTextField(_("plain text"), max_length=200000)
    html_body = LimitedTextField(_("as a page"), max_length=1000000, blank=True)
    short = LimitedTextField(_("as a text message"), max_length=900, blank=True)
    link = LineField(_("page to go to"), max_length=500, blank=True)
    language = models.CharField(
        _("language of the words"),
        max_length=10,
        choices=Language,
        default=Language.ENGLISH,
        db_default=Language.ENGLISH,
    )
    # In words of another language the facts are in English: where they begin and end in the plain text.
    facts_from = models.PositiveIntegerField(_("facts begin at"), null=True, blank=True)
    facts_to = models.PositiveIntegerField(_("facts end at"), null=True, blank=True)
    read_key = models.CharField(_("key to read it by"), max_length=40, unique=True, default=new_read_key)
    mailing = models.ForeignKey(
        Mailing,
        verbose_name=_("mailing"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="notices",
    )
    created_at = models.DateTimeField(_("written"), default=timezone.now)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index("person", "created_at", name="notices_of_person")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(facts_from=None, facts_to=None)
                | models.Q(facts_from__isnull=False, facts_to__gte=models.F("facts_from")),
                name="facts_of_a_notice_begin_and_end",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="notices_are_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(name="words_are_kept", operation=pgtrigger.UpdateOf(*WORDS)),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def read_link(self) -> str:
        """Return the full address of the page that shows the notice to whoever has the link."""
        return settings.SITE_URL + reverse("notice_by_link", args=[self.read_key])

    @property
    def link_to_follow(self) -> str:
        """Return the address a text message or letter leads to: a page of its kind that needs no signing in.

        Where there is none, it is the page that shows the notice.
        """
        kind = registry.notice_kinds[self.kind]
        return self.link if kind.personal_link and self.link else self.read_link

    @property
    def latest(self) -> Any:
        """Return the Message that is the latest try to deliver it, from what was prefetched where it was."""
        return max(self.messages.all(), key=lambda message: message.pk)

    def failed_before(self, message: Any) -> Any:
        """Return the last try before `message` that did not reach its person, or None; from what was prefetched."""
        failed = [row for row in self.messages.all() if row.pk < message.pk and row.status == row.Status.FAILED]
        return max(failed, key=lambda row: row.pk, default=None)

    @property
    def passages(self) -> list[Passage]:
        """Return the plain text as its parts, each in one language: a programme's words and our facts in English."""
        return passages_of(self.text_body, self.language, self.facts_from, self.facts_to)

    @property
    def speaker(self) -> registry.Voice:
        """Return in whose name it is said, and how to reach them."""
        return registry.voice(self.voice)


class NoticePart(models.Model):
    """Something that goes with a notice: a calendar part, a letter."""

    notice = models.ForeignKey(Notice, verbose_name=_("notice"), on_delete=models.CASCADE, related_name="parts")
    name = LineField(_("file name"), max_length=150)
    content_type = models.CharField(_("type"), max_length=100)
    content = models.BinaryField(_("content"))

    class Meta:
        verbose_name = _("part of a notice")
        verbose_name_plural = _("parts of notices")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
