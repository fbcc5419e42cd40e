"""Take in what somebody presses on their own page about an offered place. Nobody is signed in there."""

from django.contrib import messages
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from events.inviting.actions import invitations
from events.inviting.models import Invitation
from events.inviting.views.replies import private_link
from wellbeing.lib.errors import ActionError

# The word a button sends, and the reply it gives.
ANSWERS = {"take": Invitation.Reply.COMING, "leave": Invitation.Reply.NOT_COMING, "again": Invitation.Reply.COMING}


# As for the reply itself: the key in the address is the secret that a CSRF token would be.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@private_link
def reply_place(request, invitation):
    """Take an offered place, let it go, or wait for one again. Opening the address changes nothing."""
    reply = ANSWERS.get(request.POST.get("answer", ""))
    if request.method != "POST" or reply is None:
        return redirect("reply", invitation.link_key)
    try:
        invitations.reply(invitation=invitation, reply=reply, by=None)
    except ActionError as error:
        messages.error(request, str(error))
        return redirect("reply", invitation.link_key)
    return redirect("reply_done", invitation.link_key)
