"""Forms that plan an event, or several in one step."""

import datetime as dt

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.planning.calculations import every_so_many_weeks, same_day_of_month, same_weekday_of_month
from events.planning.forms import LONDON, EventForm
from wellbeing.forms.dates import DayMonthYearField
from wellbeing.forms.times import TimeOfDayField
from wellbeing.lib.dates import long_date, time_of_day, today

# Dates on one page: a meeting every week for a year.
MAX_DATES = 53


class Repeats(models.TextChoices):
    """How often an event comes again."""

    WEEKLY = "weekly", gettext_lazy("Every week")
    FORTNIGHTLY = "fortnightly", gettext_lazy("Every second week")
    FOUR_WEEKLY = "four_weekly", gettext_lazy("Every four weeks")
    WEEKDAY = "weekday", gettext_lazy("Every month, on the same weekday (such as the first Tuesday)")
    MONTH_DAY = "month_day", gettext_lazy("Every month, on the same day of the month")


WEEKS = {Repeats.WEEKLY: 1, Repeats.FORTNIGHTLY: 2, Repeats.FOUR_WEEKLY: 4}


class NewEventForm(EventForm):
    """Plan an event, or the first of several: then it also says how often, and until when."""

    repeats = forms.ChoiceField(
        label=gettext_lazy("Does it come again?"),
        choices=[("", gettext_lazy("No, it is one event")), *Repeats.choices],
        required=False,
    )
    until = DayMonthYearField(
        label=gettext_lazy("Until when does it come again?"),
        help_text=gettext_lazy("Before anything is planned you see all dates, and can change or remove each."),
        required=False,
    )

    def __init__(self, *args, programme, **kwargs):
        super().__init__(*args, programme=programme, **kwargs)
        until = self.fields["until"]
        assert isinstance(until, DayMonthYearField)
        until.latest = programme.ends_on

    def clean(self):
        """Also refuse a repetition without its end, and more dates than fit a page."""
        cleaned = super().clean()
        if not cleaned.get("repeats") or "until" in self.errors or not cleaned.get("day"):
            return cleaned
        if not cleaned.get("until"):
            self.add_error("until", _("Enter until when it comes again"))
        elif cleaned["until"] <= cleaned["day"]:
            self.add_error("until", _("Enter a day after the first one, %s") % long_date(cleaned["day"]))
        elif len(self.dates) > MAX_DATES:
            self.add_error(
                "until",
                _("That would be %(n)s events. Plan %(most)s or fewer.") % {"n": len(self.dates), "most": MAX_DATES},
            )
        return cleaned

    @property
    def dates(self):
        """Return the dates on which it starts, the first one included."""
        first, until, repeats = (self.cleaned_data[name] for name in ("day", "until", "repeats"))
        if repeats in WEEKS:
            return every_so_many_weeks(first, until, WEEKS[repeats])
        return (same_weekday_of_month if repeats == Repeats.WEEKDAY else same_day_of_month)(first, until)

    @property
    def values(self):
        """Return the answers about the event as the actions take them."""
        return {name: value for name, value in super().values.items() if name not in {"repeats", "until"}}


class DateForm(forms.Form):
    """One date of several: whether it is wanted, its day, and for an event of one day its times."""

    take = forms.BooleanField(label=gettext_lazy("Plan this one"), required=False)
    day = DayMonthYearField(label=gettext_lazy("Date"))
    starts = TimeOfDayField(label=gettext_lazy("Start time"))
    ends = TimeOfDayField(label=gettext_lazy("End time"))

    def __init__(self, *args, programme, with_times, **kwargs):
        super().__init__(*args, **kwargs)
        day = self.fields["day"]
        assert isinstance(day, DayMonthYearField)
        day.earliest, day.latest = programme.starts_on, programme.ends_on
        if not with_times:
            del self.fields["starts"], self.fields["ends"]

    def clean(self):
        """Refuse an end before the start, and a time that the clocks leave out; of a date not wanted, nothing."""
        super().clean()
        cleaned = self.cleaned_data
        if not cleaned.get("take"):
            self._errors = self.error_class()
            return cleaned
        day, starts, ends = (cleaned.get(name) for name in ("day", "starts", "ends"))
        if starts and ends and ends <= starts:
            self.add_error("ends", _("The end must be later than the start, %s.") % time_of_day(starts))
        for name in ("starts", "ends"):
            if day and cleaned.get(name) and not _exists(day, cleaned[name]):
                self.add_error(name, ValidationError(_("The clocks go forward that night. Enter another time")))
        return cleaned


def _exists(day, time):
    local = dt.datetime.combine(day, time, tzinfo=LONDON)
    return local.astimezone(dt.UTC).astimezone(LONDON).replace(tzinfo=None) == local.replace(tzinfo=None)


def moments(event, row):
    """Return when an event of a series starts and ends and until when replies are wanted.

    `event` are the answers of NewEventForm about the first one, `row` those of DateForm about this one.
    """
    first, day = event["starts_at"].astimezone(LONDON), row["day"]
    starts, ends = row.get("starts") or first.time(), row.get("ends") or event["ends_at"].astimezone(LONDON).time()
    last = day + (event["ends_at"].astimezone(LONDON).date() - first.date())
    ahead = first.date() - event["reply_by"]
    return {
        "starts_at": dt.datetime.combine(day, starts, tzinfo=LONDON),
        "ends_at": dt.datetime.combine(last, ends, tzinfo=LONDON),
        "reply_by": min(max(today(), day - ahead), day) if day >= today() else day - ahead,
    }
