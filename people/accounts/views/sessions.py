"""Show where the reader is signed in, sign them out elsewhere, and let them go on before time runs out."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from people.accounts import reauthentication
from people.accounts import sessions as account_sessions
from people.accounts.actions import sessions
from people.accounts.models.sessions import Session
from wellbeing.lib.dates import short_date, time_of_day
from wellbeing.lib.form_pages import button_page, read_page


@read_page
def your_sessions(request):
    """List every phone and computer on which the reader is signed in, the one in use first."""
    here = request.session.row
    rows = [_row(row, here) for row in Session.objects.of(request.user, timezone.now())]
    rows.sort(key=lambda row: not row["is_here"])
    limits = {
        "idle": settings.SESSION_IDLE_SECONDS // 60,
        "shared_idle": settings.SESSION_SHARED_IDLE_SECONDS // 60,
        "hours": settings.SESSION_LONGEST_SECONDS // 3600,
        "days": settings.SESSION_COOKIE_AGE // (24 * 3600),
    }
    return render(request, "people/accounts/sessions.html", {"rows": rows, "here": here, "limits": limits})


def _row(row, here):
    return {
        "mark": row.mark,
        "device": row.device or _("A browser we do not know"),
        "is_here": here is not None and row.pk == here.pk,
        "own": row.own and not row.work,
        "signed_in": _moment(row.started_at),
        "last_used": _moment(row.seen_at),
    }


def _moment(at):
    local = timezone.localtime(at)
    return _("%(day)s, %(time)s") % {"day": short_date(local), "time": time_of_day(local)}


@button_page
def session_end(request):
    """Sign out on one other phone or computer."""
    if sessions.end(user=request.user, mark=request.POST.get("session", ""), by=request.user):
        messages.success(request, _("Signed out there."))
    else:
        messages.info(request, _("You were not signed in there any more."))
    return redirect("your_sessions")


@button_page
def session_end_all(request):
    """Sign out everywhere, here too."""
    ended = sessions.end_all(user=request.user, by=request.user)
    logout(request)
    messages.success(
        request,
        ngettext(
            "You are signed out. You were signed in on %(count)s phone or computer.",
            "You are signed out everywhere: on %(count)s phones and computers.",
            ended,
        )
        % {"count": ended},
    )
    return redirect("home")


@button_page
def session_device(request):
    """Record whether this is the reader's own phone or computer. Staying signed in longer needs a proof."""
    own = request.POST.get("device") == "own"
    if own and (redirect_to_proof := reauthentication.passed(request)):
        return redirect_to_proof
    account_sessions.say_whose_device(request, own)
    messages.success(
        request,
        _("Saved. You stay signed in here.") if own else _("Saved. We will sign you out when you close the browser."),
    )
    return redirect("your_sessions")


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def session_left(request):
    """Return how many seconds this session goes on: {"idle": …, "all": …}, null without a limit.

    POST is a sign of life. Zeros for somebody who is not signed in any more.
    """
    if not request.user.is_authenticated:
        return JsonResponse({"idle": 0, "all": 0})
    now = timezone.now()
    idle, whole = request.session.row.left(now) if request.session.row else (None, None)
    return JsonResponse({"idle": idle, "all": whole})
