"""Forms of reports: which period, and who gets one every month."""

from django import forms
from django.utils.translation import gettext_lazy

from payments.reports import catalogue, periods, queries
from wellbeing.forms.choices import Checkboxes

UNITS = {
    periods.MONTH: gettext_lazy("Months"),
    periods.QUARTER: gettext_lazy("Quarters"),
    periods.YEAR: gettext_lazy("Years"),
    periods.TAX_YEAR: gettext_lazy("Tax years"),
}


class AskForm(forms.Form):
    """Which period a report is about; no question at all where it says how things stand today."""

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
        groups = [(str(UNITS[unit]), [(each.key, str(each)) for each in found]) for unit, found in offered]
        self.fields["period"].choices = (
            groups if len(groups) > 1 else [each for _unit, found in groups for each in found]
        )
        self.nothing_yet = not offered


class MonthlyForm(forms.Form):
    """For each report, who in finance gets it every month."""

    def __init__(self, *args, programme, **kwargs):
        super().__init__(*args, **kwargs)
        people = queries.finance_people(programme)
        for kind in catalogue.KINDS.values():
            self.fields[kind.key] = forms.ModelMultipleChoiceField(
                queryset=people, label=kind.label, required=False, widget=Checkboxes
            )
            self.fields[kind.key].hide_optional = True

    @property
    def wanted(self):
        """{ReportKind: ids of people}, once the form is valid."""
        return {kind: {person.pk for person in self.cleaned_data[kind]} for kind in catalogue.KINDS}
