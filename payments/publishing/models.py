"""Publications: how a version of the policy came to be published, on what it rests, and what followed."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from payments.policy.models.versions import PolicyVersion
from people.directory.fields import who_field
from wellbeing.lib.texts import WordsField


@pghistory.track()
class Publication(models.Model):
    """The request to publish a draft, its answer by a second person where the programme asks for one, and its effects.

    Somebody who publishes alone has asked for it and answered nobody.
    """

    version = models.OneToOneField(
        PolicyVersion, verbose_name=_("policy"), on_delete=models.CASCADE, related_name="publication"
    )
    decision = models.ForeignKey(
        "programmes.Decision",
        verbose_name=_("decision it rests on"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    reason = WordsField(_("what it rests on, in words"), max_length=1000, blank=True)
    keeps_offers = models.BooleanField(
        _("what invited people were offered is kept"),
        default=True,
        help_text=_("If not, those invited to events still to come are told of the change."),
    )
    requested_by = models.ForeignKey(
        "people.Person", verbose_name=_("asked for by"), on_delete=models.PROTECT, related_name="+"
    )
    requested_at = models.DateTimeField(_("asked for"))
    confirmed_by = who_field(_("confirmed by"))
    sent_back_by = who_field(_("sent back by"))
    sent_back_at = models.DateTimeField(_("sent back"), null=True, blank=True)
    sent_back_reason = WordsField(_("why it was sent back"), max_length=1000, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    told = models.PositiveIntegerField(_("people written to"), default=0)
    claims_made = models.PositiveIntegerField(_("claims made"), default=0)

    class Meta:
        verbose_name = _("publication of a policy")
        verbose_name_plural = _("publications of policies")
        ordering = ["-requested_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision__isnull=False) | ~Q(reason=""), name="publication_rests_on_something"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("requested_by")),
                name="publication_is_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(sent_back_by=None, sent_back_at=None, sent_back_reason="")
                | (
                    Q(sent_back_by__isnull=False, sent_back_at__isnull=False, confirmed_by=None, published_at=None)
                    & ~Q(sent_back_reason="")
                    & ~Q(sent_back_by=F("requested_by"))
                ),
                name="publication_is_sent_back_by_another_with_a_reason",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="publications_are_kept",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__published_at__isnull=False),
            ),
        ]

    def __str__(self):
        return str(self.version)

    @property
    def is_waiting(self) -> bool:
        """Whether it waits for a second person: not published, not sent back, and the draft not changed since."""
        return self.published_at is None and self.sent_back_at is None and not self.is_outdated

    @property
    def is_outdated(self) -> bool:
        """Whether the draft was changed after somebody asked for it."""
        return self.version.changed_at > self.requested_at
