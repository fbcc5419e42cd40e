"""Forms of the dashboard: the layout of its paper, and the filter of actions."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.dashboard.models import BoardPaper
from programmes.decisions.models import ActionPoint
from wellbeing.forms.choices import Radios
from wellbeing.lib.dates import today


class BoardPaperForm(forms.Form):
    """The layout of the paper."""

    layout = forms.ChoiceField(
        label=_("How is it printed?"),
        choices=BoardPaper.Layout.choices,
        initial=BoardPaper.Layout.STANDARD,
        widget=Radios,
    )


class ActionPointFilter(django_filters.FilterSet):
    """Filters the actions of a programme's groups."""

    due = django_filters.ChoiceFilter(
        label=_("Show"),
        choices=[("late", _("Late")), ("open", _("To do")), ("closed", _("Done, or dropped"))],
        empty_label=_("All"),
        method="in_time",
    )

    class Meta:
        model = ActionPoint
        fields = ["due"]

    def in_time(self, rows, _name, value):
        """Narrow the list to late actions, those to do, or closed ones."""
        if value == "closed":
            return rows.exclude(status=ActionPoint.Status.OPEN)
        rows = rows.filter(status=ActionPoint.Status.OPEN)
        return rows.filter(due_on__lt=today()) if value == "late" else rows
