"""Helpers for tests of a programme's own words."""

from django.utils import timezone

from people import registry
from programmes.models import WordingVersion
from programmes.wording import actions

INVITATION = "Salaam {name},\n\nCome to {event}.\n\n{details}\n\nYours, {contact}"
# Made for the tests: a greeting, an invitation and a farewell.
IN_URDU = "السلام علیکم {name}،\n\nآپ کو {event} میں آنے کی دعوت ہے۔\n\n{details}\n\nشکریہ"


def use(programme, staff, kind="invitation", **values):
    """Use own words of a programme for a kind of message. Return the WordingVersion."""
    fields = {
        "language": "en",
        "subject": "Join us",
        "words": words_for(kind),
        "effective_from": timezone.localdate(),
        **values,
    }
    return actions.use_words(programme=programme, kind=kind, by=staff, **fields)


def words_for(kind):
    """Words for a kind with everything they must have."""
    needed = [field.in_braces for field in registry.notice_kinds[kind].standard.fields if field.needed]
    return "\n\n".join(["Salaam {name},", " ".join(["Our own words.", *needed]), "{details}", "Our farewell."])


def a_version(programme, person, **fields):
    """A row as an action writes it, unsaved: for tests of what the database refuses."""
    values = {
        "kind": "invitation",
        "subject": "Join us",
        "words": "{details}",
        "effective_from": timezone.localdate(),
        **fields,
    }
    return WordingVersion(programme=programme, written_by=person, **values)
