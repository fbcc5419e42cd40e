"""Text messages: who sends them, and how their answers prove where they come from. See docs/deploy.md."""

import os

from django.core.exceptions import ImproperlyConfigured

from .environment import DEMO_MODE

# "notify" is GOV.UK Notify, "http" any service that keeps to the contract in docs/deploy.md, "demo" the demo's phone.
# Empty: there are no text messages, and people who chose them get their second choice.
TEXT_PROVIDER = os.environ.get("TEXT_PROVIDER", "demo" if DEMO_MODE else "")
# Whether people can answer: only then do texts ask for YES or NO. Notify needs a number of one's own for it.
TEXT_ANSWERS = os.environ.get("TEXT_ANSWERS", "true" if TEXT_PROVIDER == "demo" else "false") == "true"
# The longest that one question to the provider may take, from its first byte to its last.
TEXT_TIMEOUT_SECONDS = float(os.environ.get("TEXT_TIMEOUT_SECONDS", "20"))

NOTIFY_URL = os.environ.get("NOTIFY_URL", "https://api.notifications.service.gov.uk")
NOTIFY_API_KEY = os.environ.get("NOTIFY_API_KEY", "")
# A text message template with nothing but ((message)) in it.
NOTIFY_TEMPLATE_ID = os.environ.get("NOTIFY_TEMPLATE_ID", "")
# The word that Notify shows when it brings receipts and answers; typed in at Notify under "API integration",
# "Callbacks".
NOTIFY_CALLBACK_TOKEN = os.environ.get("NOTIFY_CALLBACK_TOKEN", "")

TEXT_HTTP_URL = os.environ.get("TEXT_HTTP_URL", "")
TEXT_HTTP_TOKEN = os.environ.get("TEXT_HTTP_TOKEN", "")
# Signs what the service brings: HMAC-SHA256.
TEXT_HTTP_SECRET = os.environ.get("TEXT_HTTP_SECRET", "")

# Notify asks for 10 letters or more; a key that is guessed lets a stranger answer in somebody's name.
_SHORTEST_SECRET = 24
# Notify's keys end in the number of the service and the secret itself, 36 signs each with a hyphen between.
_NOTIFY_KEY_LENGTH = 73

_NEEDED = {
    "": (),
    "demo": (),
    "notify": ("NOTIFY_API_KEY", "NOTIFY_TEMPLATE_ID", "NOTIFY_CALLBACK_TOKEN"),
    "http": ("TEXT_HTTP_URL", "TEXT_HTTP_TOKEN", "TEXT_HTTP_SECRET"),
}
if TEXT_PROVIDER not in _NEEDED:
    raise ImproperlyConfigured(f"TEXT_PROVIDER must be notify, http, demo or empty, not {TEXT_PROVIDER!r}.")
if TEXT_PROVIDER == "demo" and not DEMO_MODE:
    raise ImproperlyConfigured("TEXT_PROVIDER is demo outside the demo: no text message would reach anybody.")
for _name in _NEEDED[TEXT_PROVIDER]:
    if not globals()[_name]:
        raise ImproperlyConfigured(f"{_name} is not set. TEXT_PROVIDER={TEXT_PROVIDER} needs it: see docs/deploy.md.")
for _name in ("NOTIFY_CALLBACK_TOKEN", "TEXT_HTTP_SECRET"):
    if 0 < len(globals()[_name]) < _SHORTEST_SECRET:
        raise ImproperlyConfigured(f"{_name} is short: use {_SHORTEST_SECRET} characters or more, made by chance.")
if NOTIFY_API_KEY and len(NOTIFY_API_KEY) < _NOTIFY_KEY_LENGTH:
    raise ImproperlyConfigured("NOTIFY_API_KEY is not a whole key of GOV.UK Notify.")
