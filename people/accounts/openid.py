"""Ask an organisation's OpenID provider, and believe nothing that it did not sign for this very sign-in.

allauth leads through the steps: state, code and PKCE. Here it is stricter: every answer is short, on time and encrypted
on its way; the issuer is the one of the discovery address; the ID token is always checked against the provider's keys;
and a nonce ties it to the sign-in it was asked for.
"""

import re
import secrets
import time
from typing import Any
from urllib.parse import urlsplit

import jwt
import requests
from allauth.socialaccount.models import SocialApp, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from people.accounts.models.single_sign_on import SignInProvider

WELL_KNOWN = "/.well-known/openid-configuration"
# Signatures with a key that the provider alone has. None at all, and a shared secret, are left out.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
# The clocks of two computers differ.
LEEWAY_SECONDS = 60
# As the standard lets a `sub` be, but for blanks.
SUBJECT = r"[!-~]{1,255}"
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
NEEDED = ("issuer", *ENDPOINTS)


class ProviderError(OAuth2Error):
    """A provider cannot be used as it is. `str(error)` tells an administrator what to look at."""


def is_allowed(url: str) -> bool:
    """Return whether `url` may be asked: over https, or on this machine in tests."""
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return False
    if not host or parts.username is not None or parts.password is not None:
        return False
    on_this_machine = settings.SINGLE_SIGN_ON_ON_THIS_MACHINE and host == "127.0.0.1"
    return parts.scheme == "https" or (parts.scheme == "http" and on_this_machine)


class BoundedSession(requests.Session):
    """Asks providers: allowed addresses alone, no detours, and an answer that is short and on time."""

    def request(self, method, url, **kwargs):  # type: ignore[override]  # the rest goes through as it is
        """Return the whole answer. Raises ProviderError, or an error of requests where there is none in time."""
        if not is_allowed(str(url)):
            raise ProviderError(_("The provider names an address that does not begin with https://."))
        kwargs |= {"timeout": settings.SINGLE_SIGN_ON_WAIT, "allow_redirects": False, "stream": True}
        until = time.monotonic() + settings.SINGLE_SIGN_ON_ANSWER_WITHIN
        response = super().request(method, url, **kwargs)
        content = bytearray()
        for part in response.iter_content(8192):
            content += part
            if time.monotonic() > until:
                raise requests.exceptions.ReadTimeout
            if len(content) > settings.SINGLE_SIGN_ON_ANSWER_BYTES:
                raise ProviderError(_("The provider's answer is too long."))
        response._content = bytes(content)
        return response


def discover(url: str) -> dict[str, Any]:
    """Return what the provider with the discovery address `url` says of itself. Raises ProviderError with plain words.

    It has the issuer that belongs to the address, and the addresses a sign-in needs, each over https.
    """
    document = _fetch(url)
    missing = [name for name in NEEDED if not isinstance(document.get(name), str) or not document[name]]
    if missing:
        raise ProviderError(
            _("This is no discovery address: the answer lacks “%s”. It ends in “/.well-known/openid-configuration”.")
            % "”, “".join(missing)
        )
    if any(not is_allowed(document[name]) for name in ENDPOINTS):
        raise ProviderError(_("The provider names an address that does not begin with https://."))
    if "{" in document["issuer"]:
        raise ProviderError(
            _("This address is for every organisation there. Use the one that has your own organisation's ID in it.")
        )
    if document["issuer"].rstrip("/") + WELL_KNOWN != url:
        raise ProviderError(
            _("The provider says that it is %(issuer)s, which is not what this address says. Check the address.")
            % {"issuer": document["issuer"][:200].encode("ascii", "replace").decode()}
        )
    return document


def check(provider: SignInProvider) -> str:
    """Return who answers at the discovery address of `provider`, once its keys answer, too.

    Raises ProviderError with plain words. Whether the client ID and secret are right shows at a sign-in alone.
    """
    document = discover(provider.discovery_url)
    if not isinstance(_fetch(document["jwks_uri"]).get("keys"), list):
        raise ProviderError(_("The provider does not show the keys it signs with."))
    known = document.get("id_token_signing_alg_values_supported")
    if isinstance(known, list) and not set(map(str, known)) & set(ALGORITHMS):
        raise ProviderError(_("The provider signs in no way that we can check, such as RS256."))
    return str(document["issuer"])


def _fetch(url: str, **kwargs: Any) -> dict[str, Any]:
    """Return the JSON at `url`. Raises ProviderError with plain words."""
    no_json = _("The answer is not from a provider: it is not JSON. Check the address.")
    try:
        with BoundedSession() as asking:
            response = asking.get(url, **kwargs)
        if response.status_code != requests.codes.ok:
            raise ProviderError(
                _("The provider answered with the error %(status)s. Check the address.")
                % {"status": response.status_code}
            )
        document = response.json()
    except requests.exceptions.JSONDecodeError:
        raise ProviderError(no_json) from None
    except requests.exceptions.SSLError:
        raise ProviderError(_("The provider's certificate is not right, so nothing was asked.")) from None
    except requests.exceptions.Timeout:
        raise ProviderError(_("The provider did not answer in time. Try again in a few minutes.")) from None
    except requests.exceptions.RequestException:
        raise ProviderError(_("Nothing answers at this address. Check it. Does our server have a way there?")) from None
    except (ValueError, RecursionError):
        # A number or a nest of brackets without end.
        raise ProviderError(no_json) from None
    if not isinstance(document, dict):
        raise ProviderError(no_json)
    return document


class OrganisationAdapter(OpenIDConnectOAuth2Adapter):
    """allauth's steps with one provider. `nonce` is the one that this sign-in was begun with."""

    nonce = ""

    def get_provider(self):
        """Return the provider, read once a request. Raises SocialApp.DoesNotExist where it is not switched on."""
        if not hasattr(self, "_provider"):
            self._provider = super().get_provider()
        return self._provider

    @property
    def openid_config(self):
        """Return what the provider says of itself, read once a request. Raises ProviderError."""
        if not hasattr(self, "_openid_config"):
            self._openid_config = discover(self.get_provider().app.settings["server_url"])
        return self._openid_config

    def get_callback_url(self, request, app):
        """Return the address that administrators gave to the provider, whatever host the page was asked at."""
        return f"{settings.SITE_URL}{reverse('single_sign_on_back', args=[app.settings['provider_pk']])}"

    def get_access_token_data(self, request, app, client, pkce_code_verifier=None):
        """Return the tokens for the code that came back. Raises OAuth2Error for an answer without an ID token."""
        try:
            data = super().get_access_token_data(request, app, client, pkce_code_verifier)
        except (KeyError, TypeError, ValueError, RecursionError) as error:
            raise OAuth2Error("odd answer") from error
        if not isinstance(data, dict) or not isinstance(data.get("id_token"), str):
            raise OAuth2Error("no ID token")
        return data

    def parse_token(self, data):
        """Return the access token alone: nothing of it is kept."""
        return SocialToken(token=str(data["access_token"]))

    def complete_login(self, request, app, token, **kwargs):
        """Return the sign-in that the checked ID token speaks of. Raises OAuth2Error."""
        claims = self._checked(app, kwargs["response"]["id_token"])
        if "email" not in claims and self.openid_config.get("userinfo_endpoint"):
            claims |= self._said_elsewhere(token.token, claims["sub"])
        return self.get_provider().sociallogin_from_response(request, {"id_token": claims})

    def _checked(self, app, id_token):
        """Return what `id_token` says once signature, issuer, audience, times and nonce are right."""
        try:
            claims = jwt.decode(
                id_token,
                self._key_of(id_token),
                algorithms=ALGORITHMS,
                audience=app.client_id,
                issuer=self.openid_config["issuer"],
                leeway=LEEWAY_SECONDS,
                options={"require": ["iss", "aud", "exp", "iat", "sub"]},
            )
        except (jwt.PyJWTError, KeyError, TypeError, ValueError, OverflowError, RecursionError) as error:
            raise OAuth2Error("ID token refused") from error
        if not self.nonce or claims.get("nonce") != self.nonce:
            raise OAuth2Error("nonce refused")
        if claims.get("azp", app.client_id) != app.client_id:
            raise OAuth2Error("made for another client")
        if not re.fullmatch(SUBJECT, claims["sub"]):
            raise OAuth2Error("sub refused")
        return claims

    def _key_of(self, id_token):
        """Return the key of the provider with which `id_token` says that it was signed."""
        keys = jwt.PyJWKSet.from_dict(_fetch(self.openid_config["jwks_uri"])).keys
        name = jwt.get_unverified_header(id_token).get("kid")
        fitting = [key for key in keys if key.algorithm_name in ALGORITHMS and (name is None or key.key_id == name)]
        if name is None and len(fitting) > 1:
            raise OAuth2Error("no telling which key")
        if not fitting:
            raise OAuth2Error("unknown key")
        return fitting[0]

    def _said_elsewhere(self, access_token, subject):
        """Return the address as the provider says it outside the ID token, of the same person alone."""
        said = _fetch(self.profile_url, headers={"Authorization": f"Bearer {access_token}"})
        if said.get("sub") != subject:
            raise OAuth2Error("about somebody else")
        return {name: said[name] for name in ("email", "email_verified") if name in said}


class OrganisationProvider(OpenIDConnectProvider):
    """An organisation's provider as allauth knows it. Made from our row, whose secret is encrypted."""

    oauth2_adapter_class = OrganisationAdapter

    @classmethod
    def of(cls, request, row: SignInProvider) -> "OrganisationProvider":
        """Return the provider of `row`. The library's own table of them stays empty."""
        return cls(
            request,
            app=SocialApp(
                provider=cls.id,
                provider_id=name_of(row.pk),
                name=row.name,
                client_id=row.client_id,
                secret=row.secret or "",
                settings={"server_url": row.discovery_url, "provider_pk": row.pk, "oauth_pkce_enabled": True},
            ),
        )

    def get_default_scope(self):
        """Return what is asked for: who it is, and their address."""
        return ["openid", "email"]

    def extract_extra_data(self, data):
        """Return the claims, for `people.accounts.single_sign_on` to look at. They are not stored."""
        return data

    def leave(self, request, *, next_url: str, address: str) -> str:
        """Return the address at the provider where somebody signs in. Raises ProviderError or an error of requests.

        `address` was typed here: the provider need not ask for it again.
        """
        nonce = secrets.token_urlsafe(24)
        asked = {"nonce": nonce, "login_hint": address}
        return self.redirect(request, "login", next_url=next_url, auth_params=asked, nonce=nonce)["Location"]


def name_of(pk: int) -> str:
    """Return the name by which the library knows the provider with the key `pk`."""
    return f"organisation-{pk}"
