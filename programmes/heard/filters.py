"""Filters of the lists of contributions."""

import django_filters
from django.utils.translation import gettext_lazy as _

from programmes.heard.models import Contribution, ContributionOutcome, Rung
from wellbeing.lib.dates import today

STATES = [
    ("open", _("Being looked at")),
    ("changed", ContributionOutcome.Kind.CHANGED.label),
    ("partly", ContributionOutcome.Kind.PARTLY.label),
    ("not_changed", ContributionOutcome.Kind.NOT_CHANGED.label),
]


class SaidFilter(django_filters.FilterSet):
    """Contributions by what became of them."""

    state = django_filters.ChoiceFilter(
        label=_("What became of it"), choices=STATES, empty_label=_("All"), method="in_state"
    )

    class Meta:
        model = Contribution
        fields = ["state"]

    def in_state(self, rows, _name, value):
        """Narrow the list to one state."""
        if value == "open":
            return rows.filter(status=Contribution.Status.OPEN)
        return rows.filter(outcome__kind=value)


class ContributionFilter(SaidFilter):
    """Contributions as staff look for them."""

    todo = django_filters.ChoiceFilter(
        label=_("To do"),
        choices=[
            ("late", _("Late")),
            ("mine", _("I see to it")),
            ("nobody", _("Nobody sees to it")),
            ("not_true", _("“That is not true”")),
        ],
        empty_label=_("Everything"),
        method="to_do",
    )
    way = django_filters.ChoiceFilter(
        label=_("How it reached us"), choices=Contribution.Way.choices, empty_label=_("Any way")
    )
    rung = django_filters.ChoiceFilter(label=_("Ladder"), choices=Rung.choices, empty_label=_("Any rung"))

    class Meta:
        model = Contribution
        fields = ["state", "todo", "way", "rung"]

    def to_do(self, rows, _name, value):
        """Narrow the list to what is to be done."""
        waiting = rows.filter(status=Contribution.Status.OPEN)
        if value == "late":
            return waiting.filter(due_on__lt=today())
        if value == "mine":
            return rows.filter(owner=self.request.user.person)
        if value == "nobody":
            return waiting.filter(owner=None)
        return rows.filter(disputed=True)
