"""Ask GOV.UK Notify something, and understand how it says no: the same for text messages and letters."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from notifications_python_client.errors import APIError, HTTPError
from notifications_python_client.notifications import NotificationsAPIClient

from people.messages.services import AwayError, LaterError, RefusedError, ServiceError
from wellbeing.lib.time_limit import TookTooLongError, within
from wellbeing.lib.types import Text

# Notify counts requests over a rolling minute (its documentation, "Rate limits").
RATE_LIMIT_SECONDS = 60


class Notify:
    """GOV.UK Notify, with the account of the settings. Each kind of message has its own sentences."""

    used_up: Text = gettext_lazy("GOV.UK Notify sends no more messages for us today.")
    refused: Text = gettext_lazy("GOV.UK Notify refused the message. It said: %s")

    def __init__(self) -> None:
        self.client = NotificationsAPIClient(
            settings.NOTIFY_API_KEY, base_url=settings.NOTIFY_URL, timeout=settings.TEXT_TIMEOUT_SECONDS
        )

    def ask(self, question: Callable[[], Any]) -> Any:
        """Return Notify's answer to `question`. Raises RefusedError, LaterError or AwayError."""
        try:
            return within(settings.TEXT_TIMEOUT_SECONDS, question)
        except TookTooLongError as error:
            raise AwayError(_("GOV.UK Notify did not answer in time.")) from error
        except HTTPError as error:
            raise self._problem(error) from error
        except APIError as error:
            # An answer that is no JSON: something between us and Notify spoke in its place.
            raise not_understood() from error

    def listed(self, **wanted: Any) -> list[dict[str, Any]]:
        """Return one page of what Notify has, the newest first: 250 at most. Raises as `ask`."""
        answer = self.ask(lambda: self.client.get_all_notifications(**wanted))
        found = answer.get("notifications") if isinstance(answer, dict) else None
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            raise not_understood()
        return found

    def refusal(self, words: str) -> RefusedError:
        """Return the refusal of one message for what Notify says in `words`."""
        return RefusedError(str(self.refused) % words)

    def _problem(self, error: HTTPError) -> ServiceError:
        if error.response is None:
            return AwayError(_("GOV.UK Notify could not be reached."))
        code, words = error.status_code, _words(error)
        if code == 429:
            if "TooManyRequestsError" in words:
                return LaterError(str(self.used_up), wait=_until_midnight())
            return LaterError(_("GOV.UK Notify asked us to send more slowly."), wait=RATE_LIMIT_SECONDS)
        if code == 403:
            return RefusedError(
                _("GOV.UK Notify did not accept our key. An administrator must check it. It said: %s") % words
            )
        if 400 <= code < 500 and code != 408:
            return self.refusal(words)
        return AwayError(_("GOV.UK Notify has a fault (%s).") % code)


def id_of(answer: Any) -> str:
    """Return Notify's id in an answer. Raises AwayError for one that is none of Notify's."""
    found = answer.get("id") if isinstance(answer, dict) else None
    if not isinstance(found, str) or not found:
        raise not_understood()
    return found


def not_understood() -> AwayError:
    """Return the error for an answer that is none of Notify's."""
    return AwayError(_("GOV.UK Notify gave an answer we do not understand."))


def _words(error: HTTPError) -> str:
    """Return Notify's errors in a line: "ValidationError: phone_number Not a UK mobile number"."""
    said = error.message
    if not isinstance(said, list):
        return " ".join(str(said).split())[:200]
    return "; ".join(f"{one.get('error', '')}: {one.get('message', '')}" for one in said if isinstance(one, dict))[:200]


def _until_midnight() -> int:
    """Return the seconds until Notify counts a new day: at midnight, in summer by our clock or by UTC. UTC is later."""
    now = timezone.now().astimezone(dt.UTC)
    midnight = (now + dt.timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return int((midnight - now).total_seconds()) + 1
