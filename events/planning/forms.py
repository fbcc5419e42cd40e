"""Forms about an event itself."""

import datetime as dt
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.planning import queries
from events.planning.models import Event
from events.venues.models import Venue
from people.directory.forms import PersonChoice
from people.models import Person
from programmes.models import Group, Membership, Role
from wellbeing.forms.dates import DayMonthYearField
from wellbeing.forms.fields import set_rows
from wellbeing.forms.times import TimeOfDayField
from wellbeing.lib.dates import long_date, time_of_day
from wellbeing.lib.keys import one_of
from wellbeing.lib.texts import MAX_ADDRESS_LINES, LineBox, UrlBox, WordsBox

LONDON = ZoneInfo("Europe/London")
# A form with boxes for more days would be no form any more.
MAX_DAYS = 14


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
    can_change = WordsBox(
        label=gettext_lazy("What can change because of it?"),
        help_text=gettext_lazy("People read this before they say yes. For example: how letters are worded."),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": "2"}),
    )
    cannot_change = WordsBox(
        label=gettext_lazy("What cannot change?"),
        help_text=gettext_lazy("For example: how much money there is this year."),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": "2"}),
    )
    day = DayMonthYearField(
        label=gettext_lazy("Date"),
        help_text=gettext_lazy("For example, 27 3 2027"),
        error_messages={"required": gettext_lazy("Enter the date of the event")},
    )
    last_day = DayMonthYearField(
        label=gettext_lazy("Last day, if it runs over more than one day"),
        help_text=gettext_lazy("Leave this empty for one day. We then ask for the times of each day."),
        required=False,
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
    venue = forms.ModelChoiceField(
        label=gettext_lazy("Venue of your book"),
        help_text=gettext_lazy("People who are invited read what you know of its access."),
        queryset=Venue.objects.none(),
        required=False,
        empty_label=gettext_lazy("Another place, or only online"),
    )
    venue_name = LineBox(
        label=gettext_lazy("Venue"),
        help_text=gettext_lazy("Leave this empty if it is in your book, or the event is only online."),
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
    keep_in_book = forms.BooleanField(
        label=gettext_lazy("Keep this place in the venue book"),
        required=False,
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
        already = Person.objects.filter(pk__in=[user.person.pk] + ([event.organiser_id] if event else []))
        people = Person.objects.filter(one_of(staff.values("person"), already.values("pk")))
        set_rows(self, "organiser", people.order_by("sort_key", "pk"))
        self._offer_venues(event or like)
        self._ask_for_more_days()

    def _offer_venues(self, event):
        book = Venue.objects.filter(programme=self.programme)
        mine = event.venue_id if event is not None else None
        set_rows(self, "venue", book.filter(Q(archived_at=None) | Q(pk=mine)).order_by("name", "pk"))
        if not book.exists():
            del self.fields["venue"]
            self.fields["venue_name"].help_text = _("Leave this empty if the event is only online.")

    def _ask_for_more_days(self):
        """Add boxes for the times of each day after the first, once a last day is known."""
        last_day = self.fields["last_day"]
        assert isinstance(last_day, DayMonthYearField)
        last_day.latest = self.programme.ends_on
        first, last = (self._day_of(name) for name in ("day", "last_day"))
        self.more_days = []
        if not first or not last or not 0 < (last - first).days < MAX_DAYS:
            return
        order = list(self.fields)
        at = order.index("ends") + 1
        for number in range(2, (last - first).days + 2):
            date = first + dt.timedelta(days=number - 1)
            self.more_days.append(number)
            for name, label, error in (
                ("starts", _("Start time on %(day)s"), _("Enter when it starts on %(day)s")),
                ("ends", _("End time on %(day)s"), _("Enter when it ends on %(day)s")),
            ):
                words = {"day": long_date(date)}
                self.fields[f"{name}_{number}"] = TimeOfDayField(
                    label=label % words, error_messages={"required": error % words}
                )
                order.insert(at, f"{name}_{number}")
                at += 1
        self.fields["starts"].label = _("Start time on %(day)s") % {"day": long_date(first)}
        self.fields["ends"].label = _("End time on %(day)s") % {"day": long_date(first)}
        self.order_fields(order)

    def _day_of(self, name):
        """Return the date of a field before the form is checked; None where there is none."""
        if not self.is_bound:
            return self.initial.get(name)
        field = self.fields[name]
        try:
            return field.clean(field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name)))
        except ValidationError:
            return None

    def clean(self):
        """Put dates and times together in London's time, and check what one field alone cannot know."""
        super().clean()
        cleaned = self.cleaned_data
        day = cleaned.get("day")
        self._check_last_day(day, cleaned.get("last_day"))
        moments = [self._day_moments(number, day) for number in (1, *self.more_days)] if day else []
        if moments and all(moments):
            cleaned["starts_at"], cleaned["ends_at"] = moments[0][0], moments[-1][1]
            cleaned["day_starts"] = [cleaned[f"starts_{number}"] for number in self.more_days]
            cleaned["day_ends"] = [cleaned[_ends_name(number)] for number in range(1, len(moments))]
        if not {"venue_name", "online_link", "venue"} & set(self.errors) and not (
            cleaned.get("venue") or cleaned["venue_name"] or cleaned["online_link"]
        ):
            self.add_error("venue_name", _("Enter a venue, or a link to join online"))
        self._check_reply_by(cleaned.get("reply_by"), day)
        return cleaned

    def _check_last_day(self, day, last_day):
        if not day or not last_day or last_day == day:
            return
        if last_day < day:
            self.add_error("last_day", _("The last day must be after the first, %s") % long_date(day))
        elif (last_day - day).days >= MAX_DAYS:
            self.add_error(
                "last_day",
                _("One event runs over %(n)s days or fewer. For days further apart, plan several events.")
                % {"n": MAX_DAYS},
            )

    def _day_moments(self, number, first):
        """Return when a day of the event starts and ends; None, with the error beside the field, where it makes none.

        The first day has the boxes without a number.
        """
        starts_name, ends_name = _starts_name(number), _ends_name(number)
        starts, ends = self.cleaned_data.get(starts_name), self.cleaned_data.get(ends_name)
        if not starts or not ends:
            return None
        if ends <= starts:
            self.add_error(ends_name, _("The end must be later than the start, %s.") % time_of_day(starts))
            return None
        day = first + dt.timedelta(days=number - 1)
        begins, stops = self._moment(starts_name, day, starts), self._moment(ends_name, day, ends)
        if not begins or not stops:
            return None
        if stops <= begins:
            self.add_error(ends_name, _("The clocks change that night. The end must be later than the start."))
            return None
        return begins, stops

    @property
    def values(self):
        """Return the answers as the actions take them."""
        known = {"day", "last_day", "starts", "ends"}
        known.update(name for number in self.more_days for name in (_starts_name(number), _ends_name(number)))
        if self.cleaned_data.get("venue"):
            # Its name and address come from the book.
            known.update({"venue_name", "venue_address", "keep_in_book"})
        return {name: value for name, value in self.cleaned_data.items() if name not in known}

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


def _starts_name(number):
    return "starts" if number == 1 else f"starts_{number}"


def _ends_name(number):
    return "ends" if number == 1 else f"ends_{number}"


def _initial(event):
    days = event.days
    times = {}
    for each in days:
        times[_starts_name(each.number)], times[_ends_name(each.number)] = each.starts, each.ends
    return {
        "title": event.title,
        "kind": event.kind,
        "purpose": event.purpose,
        "can_change": event.can_change,
        "cannot_change": event.cannot_change,
        "day": event.day,
        "last_day": days[-1].date if event.has_several_days else None,
        **times,
        "venue": event.venue_id,
        # The boxes are for a place that is not in the book.
        "venue_name": "" if event.venue_id else event.venue_name,
        "venue_address": "" if event.venue_id else event.venue_address,
        "online_link": event.online_link,
        "reply_by": event.reply_by,
        "group": event.group_id,
        "organiser": event.organiser_id,
    }


def _later(event, today):
    """Return the dates of an event like `event`: the next one that fits how often it came."""
    later = queries.next_date(event, today) - event.day
    return {
        "day": event.day + later,
        "last_day": event.last_day + later if event.has_several_days else None,
        "reply_by": max(today, event.reply_by + later),
    }


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
