"""The policy on paper: in standard print, in large print and in Easy Read."""

from functools import lru_cache

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from payments.policy import easy_read, queries, wording
from payments.shared.documents import document_html, draw
from people.models import Person

# Papers kept ready in each process, as anybody may ask for one at any time.
MAX_KEPT = 32


class Layout(models.TextChoices):
    """The layouts of the paper."""

    STANDARD = "standard", _("Standard print")
    LARGE = "large-print", _("Large print")
    EASY_READ = "easy-read", _("Easy Read")


def policy_paper(programme, layout, *, contact, large=Person.LetterSize.LARGE_18):
    """Draw how `programme` pays people, today and later, in `layout`, as a tagged PDF; None where nothing is published.

    `large` is the size of large print that its reader chose. With `contact` it says whom to ask, which is for people of
    the programme.
    """
    today = timezone.localdate()
    versions = list(queries.policies(programme))
    current = next((version for version in versions if version.effective_from <= today), None)
    coming = [version for version in reversed(versions) if version.effective_from > today]
    if not versions:
        return None
    context = {
        "programme": programme,
        "current": current,
        "coming": coming,
        "contact": contact,
        "print": large if layout == Layout.LARGE else Person.LetterSize.STANDARD,
        "easy": layout == Layout.EASY_READ,
    }
    if layout == Layout.EASY_READ:
        shown = [*([current] if current else []), *coming]
        context |= {
            "about": easy_read.about(programme, shown[0]),
            "parts": [(version, easy_read.questions(version)) for version in shown],
            "choices": easy_read.choices(programme, contact),
        }
        return _drawn(document_html("policy_easy_read", context))
    context |= {
        "words": wording.in_words(current) if current else None,
        "coming_words": [wording.in_words(version) for version in coming],
        "closed": list(programme.closed_days.filter(day__gte=today).order_by("day")),
    }
    return _drawn(document_html("policy", context))


@lru_cache(maxsize=MAX_KEPT)
def _drawn(html):
    return draw(html)
