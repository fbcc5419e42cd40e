"""Send text messages to the phones of the demo: pages that show what each would show."""

from people.messages.models import DemoText


class DemoProvider:
    """The demo's phones. A text arrives as soon as it is sent, once however often it is tried."""

    arrives_at_once = True

    def send(self, to: str, words: str, reference: str) -> str:
        """Put a text on the phone `to`. Return its id; that of the first where it is sent again."""
        text, _new = DemoText.objects.get_or_create(reference=reference, defaults={"number": to, "words": words})
        return f"demo-{text.pk}"

    def find(self, reference: str) -> str:
        """Return the id of the text with this reference, "" where there is none."""
        text = DemoText.objects.filter(reference=reference).first()
        return f"demo-{text.pk}" if text else ""


def written(number: str, words: str) -> str:
    """Keep a text that was written on a phone of the demo. Return its id, as a provider would bring it."""
    return f"demo-{DemoText.objects.create(number=number, words=words, from_phone=True).pk}"
