"""Receipts, checked and copied clean by a worker."""

import datetime as dt

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Min, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from payments.claims.models.claim import Claim
from payments.claims.models.lines import ClaimLine
from payments.upload_paths import receipt_path
from wellbeing.lib.texts import LineField


class ReceiptQuerySet(models.QuerySet["Receipt"]):
    def visible_to(self, user):
        """Return the receipts of the claims `user` can see."""
        return self.filter(claim__in=Claim.objects.visible_to(user).values("pk"))

    def due(self, now):
        """Return the receipts a worker should take: not checked yet, and not taken by one whose lease still runs."""
        lease = dt.timedelta(seconds=settings.RECEIPT_LEASE_SECONDS)
        return self.filter(Q(taken_at=None) | Q(taken_at__lt=now - lease), status=Receipt.Status.CHECKING)

    def oldest_due(self, now):
        """Return when the receipt arrived that has waited longest to be checked, or None. One under way counts."""
        return self.filter(status=Receipt.Status.CHECKING).aggregate(oldest=Min("added_at"))["oldest"]


# The history does not keep when a worker took it.
@pghistory.track(exclude=["taken_at"])
class Receipt(models.Model):
    """Proof of spend: a photo or PDF. A worker decodes it and keeps a clean copy without metadata."""

    class Status(models.TextChoices):
        CHECKING = "checking", _("Being checked")
        READY = "ready", _("Ready")
        REFUSED = "refused", _("Could not be read")

    claim = models.ForeignKey(Claim, verbose_name=_("claim"), on_delete=models.PROTECT, related_name="receipts")
    lines = models.ManyToManyField(ClaimLine, verbose_name=_("for"), related_name="receipts", blank=True)
    file = models.FileField(_("file"), upload_to=receipt_path, max_length=200)
    original_name = LineField(_("name it arrived with"), max_length=200)
    content_type = models.CharField(_("type"), max_length=60)
    size = models.PositiveIntegerField(_("bytes"))
    sha256 = models.CharField(_("fingerprint as it arrived"), max_length=64, db_index=True)
    picture_hash = models.BigIntegerField(
        _("what the picture looks like"),
        null=True,
        blank=True,
        help_text=_("64 yes or no answers about light and dark (wellbeing.lib.pictures), as one number."),
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.CHECKING)
    problem = models.CharField(_("what is wrong with it"), max_length=300, blank=True)
    tries = models.PositiveSmallIntegerField(
        _("times a worker tried to open it"),
        default=0,
        help_text=_("A file that ends the worker that opens it must not be tried for ever."),
    )
    taken_at = models.DateTimeField(_("taken by a worker"), null=True, blank=True)
    added_by = models.ForeignKey(
        "people.Person", verbose_name=_("added by"), on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(_("added"), default=timezone.now)

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        ordering = ["claim", "pk"]
        indexes = [
            models.Index(fields=["added_at"], condition=Q(status="checking"), name="receipts_to_check"),
            # Its four parts, by which `approval.warnings` finds pictures almost the same.
            *(
                models.Index(
                    F("picture_hash").bitrightshift(16 * index).bitand(0xFFFF),
                    condition=Q(picture_hash__isnull=False),
                    name=f"receipts_by_picture_{index}",
                )
                for index in range(4)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="refused", file="") | (~Q(status="refused") & ~Q(file="")),
                name="receipt_has_its_file_unless_refused",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="receipts_of_a_sent_claim_are_kept",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("state", "text")],
                func=(
                    "SELECT c.status INTO state FROM payments_claim c"
                    " WHERE c.id = CASE WHEN TG_OP = 'INSERT' THEN NEW.claim_id ELSE OLD.claim_id END;"
                    # The worker may still put a clean copy in place of what arrived.
                    " IF TG_OP = 'UPDATE' THEN"
                    " IF OLD.claim_id <> NEW.claim_id OR OLD.sha256 <> NEW.sha256 OR"
                    " (OLD.status <> 'checking' AND ROW(OLD.file, OLD.status) <> ROW(NEW.file, NEW.status)) THEN"
                    " RAISE EXCEPTION 'a receipt never changes once it is checked'; END IF;"
                    " RETURN NEW; END IF;"
                    " IF state NOT IN ('draft', 'returned') THEN"
                    " RAISE EXCEPTION 'the receipts of a % claim cannot change', state; END IF;"
                    " IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self):
        return self.original_name

    @property
    def is_ready(self):
        return self.status == self.Status.READY
