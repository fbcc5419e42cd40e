"""What the people app itself adds to its own registries."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people import queries, registry, rules
from people.models import AddressChange, Message


def register():
    """Called once, when the app is ready."""
    registry.home_tasks.append(failed_messages)
    registry.navigation.append(navigation)
    registry.home_tasks.append(addresses_to_agree)
    registry.home_tasks.append(own_address_change)


def addresses_to_agree(user):
    """New sign-in addresses that colleagues asked for and that wait for a second one."""
    return [
        registry.Task(
            title=_("Check the new email address of %(name)s") % {"name": change.person},
            url=reverse("address_change", args=[change.pk]),
            detail=_("Asked for by %(name)s") % {"name": change.asked_by},
        )
        for change in queries.address_changes_to_agree(user)
        if rules.can_agree_to_address(user, change)
    ]


def own_address_change(user):
    """For the person themselves: a new sign-in address that somebody asked for and that is not done."""
    change = AddressChange.objects.open().filter(person=user.person).first()
    if change is None:
        return []
    return [
        registry.Task(
            title=_("Somebody asked to change the email address you sign in with"),
            url=reverse("address_change", args=[change.pk]),
            detail=_("See it, and stop it if you did not ask for it"),
            urgent=True,
        )
    ]


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
