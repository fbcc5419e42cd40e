"""Adds to the home page what is to be done about drafts that somebody asked to publish."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from payments.publishing import queries
from people import registry
from people.wordings import Wording
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
    registry.add_notice_kinds(
        registry.NoticeKind(
            "policy_changed",
            gettext_lazy("Changed payment policy"),
            wording=Wording(
                subject=gettext_lazy("What we pay you changes: {programme}"),
                heading=gettext_lazy("What we pay you changes"),
                words=gettext_lazy(
                    "Hello {name},\n\nWhen we invited you, we told you what we would pay. Some of that"
                    " changes.\n\n{details}"
                ),
                holds=gettext_lazy("each event, what we pay now and what we paid before, and the link to our policy"),
                example=gettext_lazy(
                    "Curry and conversation, Thursday 14 January 2027\n\nYour time\nIt was: £75\nIt is now: £80\n\nRead"
                    " all of how we pay you:\nhttps://www.example.org/what-we-pay/"
                ),
            ),
        ),
    )
