"""Letters: who prints and posts them. See docs/deploy.md."""

import os

from django.core.exceptions import ImproperlyConfigured

from .environment import DEMO_MODE
from .texts import NOTIFY_API_KEY

# "notify" is GOV.UK Notify, with the key that text messages use, "demo" the demo's printing service. Empty: staff print
# and post every letter themselves.
LETTER_PROVIDER = os.environ.get("LETTER_PROVIDER", "demo" if DEMO_MODE else "")

if LETTER_PROVIDER not in {"", "notify", "demo"}:
    raise ImproperlyConfigured(f"LETTER_PROVIDER must be notify, demo or empty, not {LETTER_PROVIDER!r}.")
if LETTER_PROVIDER == "demo" and not DEMO_MODE:
    raise ImproperlyConfigured("LETTER_PROVIDER is demo outside the demo: no letter would reach anybody.")
if LETTER_PROVIDER == "notify" and not NOTIFY_API_KEY:
    raise ImproperlyConfigured("NOTIFY_API_KEY is not set. LETTER_PROVIDER=notify needs it: see docs/deploy.md.")
