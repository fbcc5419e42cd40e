"""Who may record who came."""

from django.utils.translation import gettext as _

from events.planning.models import Event


def why_not_record(event):
    """Why attendance cannot be recorded, as a sentence, or "" when it can."""
    if event.status == Event.Status.CANCELLED:
        return _("This event was cancelled, so there is no attendance to record.")
    if event.status == Event.Status.PLANNED and not event.has_started:
        return _("You can record who came once the event has started.")
    return ""
