"""What the people app itself adds to its own registries."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people import registry, rules
from people.models import Message


def register():
    """Called once, when the app is ready."""
    registry.home_tasks.append(failed_messages)
    registry.navigation.append(navigation)


def failed_messages(user):
    """Administrators hear of messages that could not be sent."""
    if not user.is_administrator:
        return []
    failed = Message.objects.filter(status=Message.Status.FAILED).count()
    if not failed:
        return []
    return [
        registry.Task(
            title=ngettext("%(count)s message could not be sent", "%(count)s messages could not be sent", failed)
            % {"count": failed},
            url=f"{reverse('messages')}?status={Message.Status.FAILED}",
            detail=_("See why, and try again"),
        )
    ]


def navigation(user, programme):
    """The list of messages, for whoever may see those of others."""
    if not rules.can_read_messages(user):
        return []
    return [registry.NavigationLink(_("Messages"), reverse("messages"), order=90)]
