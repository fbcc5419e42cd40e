"""Send text messages through GOV.UK Notify.

Notify does not refuse a reference it has seen before, so a text whose first try may have arrived is looked up by its
reference before it is sent again. Notify keeps what it sent for 7 days; we try for less than two.
"""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.messages.notify import Notify, id_of
from people.messages.services import RefusedError

# The end states of a text that reached nobody (its documentation, "Text message status descriptions").
FAILED = {"permanent-failure", "temporary-failure", "technical-failure"}
# Words of Notify where the number itself is the reason (its documentation, "Send a text message", "Error codes").
NUMBER_WORDS = ("phone_number", "international mobile")


class NotifyProvider(Notify):
    """GOV.UK Notify, with the account and the template of the settings."""

    arrives_at_once = False
    used_up = gettext_lazy("GOV.UK Notify sends no more text messages for us today.")
    refused = gettext_lazy("GOV.UK Notify refused the text message. It said: %s")

    def send(self, to: str, words: str, reference: str) -> str:
        """Send a text. Returns and raises as `Provider.send` says."""
        answer = self.ask(
            lambda: self.client.send_sms_notification(
                phone_number=to,
                template_id=settings.NOTIFY_TEMPLATE_ID,
                personalisation={"message": words},
                reference=reference,
            )
        )
        return id_of(answer)

    def find(self, reference: str) -> str:
        """Return the id of the text Notify has under `reference`, the newest that has not failed; "" if none."""
        found = self.listed(template_type="sms", reference=reference)
        return next((id_of(one) for one in found if one.get("status") not in FAILED), "")

    def refusal(self, words: str) -> RefusedError:
        """Return the refusal of a text, which says whether it is the number."""
        if any(word in words for word in NUMBER_WORDS):
            sentence = _("Text messages cannot be sent to this number. GOV.UK Notify said: %s")
            return RefusedError(sentence % words, number=True)
        return super().refusal(words)
