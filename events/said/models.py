"""At which event something was said."""

import pghistory
import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from events.planning.models import Event


@pghistory.track()
class SaidAtEvent(models.Model):
    """The event at which a contribution was said, noted by staff. Where it was said in words stays beside it."""

    contribution = models.OneToOneField(
        "programmes.Contribution",
        verbose_name=_("what was said"),
        on_delete=models.PROTECT,
        related_name="said_at_event",
    )
    event = models.ForeignKey(
        Event, verbose_name=_("event"), on_delete=models.PROTECT, related_name="contributions_said"
    )

    class Meta:
        verbose_name = _("contribution of an event")
        verbose_name_plural = _("contributions of events")
        ordering = ["event", "pk"]
        triggers = [
            pgtrigger.Trigger(
                name="said_at_an_event_of_its_programme",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=(
                    "IF (SELECT programme_id FROM programmes_contribution WHERE id = NEW.contribution_id)"
                    " IS DISTINCT FROM (SELECT programme_id FROM events_event WHERE id = NEW.event_id) THEN"
                    " RAISE EXCEPTION 'it was said at an event of its programme'; END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event}: {self.contribution}"
