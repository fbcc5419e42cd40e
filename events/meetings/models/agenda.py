"""The agenda of a meeting, item by item, and what the minutes say of each."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.meetings.models.meetings import Meeting
from events.meetings.models.postgres import minutes_stay
from people.directory.fields import who_field
from programmes.models import Decision, GroupRules
from wellbeing.lib.texts import LimitedTextField, LineField


@pghistory.track()
class AgendaItem(models.Model):
    """One thing a meeting talks about, or a break. One taken out stays as a row, so that building adds it no more."""

    class Kind(models.TextChoices):
        MINUTES = "minutes", _("Minutes of the last meeting")
        URGENT = "urgent", _("Decided sooner than usual: confirm or reverse it")
        VIEWS = "views", _("Proposal open for views")
        SHAPING = "shaping", _("Proposal being shaped")
        OBJECTIONS = "objections", _("Objections without an answer")
        REVIEW = "review", _("Look at a decision again")
        ACTIONS = "actions", _("Actions that are due")
        OTHER = "other", _("Added by a member")
        BREAK = "break", _("Break")

    meeting = models.ForeignKey(Meeting, verbose_name=_("meeting"), on_delete=models.PROTECT, related_name="items")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    # The thing it was built from, such as "views:12"; empty for an item that somebody added.
    source = models.CharField(_("built from"), max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(_("place in the order"))
    title = LineField(_("what it is about"), max_length=200)
    detail = LimitedTextField(_("more about it"), max_length=2000, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes it takes"))
    leader = models.ForeignKey(
        "people.Person",
        verbose_name=_("who leads it"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="agenda_items",
    )
    decision = models.ForeignKey(
        Decision, verbose_name=_("decision"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    earlier_meeting = models.ForeignKey(
        Meeting, verbose_name=_("whose minutes"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Nobody: it was built.
    added_by = who_field(_("added by"))
    added_at = models.DateTimeField(_("added"), default=timezone.now)
    is_out = models.BooleanField(_("taken out of the agenda"), default=False)
    said = LimitedTextField(_("what was said"), max_length=8000, blank=True)
    agreed = LimitedTextField(_("what was agreed"), max_length=4000, blank=True)
    members_only = models.BooleanField(_("for members only"), default=False)

    class Meta:
        verbose_name = _("item of an agenda")
        verbose_name_plural = _("items of agendas")
        ordering = ["meeting", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "source"], condition=~Q(source=""), name="agenda_item_built_once"
            ),
            models.CheckConstraint(condition=Q(minutes__gte=1), name="agenda_item_takes_time"),
            models.CheckConstraint(
                condition=Q(is_out=False) | Q(said="", agreed=""), name="agenda_item_with_minutes_is_not_out"
            ),
            models.CheckConstraint(
                condition=~Q(kind="break") | Q(said="", agreed=""), name="agenda_break_has_no_minutes"
            ),
        ]
        triggers = [minutes_stay("agenda_items_stay_once_agreed")]

    def __str__(self):
        return self.title

    @property
    def is_break(self) -> bool:
        return self.kind == self.Kind.BREAK

    @property
    def is_public(self) -> bool:
        """Return whether everybody in the programme may read it once the minutes are published.

        Not where the group keeps what it decides to itself: the title of the item names the proposal.
        """
        rules = self.decision.rules if self.decision else None
        return not self.members_only and not (rules and rules.reach == GroupRules.Reach.GROUP)
