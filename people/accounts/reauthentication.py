"""Ask again who somebody is, before a page that moves money, gives power or changes how they sign in.

A proof is a second step (passkey, app, spare code); for accounts without one, a code sent by email or the password.
Signing in is a proof too, but not by an organisation's provider alone: it lets in whoever sits at a computer where
somebody is signed in to it. A proof counts for settings.PROOF_SECONDS, in its own session.
"""

import json
import time
from functools import wraps
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.code_verification import AbstractCodeVerificationProcess
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.conf import settings
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from people.accounts import sessions
from people.accounts.rules import SIGNED_IN_BY_ORGANISATION
from wellbeing.lib import crypto

HELD = "held_post"
CODE = "proof_code"
# Pages of the libraries that ask as well, by the name of their address: `middleware.proof_for_library_pages`.
ASKED = {
    "account_email",
    "account_change_password",
    "account_set_password",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_add_webauthn",
    "mfa_edit_webauthn",
    "mfa_remove_webauthn",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "admin:people_user_change",
    "admin:mfa_authenticator_delete",
}


def proved_recently(view):
    """Decorate a view: without a recent proof the reader is asked for one first, and comes back afterwards.

    Stands directly below `login_required`. The content of a POST is kept and offered to be sent again: see `ask`.
    """

    @wraps(view)
    def guarded(request, *args, **kwargs):
        return passed(request) or view(request, *args, **kwargs)

    guarded.asks_for_proof = True  # type: ignore[attr-defined]  # a mark by which a test finds these views
    return guarded


def passed(request):
    """Return None when the reader of `request` has proved recently who they are; else the redirect that asks them."""
    return None if has_proved_recently(request) else ask(request)


def has_proved_recently(request):
    """Return whether this session holds a proof that still counts. An account with a second step proves with that."""
    since = time.time() - settings.PROOF_SECONDS
    records = get_authentication_records(request, request.user)
    methods = {record.get("method") for record in records if record.get("at", 0) >= since}
    methods.discard(SIGNED_IN_BY_ORGANISATION)
    if not methods:
        return False
    return "mfa" in methods or not sessions.has_second_factor(request.user)


def ways(user):
    """List the ways `user` can prove who they are, the best first: {"id", "description", "url"} each, never empty."""
    types = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    if types & set(sessions.FACTORS):
        app, passkey = Authenticator.Type.TOTP in types, Authenticator.Type.WEBAUTHN in types
        by_passkey = _way("mfa_reauthenticate:webauthn", "mfa_reauthenticate_webauthn", _("Use a passkey"))
        by_code = _way(
            "mfa_reauthenticate",
            "mfa_reauthenticate",
            _("Use the code of your app, or a spare code") if app else _("Use a spare code"),
        )
        return [by_code, by_passkey] if app and passkey else [by_code] if app else [by_passkey, by_code]
    choices = [_way("prove_by_code", "prove_by_code", _("Get a code by email"))]
    if user.has_usable_password():
        choices.insert(0, _way("reauthenticate", "account_reauthenticate", _("Use your password")))
    return choices


def _way(id_, name, description):
    return {"id": id_, "description": description, "url": reverse(name)}


def ask(request):
    """Redirect to the page that asks for a proof and then leads back to the page asked for.

    The content of a POST is held, encrypted, in this session. It is never sent again by itself: the reader is shown the
    form as they had filled it in, or a page with a button that sends it. Files are not held.
    """
    back = request.get_full_path()
    if request.method == "POST":
        hold(request, request.user.pk)
        back = reverse("prove_go_on")
    return redirect(f"{ways(request.user)[0]['url']}?{urlencode({'next': back})}")


def hold(request, user_pk):
    """Keep the content of the POST `request` in its session until it is sent or thrown away.

    Only the account `user_pk` gets it back.
    """
    fields = [
        (name, value) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken" for value in values
    ]
    kept = {
        "user": user_pk,
        "path": request.get_full_path(),
        "fields": fields,
        "files": bool(request.FILES),
        "at": time.time(),
    }
    text = json.dumps(kept)
    if len(text) > settings.HELD_POST_MAX_LENGTH:
        # More than anybody types: the reader is sent on without it, and sees an empty form.
        return
    request.session[HELD] = crypto.encrypt(text)


def held(request, path=None):
    """Return the form held for the reader of `request`: {"path", "fields", "files"}; None when they have none.

    With `path`, only one that was sent to that address. It is kept for settings.HELD_POST_SECONDS.
    """
    token = request.session.get(HELD)
    if not token or not request.user.is_authenticated:
        return None
    try:
        kept = json.loads(crypto.decrypt(token))
    except InvalidToken:
        return None
    too_old = time.time() - kept["at"] > settings.HELD_POST_SECONDS
    return None if too_old or kept["user"] != request.user.pk or path not in {None, kept["path"]} else kept


def forget_held(request, path=None):
    """Throw away the held form; with `path`, only if it was sent to that address."""
    if HELD in request.session and (path is None or held(request) is None or held(request, path)):
        del request.session[HELD]


class EmailedCode(AbstractCodeVerificationProcess):
    """A code sent to the address an account signs in with. It works in the session that asked for it, once."""

    def __init__(self, request, state):
        self.request = request
        super().__init__(
            max_attempts=settings.ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS,
            timeout=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT,
            state=state,
            user=request.user,
        )

    @classmethod
    def start(cls, request):
        """Send a new code; the one before no longer works. Raises ImmediateHttpResponse when mail cannot be sent."""
        process = cls(request, cls.initial_state(user=request.user, email=request.user.email))
        process.state["code"] = get_adapter().generate_login_code()
        process.send()
        process.persist()
        return process

    @classmethod
    def resume(cls, request):
        """Return the code that was sent to the reader and still works, or None."""
        state = request.session.get(CODE)
        if not state or state.get("user_id") != str(request.user.pk):
            return None
        return cls(request, state).abort_if_invalid()

    def send(self):
        get_adapter().send_mail("account/email/proof_code", self.state["email"], {"code": self.code})

    def persist(self):
        self.request.session[CODE] = self.state

    def abort(self):
        self.request.session.pop(CODE, None)

    def finish(self):
        """Record the proof: the right code came back."""
        self.abort()
        record_authentication(
            self.request, self.request.user, method="code", email=self.state["email"], reauthenticated=True
        )
