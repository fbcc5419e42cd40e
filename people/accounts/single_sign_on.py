"""Sign in people by their organisation's provider: who comes back, whether they may, and the page where they may not.

Every refusal that depends on who somebody is here has the same page: it tells nothing of accounts.
"""

import logging

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base.constants import AuthError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from requests import RequestException

from people.accounts import openid, queries
from people.accounts.actions import single_sign_on
from people.accounts.models.single_sign_on import SignInProvider
from people.accounts.rules import SIGNED_IN_BY_ORGANISATION

logger = logging.getLogger(__name__)

# In the session, for `account/confirm_login_code.html`.
COLLEAGUES_USE = "colleagues_use"
# Why nobody was signed in: the status of the page. Its words are in the template.
STATUSES = {"refused": 403, "cancelled": 200, "used": 400, "unavailable": 503, "wrong": 502}


def provider_at(request: HttpRequest, address: str) -> SignInProvider | None:
    """Return the provider that is switched on for `address`; the database is asked once a request for each domain."""
    known: dict[str, SignInProvider | None] = request.__dict__.setdefault("providers_of_domains", {})
    domain = queries.domain_of(address)
    if domain not in known:
        known[domain] = queries.provider_for(address)
    return known[domain]


def remember_whom_colleagues_use(request: HttpRequest, provider: SignInProvider | None) -> None:
    """Keep the name of a provider that colleagues must use, for the page where a code is typed; it is told to all."""
    request.session.pop(COLLEAGUES_USE, None)
    if provider is not None and provider.is_required:
        request.session[COLLEAGUES_USE] = provider.name


def not_signed_in(request: HttpRequest, why: str, provider: SignInProvider | None = None) -> HttpResponse:
    """Return the page that says that nobody was signed in, `why` (of STATUSES), and what to do next."""
    context = {"why": why, "name": provider.name if provider else ""}
    return render(request, "people/accounts/single_sign_on/not_signed_in.html", context, status=STATUSES[why])


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """allauth's sign-in by other sites, fitted to ours: providers from our table, and nobody signs up."""

    def get_provider(self, request, provider, client_id=None):
        """Return the provider called `provider` that is switched on. Raises SocialApp.DoesNotExist for any other."""
        number = str(provider).removeprefix("organisation-")
        row = SignInProvider.objects.filter(pk=number, is_on=True).first() if number.isdecimal() else None
        if row is None or provider != openid.name_of(row.pk):
            raise SocialApp.DoesNotExist
        return openid.OrganisationProvider.of(request, row)

    def get_requests_session(self):
        """Return the session with our limits, in which providers are asked."""
        return openid.BoundedSession()

    def is_open_for_signup(self, request, sociallogin):
        """Return False: staff add everybody who needs a way in."""
        return False

    def on_authentication_error(self, request, provider, error=None, exception=None, extra_context=None):
        """Answer with our page, whatever went wrong. Raises ImmediateHttpResponse."""
        row = SignInProvider.objects.filter(pk=provider.app.settings["provider_pk"]).first()
        if error == AuthError.CANCELLED:
            why = "cancelled"
        elif isinstance(exception, openid.ProviderError | RequestException):
            why = "unavailable"
        elif exception is not None:
            why = "wrong"
        else:
            # A state that is not known (any more), or an error that the provider sent along.
            why = "wrong" if (extra_context or {}).get("state") else "used"
        if why != "cancelled":
            logger.warning(
                "Single sign-on by provider %s failed: %s, %s", row and row.pk, why, type(exception).__name__
            )
        raise ImmediateHttpResponse(not_signed_in(request, why, row))

    def pre_social_login(self, request, sociallogin):
        """Sign in the account of who came back, or answer with the page that refuses. Raises ImmediateHttpResponse."""
        raise ImmediateHttpResponse(_come_in(request, sociallogin))


def _come_in(request, sociallogin):
    claims = sociallogin.account.extra_data["id_token"]
    row = SignInProvider.objects.get(pk=sociallogin.provider.app.settings["provider_pk"])
    try:
        user = single_sign_on.arrive(
            provider=row,
            subject=claims["sub"],
            address=claims.get("email"),
            checked=claims.get("email_verified"),
            by=None,
        )
    except single_sign_on.NotSignedInError as error:
        logger.warning("Single sign-on by provider %s was refused: %s", row.pk, error.reason)
        return not_signed_in(request, "refused", row)
    next_url = sociallogin.get_redirect_url(request)
    if request.user.is_authenticated:
        if request.user.pk == user.pk:
            return redirect(next_url or "home")
        get_account_adapter(request).logout(request)
    record_authentication(request, user, SIGNED_IN_BY_ORGANISATION, provider=openid.name_of(row.pk))
    login = Login(user=user, redirect_url=next_url, email=user.email, signal_kwargs={SIGNED_IN_BY_ORGANISATION: True})
    return perform_login(request, login)
