"""Documents that come with a proposal, checked and copied clean by a worker."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programmes.decisions.models.decisions import Decision
from programmes.decisions.models.postgres import while_open
from programmes.programme.models.sent_files import SentFile, SentFileQuerySet
from wellbeing.lib.texts import LineField
from wellbeing.lib.types import User


def decision_file_path(row: "DecisionFile", filename: str) -> str:
    """Return the path of a file, by proposal, under its own random name, never the name it arrived with."""
    return f"decisions/{row.decision_id}/{filename}"


class DecisionFileQuerySet(SentFileQuerySet):
    def visible_to(self, user: User) -> "DecisionFileQuerySet":
        """Return the documents of decisions that `user` may read."""
        return self.filter(decision__in=Decision.objects.visible_to(user).values("pk"))


class DecisionFile(SentFile):
    """A photo or PDF that comes with a proposal, perhaps its Easy Read version."""

    decision = models.ForeignKey(Decision, verbose_name=_("decision"), on_delete=models.PROTECT, related_name="files")
    title = LineField(_("name of the document"), max_length=150)
    is_easy_read = models.BooleanField(_("an Easy Read version"), default=False)
    file = models.FileField(_("file"), upload_to=decision_file_path, max_length=200)

    objects = DecisionFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("document of a proposal")
        verbose_name_plural = _("documents of proposals")
        ordering = ["decision", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="refused", file="") | (~Q(status="refused") & ~Q(file="")),
                name="document_has_its_file_unless_refused",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="documents_are_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="documents_never_change_once_checked",
                operation=pgtrigger.UpdateOf("decision_id", "title", "file", "sha256", "status"),
                condition=pgtrigger.Q(old__status__in=["ready", "refused"]),
            ),
            while_open("documents_come_while_it_is_open", operation=pgtrigger.Insert),
        ]

    def __str__(self) -> str:
        return self.title
