"""Filter who came: the people of one event, and the events of a programme."""

import datetime as dt

import django_filters
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.day.models import Attendance
from events.day.queries import Part
from events.planning.models import Event
from programmes.models import Group
from wellbeing.lib.dates import today

# The periods one looks back over, in days.
PERIODS = {"quarter": 92, "year": 365}


class CameFilter(django_filters.FilterSet):
    """People of an event by whether they came, and by their part in the programme."""

    came = django_filters.ChoiceFilter(
        label=_("Came"),
        choices=[("yes", _("Came")), ("no", _("Did not come"))],
        method="filter_came",
        empty_label=_("Everyone"),
    )
    part = django_filters.ChoiceFilter(label=_("Part"), choices=Part.choices, empty_label=_("Any part"))

    class Meta:
        model = Attendance
        fields = ["came", "part"]

    def filter_came(self, queryset, name, value):
        """Return those who came, or those who did not."""
        return queryset.filter(came=value == "yes")


class AttendedFilter(django_filters.FilterSet):
    """Events whose attendance is recorded, by period, kind and group."""

    since = django_filters.ChoiceFilter(
        label=_("Period"),
        choices=[
            ("quarter", _("The last 3 months")),
            ("year", _("The last 12 months")),
            ("this_year", _("This calendar year")),
            ("last_year", _("Last calendar year")),
        ],
        method="filter_since",
        empty_label=_("Any time"),
    )
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Event.Kind.choices, empty_label=_("Any kind"))
    group = django_filters.ModelChoiceFilter(
        label=_("Group"), queryset=Group.objects.none(), empty_label=_("Any group")
    )

    class Meta:
        model = Event
        fields = ["since", "kind", "group"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        groups = Group.objects.filter(programme=self.request.programme).order_by("name")
        self.filters["group"].queryset = groups

    def filter_since(self, queryset, name, value):
        """Return events that started within the period up to now, or within a calendar year."""
        if value not in PERIODS:
            return queryset.filter(starts_at__year=today().year - (value == "last_year"))
        return queryset.filter(starts_at__gte=timezone.now() - dt.timedelta(days=PERIODS[value]))
