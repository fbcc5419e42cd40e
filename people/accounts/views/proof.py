"""Let readers show again that it is them, by a code sent by email, and go on with what was interrupted."""

from allauth.account.utils import get_next_redirect_url
from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from people.accounts import reauthentication
from people.accounts.forms.accounts import ProofCodeForm
from people.accounts.reauthentication import EmailedCode, proved_recently
from wellbeing.lib.form_pages import LED_TO_KEPT_FORM, form_page, is_form_page


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@login_required
def prove_by_code(request):
    """Send a code to the reader's own address, and take it. Accounts with a second step are sent to use that."""
    ways = reauthentication.ways(request.user)
    next_url = get_next_redirect_url(request)
    onwards = f"?{urlencode({'next': next_url})}" if next_url else ""
    here = f"{reverse('prove_by_code')}{onwards}"
    if "prove_by_code" not in {way["id"] for way in ways}:
        return redirect(ways[0]["url"] + onwards)
    process = EmailedCode.resume(request)
    form = ProofCodeForm(
        request.POST if request.method == "POST" and "send" not in request.POST else None,
        code=process.code if process else None,
    )
    if request.method == "POST" and "send" in request.POST:
        if ratelimit.consume(request, action="proof_code", user=request.user):
            EmailedCode.start(request)
            messages.success(request, _("We have sent a code to %s.") % request.user.mailbox)
        else:
            messages.warning(
                request, _("You asked for several codes. Use the newest message, or wait a few minutes for another.")
            )
        return redirect(here)
    if form.is_bound:
        if process is None:
            messages.warning(request, _("That code no longer works. Ask for a new one."))
            return redirect(here)
        if not ratelimit.consume(request, action="reauthenticate", user=request.user):
            form.add_error("code", _("That was a lot of tries. Wait a minute, then try again."))
        elif form.is_valid():
            process.finish()
            return redirect(next_url or "home")
        elif not process.record_invalid_attempt():
            messages.warning(request, _("That code was not right, several times. Ask for a new one."))
            return redirect(here)
    context = {
        "form": form,
        "sent": process is not None,
        "address": request.user.mailbox,
        "here": here,
        "next_url": next_url,
        "reauthentication_alternatives": [
            {**way, "url": way["url"] + onwards} for way in ways if way["id"] != "prove_by_code"
        ],
    }
    return render(request, "people/accounts/proof/by_code.html", context)


@form_page
@proved_recently
def prove_go_on(request):
    """Lead back to the form the reader had sent before they signed in or proved again who they are.

    Where that address has no page to show it in, one button here sends it. Posting here throws it away.
    """
    kept = reauthentication.held(request)
    if request.method == "POST":
        reauthentication.forget_held(request)
        messages.success(request, _("Thrown away. Nothing was sent."))
        return redirect("home")
    if kept is None:
        messages.warning(request, _("There is nothing to send any more. Please start again."))
        return redirect("home")
    if "send" not in request.GET and is_form_page(kept["path"]):
        request.session[LED_TO_KEPT_FORM] = True
        return redirect(kept["path"])
    return render(request, "people/accounts/proof/go_on.html", {"kept": kept})


def refused_as_forged(request, reason=""):  # noqa: ARG001 - Django gives it
    """Answer a form without the mark that it comes from this site.

    Signing in again in another window makes the mark of a page that was open before worthless. Where the browser
    itself says that the form comes from this very site, it is kept and shown again; nothing is sent by itself.
    """
    own = f"{request.scheme}://{request.get_host()}"
    comes_from_here = request.headers.get("Sec-Fetch-Site") == "same-origin" and request.headers.get("Origin") == own
    if comes_from_here and request.user.is_authenticated:
        reauthentication.hold(request, request.user.pk)
        if reauthentication.held(request, request.get_full_path()):
            return redirect("prove_go_on")
    return render(request, "403_csrf.html", status=403)
