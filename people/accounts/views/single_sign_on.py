"""Leave for an organisation's sign-in, and come back from it."""

from allauth.account.utils import get_next_redirect_url
from allauth.core import ratelimit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from requests import RequestException

from people.accounts import openid, single_sign_on


@require_POST
@login_not_required
@never_cache
def single_sign_on_start(request):
    """Lead to the provider of the address that was typed: a page that goes on by itself, with a link.

    It is a page and no redirect, as browsers let a form of ours lead nowhere else (`form-action`).
    """
    next_url = get_next_redirect_url(request)
    if request.user.is_authenticated:
        return redirect(next_url or "home")
    if not ratelimit.consume(request, action="single_sign_on"):
        return ratelimit.respond_429(request)
    address = request.POST.get("address", "")[:254]
    row = single_sign_on.provider_at(request, address)
    if row is None:
        # Switched off since the page was opened.
        return redirect("account_login")
    provider = openid.OrganisationProvider.of(request, row)
    try:
        url = provider.leave(request, next_url=next_url, address=address)
    except (OAuth2Error, RequestException):
        return single_sign_on.not_signed_in(request, "unavailable", row)
    return render(request, "people/accounts/single_sign_on/going.html", {"url": url, "name": row.name})


@require_safe
@login_not_required
@never_cache
def single_sign_on_back(request, pk):
    """Sign in who comes back from the provider `pk`, or say kindly that nobody was signed in."""
    adapter = openid.OrganisationAdapter(request, openid.name_of(pk))
    try:
        return _Back.adapter_view(adapter)(request)
    except SocialApp.DoesNotExist:
        return single_sign_on.not_signed_in(request, "used")
    except (OAuth2Error, RequestException):
        return single_sign_on.not_signed_in(request, "unavailable")


class _Back(OAuth2CallbackView):
    """allauth's page to come back to: state, code, token. The state holds the nonce of this sign-in."""

    adapter: openid.OrganisationAdapter

    def _get_state(self, request: HttpRequest, provider):
        state, response = super()._get_state(request, provider)
        self.adapter.nonce = (state or {}).get("nonce", "")
        return state, response
