"""Pages for staff about the claims of who came to an event, without reading them."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import ngettext

from events.planning.guards import managed_event
from events.planning.tabs import CLAIMS, tab_url
from payments.claims.actions import reminding
from wellbeing.lib.form_pages import attempt_button, button_page


@button_page
def event_claims_remind(request, pk):
    """Remind those who came and have not sent their claim."""
    event = managed_event(request, pk)
    done = attempt_button(request, lambda: reminding.remind_unsent(event=event, by=request.user))
    if done is not None:
        messages.success(
            request,
            ngettext(
                "A reminder to %(n)s person is on its way.", "Reminders to %(n)s people are on their way.", done.result
            )
            % {"n": done.result},
        )
    return redirect(tab_url(event, CLAIMS))
