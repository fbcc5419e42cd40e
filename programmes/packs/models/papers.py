"""Papers and links that a programme gives to people who join, and the versions of its pack."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.directory.fields import who_field
from programmes.programme.models.programmes import Programme
from programmes.programme.models.sent_files import SentFile, SentFileQuerySet
from wellbeing.lib.texts import LineField
from wellbeing.lib.types import User


class CopyFormat(models.TextChoices):
    """How a paper of the pack can be read."""

    STANDARD = "standard", _("Standard")
    LARGE_PRINT = "large_print", _("Large print")
    EASY_READ = "easy_read", _("Easy Read")


@pghistory.track()
class WelcomePaper(models.Model):
    """A paper or link that a programme gives to people who join. Taken out, it stays in the versions that had it."""

    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="welcome_papers"
    )
    title = LineField(_("name of the paper"), max_length=150)
    # Empty for a paper, whose formats are files.
    url = models.URLField(_("link"), max_length=500, blank=True)
    added_by = models.ForeignKey(
        "people.Person", verbose_name=_("added by"), on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(_("added"), default=timezone.now)
    taken_out_at = models.DateTimeField(_("taken out"), null=True, blank=True)
    taken_out_by = who_field(_("taken out by"))

    class Meta:
        verbose_name = _("paper of a welcome pack")
        verbose_name_plural = _("papers of welcome packs")
        ordering = ["added_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="welcome_paper_has_a_name"),
            models.CheckConstraint(
                condition=Q(taken_out_at=None, taken_out_by=None)
                | Q(taken_out_at__isnull=False, taken_out_by__isnull=False),
                name="welcome_paper_taken_out_by_somebody",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="welcome_papers_are_kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="welcome_papers_stay_as_added", fields=["programme", "title", "url", "added_at"]),
        ]

    def __str__(self) -> str:
        return self.title


def welcome_copy_path(row: "WelcomeCopy", filename: str) -> str:
    """Return the path of a file, by paper, under its own random name, never the name it arrived with."""
    return f"welcome/{row.paper_id}/{filename}"


class WelcomeCopyQuerySet(SentFileQuerySet):
    def visible_to(self, user: User) -> "WelcomeCopyQuerySet":
        """Return the files in versions of the pack that `user` was given, in programmes they are in."""
        mine = Q(in_packs__pack__given__person__user=user)
        return self.filter(mine, paper__programme__in=Programme.objects.visible_to(user).values("pk")).distinct()


class WelcomeCopy(SentFile):
    """A paper of the pack in one format. A later one of its format takes its place in the next version."""

    paper = models.ForeignKey(WelcomePaper, verbose_name=_("paper"), on_delete=models.PROTECT, related_name="copies")
    format = models.CharField(_("format"), max_length=15, choices=CopyFormat)
    file = models.FileField(_("file"), upload_to=welcome_copy_path, max_length=200)

    objects = WelcomeCopyQuerySet.as_manager()

    class Meta:
        verbose_name = _("paper of a welcome pack in one format")
        verbose_name_plural = _("papers of welcome packs in their formats")
        ordering = ["paper", "-added_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="refused", file="") | (~Q(status="refused") & ~Q(file="")),
                name="welcome_copy_has_its_file_unless_refused",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="welcome_copies_are_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="welcome_copies_never_change_once_checked",
                operation=pgtrigger.UpdateOf("paper_id", "format", "file", "sha256", "status"),
                condition=pgtrigger.Q(old__status__in=["ready", "refused"]),
            ),
        ]


@pghistory.track(pghistory.InsertEvent())
class WelcomePack(models.Model):
    """A version of the pack that a programme gives to people who join, from the moment it was published."""

    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="welcome_packs"
    )
    number = models.PositiveSmallIntegerField(_("version"))
    published_at = models.DateTimeField(_("published"), default=timezone.now)
    published_by = models.ForeignKey(
        "people.Person", verbose_name=_("published by"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("welcome pack")
        verbose_name_plural = _("welcome packs")
        ordering = ["programme", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="one_welcome_pack_of_a_number"),
        ]
        triggers = [
            pgtrigger.Protect(name="welcome_packs_are_kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="welcome_packs_stay_as_published", fields=["programme", "number", "published_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.programme}, {self.number}"


class WelcomePackItem(models.Model):
    """That a version of the pack has a paper: in one format, a row for each; a link has one row and no format."""

    pack = models.ForeignKey(
        WelcomePack, verbose_name=_("welcome pack"), on_delete=models.PROTECT, related_name="items"
    )
    paper = models.ForeignKey(WelcomePaper, verbose_name=_("paper"), on_delete=models.PROTECT, related_name="in_packs")
    copy = models.ForeignKey(
        WelcomeCopy,
        verbose_name=_("in this format"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="in_packs",
    )

    class Meta:
        verbose_name = _("paper in a version of a welcome pack")
        verbose_name_plural = _("papers in versions of welcome packs")
        ordering = ["pack", "paper__added_at", "paper", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["pack", "copy"], name="a_copy_once_in_a_welcome_pack"),
            models.UniqueConstraint(
                fields=["pack", "paper"], condition=Q(copy=None), name="a_link_once_in_a_welcome_pack"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="welcome_pack_items_stay", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="welcome_pack_has_papers_of_its_own",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=(
                    "IF NOT EXISTS (SELECT FROM programmes_welcomepack k JOIN programmes_welcomepaper p"
                    " ON p.programme_id = k.programme_id WHERE k.id = NEW.pack_id AND p.id = NEW.paper_id"
                    " AND (NEW.copy_id IS NULL) = (p.url <> ''))"
                    " OR NEW.copy_id IS NOT NULL AND NOT EXISTS (SELECT FROM programmes_welcomecopy c"
                    " WHERE c.id = NEW.copy_id AND c.paper_id = NEW.paper_id AND c.status = 'ready') THEN"
                    " RAISE EXCEPTION 'a pack has links and checked papers of its own programme'; END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pack}: {self.paper}"
