"""Add the agreed language of a programme to what people write, and its texts to those looked through for old words."""

from django.urls import reverse
from django.utils.translation import gettext_lazy

from programmes.decisions.models import Decision
from programmes.language import queries
from programmes.registry import ProgrammeText


def words_to_avoid(voice, text):
    """Return the words of `text` that the programme which speaks by `voice` agreed not to use, with what it says."""
    name, _colon, pk = voice.partition(":")
    if name != "programme" or not pk.isdigit():
        return []
    return queries.hints_in(int(pk), text)


TEXTS = [
    ProgrammeText(
        title=gettext_lazy("The programme"),
        rows=lambda programme: [programme],
        words=lambda programme: [programme.name, programme.purpose],
        url=lambda programme: reverse("programme", args=[programme.slug]),
    ),
    ProgrammeText(
        title=gettext_lazy("Groups"),
        rows=lambda programme: programme.groups.select_related("programme").prefetch_related("rules"),
        words=lambda group: [group.name, group.purpose, *(rules.terms_of_reference for rules in group.rules.all()[:1])],
        url=lambda group: reverse("group", args=[group.programme.slug, group.pk]),
    ),
    ProgrammeText(
        title=gettext_lazy("Open proposals"),
        rows=lambda programme: Decision.objects.open().filter(programme=programme).select_related("version"),
        words=lambda decision: [decision.title, decision.wording, decision.background, decision.easy_read],
        url=lambda decision: reverse("decision", args=[decision.pk]),
    ),
]
