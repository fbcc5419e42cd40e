"""Forms about what people had before they claimed it."""

import datetime as dt

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import Event
from payments.advances.models import Advance
from payments.policy.models.kinds import ExpenseKind
from people.directory.forms import PersonChoice
from people.models import Person
from programmes.programme.queries import holding
from wellbeing.forms.choices import Radios
from wellbeing.forms.dates import DayMonthYearField
from wellbeing.forms.fields import hide_optional, set_rows
from wellbeing.forms.money import PoundsField
from wellbeing.lib.dates import short_date
from wellbeing.lib.texts import LineBox, WordsBox

# Events this long gone are not offered any more.
RECENT = dt.timedelta(days=400)


class _EventChoice(forms.ModelChoiceField):
    def label_from_instance(self, event):
        """ "Curry and co-production, 4 May 2026"."""
        return f"{event.title}, {short_date(event.starts_at)}"


class _ForSomeone(forms.Form):
    """The person it is for and, if any, the event of the programme. `not_for` is the Person who fills it in."""

    person = PersonChoice(queryset=Person.objects.none(), label=gettext_lazy("Person"))
    event = _EventChoice(queryset=Event.objects.none(), required=False, label=gettext_lazy("Event"))

    def __init__(self, *args, programme, not_for, **kwargs):
        super().__init__(*args, **kwargs)
        people = Person.objects.filter(holding(programme)).exclude(pk=not_for.pk)
        set_rows(self, "person", people.order_by("sort_key", "pk"))
        events = Event.objects.filter(programme=programme, starts_at__gte=timezone.now() - RECENT)
        events = events.published().exclude(status=Event.Status.CANCELLED)
        set_rows(self, "event", events.order_by("-starts_at"))


class AdvanceForm(_ForSomeone):
    """Money handed to a person before they claimed it."""

    amount = PoundsField(label=gettext_lazy("How much?"), min_pence=1, max_pence=1_000_000)
    paid_on = DayMonthYearField(
        label=gettext_lazy("When did they get it?"), latest=timezone.localdate, initial=timezone.localdate
    )
    how = forms.ChoiceField(label=gettext_lazy("How?"), choices=Advance.How, widget=Radios)
    note = LineBox(
        label=gettext_lazy("What is it for?"),
        help_text=gettext_lazy("The person reads this too."),
        required=False,
        max_length=200,
    )
    field_order = ["person", "amount", "paid_on", "how", "event", "note"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["event"].help_text = _(
            "If you choose an event, we will not deduct the advance from claims for earlier dates."
        )

    @property
    def values(self):
        """The arguments of `actions.record`."""
        data = self.cleaned_data
        return {
            "person": data["person"],
            "amount_pence": data["amount"],
            "paid_on": data["paid_on"],
            "how": data["how"],
            "event": data["event"],
            "note": data["note"],
        }


class TakeOffForm(forms.Form):
    """Whether an advance comes off claims that are approved and wait to be paid. `shown` names what the page showed."""

    take_off = forms.BooleanField(label=gettext_lazy("Take it off these claims now"), required=False, initial=True)
    shown = forms.RegexField(r"^[0-9:,]+$", max_length=4000, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        hide_optional(self, "take_off")


class BookingForm(_ForSomeone):
    """A thing booked for a person and paid direct."""

    kind = forms.ChoiceField(label=gettext_lazy("What kind of thing?"), choices=ExpenseKind)
    description = LineBox(
        label=gettext_lazy("What was it?"),
        help_text=gettext_lazy("Such as “Train, Leeds to York and back”. The person reads this too."),
        required=False,
        max_length=200,
    )
    cost = PoundsField(label=gettext_lazy("What did it cost?"), min_pence=1, max_pence=1_000_000)
    on = DayMonthYearField(
        label=gettext_lazy("Which day is it for?"),
        help_text=gettext_lazy("Leave it empty to take the day of the event."),
        required=False,
    )
    field_order = ["person", "kind", "description", "cost", "event", "on"]

    @property
    def values(self):
        """The arguments of `actions.book`."""
        data = self.cleaned_data
        return {
            "person": data["person"],
            "kind": data["kind"],
            "description": data["description"],
            "cost_pence": data["cost"],
            "event": data["event"],
            "on": data["on"],
        }


class WhyForm(forms.Form):
    """The reason why something that was recorded no longer counts."""

    reason = WordsBox(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy("Such as “They gave the rest back” or “Recorded twice”."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Say why")},
    )
