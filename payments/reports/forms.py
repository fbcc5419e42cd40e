"""Forms of reports: the period, and who gets one every month."""

from django import forms
from django.utils.translation import gettext_lazy

from payments.reports import catalogue, periods, queries
from people.directory.forms import PeopleChoice
from wellbeing.forms.choices import Checkboxes
from wellbeing.forms.fields import hide_optional, set_choices

UNITS = {
    periods.MONTH: gettext_lazy("Months"),
    periods.QUARTER: gettext_lazy("Quarters"),
    periods.YEAR: gettext_lazy("Years"),
    periods.TAX_YEAR: gettext_lazy("Tax years"),
}


class AskForm(forms.Form):
    """The period a report is about; no question at all for a report about today."""

    period = forms.ChoiceField(
        label=gettext_lazy("What period is it about?"),
        error_messages={"invalid_choice": gettext_lazy("Choose one of the periods in the list")},
    )

    def __init__(self, *args, kind, today, since, **kwargs):
        super().__init__(*args, **kwargs)
        offered = kind.offered(today, since)
        if not kind.units:
            del self.fields["period"]
            return
        groups = [(str(UNITS[unit]), [(choice.key, str(choice)) for choice in choices]) for unit, choices in offered]
        alone = [choice for _unit, choices in groups for choice in choices]
        set_choices(self, "period", groups if len(groups) > 1 else alone)
        self.nothing_yet = not offered


class MonthlyForm(forms.Form):
    """The people in finance who get each report every month."""

    def __init__(self, *args, programme, **kwargs):
        super().__init__(*args, **kwargs)
        people = queries.finance_people(programme)
        for kind in catalogue.KINDS.values():
            self.fields[kind.key] = PeopleChoice(queryset=people, label=kind.label, required=False, widget=Checkboxes)
            hide_optional(self, kind.key)

    @property
    def wanted(self):
        """The ids of people by ReportKind, once the form is valid."""
        return {kind: {person.pk for person in self.cleaned_data[kind]} for kind in catalogue.KINDS}
