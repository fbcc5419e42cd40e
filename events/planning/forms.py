"""Forms about an event itself."""

import datetime as dt
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.planning.models import Event
from people.directory.forms import PersonChoice
from people.models import Person
from programmes.models import Group, Membership, Role
from wellbeing.forms.dates import DayMonthYearField
from wellbeing.forms.fields import set_rows
from wellbeing.forms.times import TimeOfDayField
from wellbeing.lib.dates import long_date, time_of_day
from wellbeing.lib.texts import MAX_ADDRESS_LINES, LineBox, UrlBox, WordsBox

LONDON = ZoneInfo("Europe/London")


class EventForm(forms.Form):
    """Plan or change an event. `values` (after is_valid) are the arguments of the actions `create` and `edit`."""

    title = LineBox(label=gettext_lazy("Name of the event"), max_length=150)
    kind = forms.ChoiceField(label=gettext_lazy("What kind of event is it?"), choices=Event.Kind.choices)
    purpose = WordsBox(
        label=gettext_lazy("What is the day for?"),
        help_text=gettext_lazy("People read this in their invitation. Use short sentences."),
        max_length=4000,
        widget=forms.Textarea,
    )
    day = DayMonthYearField(
        label=gettext_lazy("Date"),
        help_text=gettext_lazy("For example, 27 3 2027"),
        error_messages={"required": gettext_lazy("Enter the date of the event")},
    )
    starts = TimeOfDayField(
        label=gettext_lazy("Start time"),
        help_text=gettext_lazy("For example, 10am or 2:30pm"),
        error_messages={"required": gettext_lazy("Enter the start time")},
    )
    ends = TimeOfDayField(
        label=gettext_lazy("End time"),
        help_text=gettext_lazy("For example, 12:30pm"),
        error_messages={"required": gettext_lazy("Enter the end time")},
    )
    venue_name = LineBox(
        label=gettext_lazy("Venue"),
        help_text=gettext_lazy("Leave this empty if the event is only online."),
        max_length=150,
        required=False,
    )
    venue_address = WordsBox(
        label=gettext_lazy("Address of the venue"),
        max_length=500,
        max_lines=MAX_ADDRESS_LINES,
        required=False,
        widget=forms.Textarea(attrs={"rows": "4"}),
    )
    online_link = UrlBox(
        label=gettext_lazy("Link to join online"), max_length=2000, required=False, assume_scheme="https"
    )
    reply_by = DayMonthYearField(
        label=gettext_lazy("Replies wanted by"),
        error_messages={"required": gettext_lazy("Enter the date you want replies by")},
    )
    group = forms.ModelChoiceField(
        label=gettext_lazy("Is it an event of one group?"),
        help_text=gettext_lazy("Choose a group, or leave this if it is for the whole programme."),
        queryset=Group.objects.none(),
        required=False,
        empty_label=gettext_lazy("For the whole programme"),
    )
    organiser = PersonChoice(label=gettext_lazy("Who organises it?"), queryset=Person.objects.none(), empty_label=None)

    def __init__(self, *args, programme, user, event=None, like=None, **kwargs):
        """`event` is the one to change; `like` one that the new event begins as, some weeks later."""
        if event is not None:
            kwargs.setdefault("initial", _initial(event))
        elif like is not None:
            kwargs.setdefault(
                "initial", {**_initial(like), **_later(like, timezone.localdate()), "organiser": user.person}
            )
        else:
            kwargs.setdefault("initial", {"organiser": user.person})
        super().__init__(*args, **kwargs)
        self.event, self.programme = event, programme
        day = self.fields["day"]
        assert isinstance(day, DayMonthYearField)
        day.earliest, day.latest = programme.starts_on, programme.ends_on
        set_rows(self, "group", programme.groups.order_by("name"))
        staff = Membership.objects.effective_on(timezone.localdate()).filter(programme=programme, role=Role.STAFF)
        already = [user.person.pk] + ([event.organiser_id] if event else [])
        people = Person.objects.filter(Q(pk__in=staff.values("person")) | Q(pk__in=already))
        set_rows(self, "organiser", people.order_by("sort_key", "pk"))

    def clean(self):
        """Put date and times together in London's time, and check what one field alone cannot know."""
        super().clean()
        cleaned = self.cleaned_data
        day, starts, ends = cleaned.get("day"), cleaned.get("starts"), cleaned.get("ends")
        if day and starts and ends and ends <= starts:
            self.add_error("ends", _("The end must be later than the start, %s.") % time_of_day(starts))
        elif day and starts and ends:
            cleaned["starts_at"] = self._moment("starts", day, starts)
            cleaned["ends_at"] = self._moment("ends", day, ends)
            if cleaned["starts_at"] and cleaned["ends_at"] and cleaned["ends_at"] <= cleaned["starts_at"]:
                self.add_error("ends", _("The clocks change that night. The end must be later than the start."))
        if not {"venue_name", "online_link"} & set(self.errors) and not (
            cleaned["venue_name"] or cleaned["online_link"]
        ):
            self.add_error("venue_name", _("Enter a venue, or a link to join online"))
        self._check_reply_by(cleaned.get("reply_by"), day)
        return cleaned

    @property
    def values(self):
        """Return the answers as the actions take them."""
        return {name: value for name, value in self.cleaned_data.items() if name not in {"day", "starts", "ends"}}

    def _check_reply_by(self, reply_by, day):
        if not reply_by:
            return
        if day and reply_by > day:
            self.add_error(
                "reply_by", _('"Replies wanted by" must be on or before the day of the event: %s') % long_date(day)
            )
        today = timezone.localdate()
        unchanged = self.event is not None and reply_by == self.event.reply_by
        if reply_by < today and not unchanged and (day is None or day >= today):
            self.add_error("reply_by", _("This date has passed. Enter today or a later date"))

    def _moment(self, field, day, time):
        """Return the aware datetime, in UTC, of a time in London.

        For an hour that the clocks leave out, add an error and return None.
        """
        local = dt.datetime.combine(day, time, tzinfo=LONDON)
        moment = local.astimezone(dt.UTC)
        if moment.astimezone(LONDON).replace(tzinfo=None) != local.replace(tzinfo=None):
            self.add_error(
                field,
                ValidationError(
                    _("The clocks go forward that night, so there is no %(time)s. Enter another time")
                    % {"time": time_of_day(time)}
                ),
            )
            return None
        return moment


def _initial(event):
    starts, ends = timezone.localtime(event.starts_at), timezone.localtime(event.ends_at)
    return {
        "title": event.title,
        "kind": event.kind,
        "purpose": event.purpose,
        "day": starts.date(),
        "starts": starts.time(),
        "ends": ends.time(),
        "venue_name": event.venue_name,
        "venue_address": event.venue_address,
        "online_link": event.online_link,
        "reply_by": event.reply_by,
        "group": event.group_id,
        "organiser": event.organiser_id,
    }


def _later(event, today):
    """Return the dates of an event like `event`: the same weekday, four weeks on, or the next such day to come."""
    weeks = dt.timedelta(weeks=4)
    number = max(1, (today - event.day) // weeks + 1)
    return {"day": event.day + number * weeks, "reply_by": max(today, event.reply_by + number * weeks)}


class CancelForm(forms.Form):
    """The reason why an event is called off, for everyone invited to read."""

    reason = WordsBox(
        label=gettext_lazy("What should people know?"),
        help_text=gettext_lazy(
            "Everyone who was told of the event reads this. For example, why, and what happens next."
        ),
        max_length=2000,
        required=False,
        widget=forms.Textarea,
    )
