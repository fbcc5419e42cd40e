"""Forms of reports: the period, and who gets one every month."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from payments.reports import catalogue, periods, queries
from people.directory.forms import PeopleChoice
from wellbeing.forms.choices import Checkboxes
from wellbeing.forms.dates import DayMonthYearField
from wellbeing.forms.fields import hide_optional, set_choices

UNITS = {
    periods.MONTH: gettext_lazy("Months"),
    periods.QUARTER: gettext_lazy("Quarters"),
    periods.YEAR: gettext_lazy("Years"),
    periods.TAX_YEAR: gettext_lazy("Tax years"),
    periods.FINANCIAL_YEAR: gettext_lazy("Financial years of who runs it"),
    periods.GRANT_YEAR: gettext_lazy("Years of the grant"),
}


class AskForm(forms.Form):
    """The period a report is about; no question at all for a report about today."""

    period = forms.ChoiceField(
        label=gettext_lazy("What period is it about?"),
        error_messages={"invalid_choice": gettext_lazy("Choose one of the periods in the list")},
    )
    first_day = DayMonthYearField(
        label=gettext_lazy("First day"),
        help_text=gettext_lazy("Only for “From one day to another”. For example, 1 10 2026"),
        required=False,
    )
    last_day = DayMonthYearField(
        label=gettext_lazy("Last day"),
        help_text=gettext_lazy("For example, 15 11 2026"),
        required=False,
    )

    def __init__(self, *args, kind, today, programme, **kwargs):
        super().__init__(*args, **kwargs)
        offered = kind.offered(today, programme)
        if not kind.takes_any_days:
            del self.fields["first_day"], self.fields["last_day"]
        else:
            hide_optional(self, "first_day", "last_day")
        if not kind.units:
            del self.fields["period"]
            return
        groups = [(str(UNITS[unit]), [(choice.key, str(choice)) for choice in choices]) for unit, choices in offered]
        if kind.takes_any_days:
            groups.append((_("Other days"), [(periods.SPAN, _("From one day to another"))]))
        alone = [choice for _unit, choices in groups for choice in choices]
        set_choices(self, "period", groups if len(groups) > 1 else alone)
        self.nothing_yet = not offered

    def clean(self):
        """Also make the key of a period from one day to another, and refuse days that nothing would be done with."""
        super().clean()
        cleaned = self.cleaned_data
        first, last = cleaned.pop("first_day", None), cleaned.pop("last_day", None)
        if cleaned.get("period") != periods.SPAN:
            if first or last:
                self.add_error("period", _("Choose “From one day to another”, or empty the boxes of the two days"))
        elif not first or not last:
            for name, day in (("first_day", first), ("last_day", last)):
                if not day and name not in self.errors:
                    self.add_error(name, _("Enter a day"))
        else:
            try:
                cleaned["period"] = periods.span(first, last).key
            except ValueError:
                self.add_error("last_day", _("The last day must not be before the first"))
        return cleaned


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
