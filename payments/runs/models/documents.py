"""Documents of a run: requests for them, their versions, problems, and letters printed."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from payments.runs.models.made import PaymentMade
from payments.runs.models.payments import Payment
from payments.runs.models.runs import PaymentRun
from payments.upload_paths import document_path
from wellbeing.lib.texts import WordsField


@pghistory.track()
class DocumentRequest(models.Model):
    """A request for the papers of a run: the first one, or another with a reason.

    A request for one payment is for its letter alone. The version of a paper is the number of requests for it; a paper
    with fewer versions is still to be made, so that work that was cut off can go on.
    """

    run = models.ForeignKey(
        PaymentRun, verbose_name=_("payment run"), on_delete=models.PROTECT, related_name="document_orders"
    )
    payment = models.ForeignKey(
        Payment,
        verbose_name=_("payment"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="document_orders",
        help_text=_("Only this letter. Empty: every document of the run."),
    )
    reason = WordsField(_("why again"), max_length=300, blank=True)
    by = models.ForeignKey("people.Person", verbose_name=_("by"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("asked for"), default=timezone.now)

    class Meta:
        verbose_name = _("order of documents")
        verbose_name_plural = _("orders of documents")
        ordering = ["run", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["run"], condition=Q(reason=""), name="only_the_first_order_has_no_reason"),
            models.CheckConstraint(
                condition=Q(payment__isnull=True) | ~Q(reason=""), name="an_order_for_one_letter_says_why"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="document_orders_are_kept", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.run}, {self.at:%Y-%m-%d %H:%M}"


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, user):
        """Return the documents of runs `user` can see, and the letters of their own payments once a part was made."""
        if not user.is_authenticated:
            return self.none()
        made = PaymentMade.objects.filter(payment__person__user=user)
        own = Q(payment__person__user=user, payment__in=made.values("payment"))
        return self.filter(own | Q(run__in=PaymentRun.objects.visible_to(user).values("pk")))

    def newest(self):
        """Return the newest version of each paper."""
        later = Document.objects.filter(
            Q(payment=models.OuterRef("payment")) | Q(payment__isnull=True),
            run=models.OuterRef("run"),
            kind=models.OuterRef("kind"),
            version__gt=models.OuterRef("version"),
        )
        return self.filter(~models.Exists(later))


@pghistory.track()
class Document(models.Model):
    """A PDF made for a run, kept byte for byte. Made again, it is a new version."""

    class Kind(models.TextChoices):
        REMITTANCE = "remittance", _("Payment letter")
        SCHEDULE = "schedule", _("Run schedule")
        PACK = "pack", _("Schedule and every letter")
        POST = "post", _("Letters to print and post")

    # Joined from the papers above.
    JOINED = (Kind.PACK, Kind.POST)

    run = models.ForeignKey(
        PaymentRun, verbose_name=_("payment run"), on_delete=models.PROTECT, related_name="documents"
    )
    payment = models.ForeignKey(
        Payment,
        verbose_name=_("payment"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="documents",
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    file = models.FileField(_("file"), upload_to=document_path, max_length=200)
    sha256 = models.CharField(_("fingerprint"), max_length=64)
    size = models.PositiveIntegerField(_("bytes"))
    made_at = models.DateTimeField(_("made"), default=timezone.now)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["run", "kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["payment", "kind", "version"],
                condition=Q(payment__isnull=False),
                name="one_letter_per_payment_and_version",
            ),
            models.UniqueConstraint(
                fields=["run", "kind", "version"],
                condition=Q(payment__isnull=True),
                name="one_schedule_per_run_and_version",
            ),
            models.CheckConstraint(
                condition=Q(kind="remittance", payment__isnull=False)
                | (~Q(kind="remittance") & Q(payment__isnull=True)),
                name="letters_have_a_payment",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="documents_are_kept", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.run.reference}"


@pghistory.track()
class PaperProblem(models.Model):
    """The reason why a version of a paper could not be made. It is set apart, so that the others go on.

    Another request tries again, as the next version.
    """

    run = models.ForeignKey(
        PaymentRun, verbose_name=_("payment run"), on_delete=models.PROTECT, related_name="paper_problems"
    )
    payment = models.ForeignKey(
        Payment,
        verbose_name=_("payment"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="paper_problems",
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Document.Kind)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    reason = WordsField(_("why"), max_length=300)
    at = models.DateTimeField(_("tried"), default=timezone.now)

    class Meta:
        verbose_name = _("document that could not be made")
        verbose_name_plural = _("documents that could not be made")
        ordering = ["run", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "payment", "kind", "version"],
                nulls_distinct=False,
                name="one_problem_per_paper_and_version",
            ),
            models.CheckConstraint(
                condition=Q(kind="remittance", payment__isnull=False)
                | (~Q(kind="remittance") & Q(payment__isnull=True)),
                name="problems_of_letters_have_a_payment",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="paper_problems_are_kept", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.run.reference}: {self.reason}"


@pghistory.track()
class LetterDispatch(models.Model):
    """The way in which a letter went to its person: by email with the message about the payment, or by post."""

    class Way(models.TextChoices):
        EMAIL = "email", _("By email")
        POST = "post", _("Printed for the post")

    document = models.ForeignKey(Document, verbose_name=_("letter"), on_delete=models.PROTECT, related_name="sendings")
    way = models.CharField(_("which way"), max_length=5, choices=Way)
    at = models.DateTimeField(_("sent"), default=timezone.now)
    by = models.ForeignKey("people.Person", verbose_name=_("by"), on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("sending of a letter")
        verbose_name_plural = _("sendings of letters")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["document", "way"], name="a_letter_goes_each_way_once"),
        ]
        triggers = [
            pgtrigger.Protect(name="letter_sendings_are_kept", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.document}, {self.get_way_display()}"
