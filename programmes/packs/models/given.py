"""Who was given which version of a welcome pack, and what became of it."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.directory.fields import who_field
from people.messages.models import Notice
from programmes.packs.models.papers import WelcomePack


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class PackGiven(models.Model):
    """That somebody has a version of the pack: they read it on the programme's page, or colleagues post it to them.

    Whether they were told is what became of the notice; `posted_on` is the day on which a colleague posted it.
    """

    person = models.ForeignKey(
        "people.Person", verbose_name=_("person"), on_delete=models.PROTECT, related_name="packs_given"
    )
    pack = models.ForeignKey(
        WelcomePack, verbose_name=_("welcome pack"), on_delete=models.PROTECT, related_name="given"
    )
    notice = models.ForeignKey(
        Notice,
        verbose_name=_("message that names it"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    by_post = models.BooleanField(_("comes by post"), default=False)
    given_by = who_field(_("given by"))
    given_at = models.DateTimeField(_("given"), default=timezone.now)
    posted_on = models.DateField(_("posted"), null=True, blank=True)
    posted_by = who_field(_("posted by"))

    class Meta:
        verbose_name = _("welcome pack of a person")
        verbose_name_plural = _("welcome packs of people")
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "pack"], name="a_welcome_pack_once"),
            models.CheckConstraint(
                condition=Q(posted_on=None, posted_by=None)
                | Q(posted_on__isnull=False, posted_by__isnull=False, by_post=True),
                name="a_posted_pack_comes_by_post",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="packs_stay_as_given", fields=["pack", "given_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.pack}"
