"""Short flags of access needs, for a list with one line a row; the page of the person says them whole."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from people.needs.models import AccessNeed, said_of

# Flags that fit the line of a row; one more says how many are left.
MAX_FLAGS = 2


def need_flags(needs: Sequence[AccessNeed], most: int = MAX_FLAGS) -> list[dict[str, Any]]:
    """Return `needs` as tags: the first `most`, and how many there are more."""
    labels = list(dict.fromkeys(_label(need) for need in needs))
    flags = [{"label": label, "tone": "waiting"} for label in labels[:most]]
    if more := len(labels) - len(flags):
        flags.append({"label": _("%(n)s more") % {"n": more}, "tone": "waiting"})
    return flags


def _label(need: AccessNeed) -> str:
    """Return the kind of `need`; for something else, what it is. Whose it is, where it is a supporter's."""
    kind = need.detail if need.kind == AccessNeed.Kind.OTHER and need.detail else need.get_kind_display()
    return said_of(kind, need.whose)
