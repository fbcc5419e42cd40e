"""Links by which people stop a kind of email without signing in (RFC 8058)."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from people import registry
from people.messages.models import Notice

# A full stop stands in no signature and needs no escape in an address.
_SIGNER_SALT, _SEPARATOR = "people.messages.returns.stopping", "."


def can_stop(kind: str) -> bool:
    """Return whether people can ask for no more emails of a kind: it is known, and not essential."""
    found = registry.notice_kinds.get(kind)
    return found is not None and not found.essential


def link_for(notice: Notice) -> str:
    """Return the full link that stops emails of the kind of `notice` for its person; "" where nobody can stop it."""
    if notice.person_id is None or not can_stop(notice.kind):
        return ""
    return settings.SITE_URL + reverse("stop_emails", args=[_signer().sign(str(notice.pk))])


def headers(link: str) -> dict[str, str]:
    """Return the headers by which mail programs offer to stop such emails with one click; none without a link.

    RFC 8058 wants an https link, which only a real site has.
    """
    if not link.startswith("https://"):
        return {}
    return {"List-Unsubscribe": f"<{link}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def notice_of(key: str) -> Notice | None:
    """Return the notice that a link is for; None where the link is not ours, or there is nothing to stop."""
    try:
        pk = int(_signer().unsign(key))
    except (signing.BadSignature, ValueError):
        return None
    notice = Notice.objects.select_related("person").filter(pk=pk).first()
    return notice if notice and link_for(notice) else None


def _signer() -> signing.Signer:
    return signing.Signer(salt=_SIGNER_SALT, sep=_SEPARATOR)
