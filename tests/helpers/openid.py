"""An organisation's OpenID provider on 127.0.0.1: oidc-provider-mock, which signs with RS256, and what can go wrong.

It lets in whoever is `known`, by their `sub`. `troubles` changes its answers: by the end of an address, a function that
is given the answer as JSON and returns another, or bytes. `slow` is how many seconds it waits before each answer.
"""

import json
import threading
import time
from functools import cache
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import jwt
import oidc_provider_mock
import requests
from cryptography.hazmat.primitives.asymmetric import rsa
from werkzeug.serving import make_server


class OpenIdServer:
    """Runs from `with OpenIdServer() as server`; its discovery address is `server.discovery_url`."""

    def __init__(self):
        self.troubles, self.slow, self.asked = {}, 0, []
        self._application = oidc_provider_mock.app(require_client_registration=False)
        # The package's page for errors of its own is no part of a provider.
        self._application.debug = False
        self._server = make_server("127.0.0.1", 0, self._answer, threaded=True)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self.discovery_url = f"{self.url}/.well-known/openid-configuration"

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_problem):
        self._server.shutdown()
        self._server.server_close()

    def know(self, sub, email, **claims):
        """Let somebody have an account at the organisation, with an address that it has checked unless told."""
        said = {"email": email, "email_verified": True, **claims}
        said = {name: value for name, value in said.items() if value is not None}
        requests.put(f"{self.url}/users/{sub}", json=said, timeout=10).raise_for_status()

    def sign_in(self, address, sub):
        """Sign in as `sub` at `address`, where a browser was led. Return the address to which it is sent back."""
        answer = requests.post(address, data={"sub": sub}, allow_redirects=False, timeout=10)
        return _path_of(answer.headers["Location"])

    def cancel(self, address):
        """Cancel at `address`, where a browser was led. Return the address to which it is sent back."""
        answer = requests.post(address, data={"action": "deny"}, allow_redirects=False, timeout=10)
        return _path_of(answer.headers["Location"])

    def say(self, change, *, key=None, algorithm="RS256", **header):
        """Let ID tokens say what `change` makes of their claims, signed with a key that the provider shows.

        With `key` they are signed with that one, which it does not show.
        """
        shown = own_key()
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(shown.public_key()))
        self.troubles["/jwks"] = lambda _keys: {"keys": [{**public, "kid": "own", "use": "sig", "alg": "RS256"}]}

        def anew(answer):
            claims = change(jwt.decode(answer["id_token"], options={"verify_signature": False}))
            signed = jwt.encode(claims, shown if key is None else key, algorithm, headers={"kid": "own", **header})
            return {**answer, "id_token": signed}

        self.troubles["/oauth2/token"] = anew

    def _answer(self, environ, start_response):
        path = environ["PATH_INFO"]
        self.asked.append(path)
        time.sleep(self.slow)
        if path.endswith("/authorize"):
            return self._application(environ, _with_state(environ, start_response))
        change = next((change for end, change in self.troubles.items() if path.endswith(end)), None)
        if change is None:
            return self._application(environ, start_response)
        said = {}

        def keep(status, headers, *_rest):
            said.update(status=status, headers=headers)

        body = b"".join(self._application(environ, keep))
        changed = change(json.loads(body))
        status = said["status"]
        if isinstance(changed, tuple):
            status, changed = changed
        body = changed if isinstance(changed, bytes) else json.dumps(changed).encode()
        headers = [(name, value) for name, value in said["headers"] if name.lower() != "content-length"]
        start_response(status, [*headers, ("Content-Length", str(len(body)))])
        return [body]


@cache
def own_key():
    """Return the key with which tokens that tests change are signed."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _with_state(environ, start_response):
    """Return `start_response` that sends the state along with an error: the package forgets it (RFC 6749, 4.1.2.1)."""

    def start(status, headers, *rest):
        state = parse_qs(environ.get("QUERY_STRING", "")).get("state", [""])[0]
        headers = [
            (name, f"{value}&state={state}" if name == "Location" and "error=" in value else value)
            for name, value in headers
        ]
        return start_response(status, headers, *rest)

    return start


def _path_of(url):
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}"


class _Link(HTMLParser):
    """Finds the address to which a page goes on by itself."""

    found = ""

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if tag == "meta" and values.get("http-equiv") == "refresh":
            self.found = values["content"].partition("url=")[2]


def leave(client, address, **extra):
    """Press "Sign in with …" for `address`. Return where the page at the provider is."""
    page = client.post("/accounts/organisation/", {"address": address, **extra})
    assert page.status_code == 200, page.status_code
    reader = _Link()
    reader.feed(page.text)
    assert reader.found
    return reader.found


def come_in(client, server, address, sub, **extra):
    """Go the whole way to the provider and back. Return the page on which it ends."""
    back = server.sign_in(leave(client, address, **extra), sub)
    return client.get(back, follow=True)


def asked_of(url):
    """Return what the address of a provider's page carries: {name: value}."""
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
