"""Add what people agree to to their pages, and what was noted to what the product says."""

from django.urls import reverse
from django.utils.translation import gettext_lazy

from people import registry
from people.consent import queries, rules
from people.consent.models import Purpose
from people.consent.telling import NOTED


def register():
    """Register them once, when the app is ready."""
    registry.own_details_panels.append(own_panel)
    registry.person_panels.append(person_panel)
    registry.add_notice_kinds(
        registry.NoticeKind(
            NOTED,
            gettext_lazy("What somebody agrees to was noted for them"),
            legal=True,
            fixed=gettext_lazy("It says what they agreed to, in the words of the purposes."),
        )
    )


def own_panel(user):
    """Show the reader what they agree to, and lead to where they change it."""
    return _panel(user.person, reverse("your_consents"), own=True)


def person_panel(user, person):
    """Show those who may note it what `person` agrees to."""
    if person.pk == user.person.pk or not rules.can_take_back(user, person):
        return None
    return _panel(person, reverse("person_consents", args=[person.pk]), own=False)


def _panel(person, url, *, own):
    answers = queries.answers_of(person)
    lines = [{"label": purpose.label, "answer": answers.get(purpose)} for purpose in Purpose]
    return registry.Panel("people/consent/panel.html", {"lines": lines, "url": url, "own": own}, order=41)
