"""Adds to the home page what is to be done about drafts that somebody asked to publish."""

from django.urls import reverse
from django.utils.translation import gettext as _

from payments.publishing import queries
from people import registry
from programmes.models import Role, programmes_where


def tasks(user):
    """List the requests to publish that wait for `user`, and their own that were sent back."""
    found = []
    programmes = programmes_where(user, Role.STAFF)
    for publication in queries.requests(programmes) if programmes else ():
        programme = publication.version.programme
        if publication.requested_by_id == user.person.pk:
            if publication.sent_back_by:
                found.append(
                    registry.Task(
                        title=_("Look again at the payment policy that was sent back to you"),
                        detail=f"{programme}. {publication.sent_back_reason}",
                        url=reverse("policy_preview", args=[programme.slug]),
                    )
                )
        elif publication.is_waiting and programme.policy_needs_two_people:
            found.append(
                registry.Task(
                    title=_("Publish the new payment policy, or send it back"),
                    detail=_("%(programme)s. %(name)s asked for it.")
                    % {"programme": programme, "name": publication.requested_by},
                    url=reverse("policy_publish", args=[programme.slug]),
                )
            )
    return found


def register():
    """Called once, when the app is ready."""
    registry.home_tasks.append(tasks)
