"""The form kit: how every form of the site is drawn, and the fields plain Django lacks.

`FormRenderer` is the project's FORM_RENDERER; through its `bound_field_class` every form, allauth's too,
gets our CSS classes, links between a field and its hint and error, and errors that say what to do.
"""

import datetime as dt
import re

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from wellbeing.lib import money
from wellbeing.lib.dates import long_date

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "january"),
            ("feb", "february"),
            ("mar", "march"),
            ("apr", "april"),
            ("may",),
            ("jun", "june"),
            ("jul", "july"),
            ("aug", "august"),
            ("sep", "sept", "september"),
            ("oct", "october"),
            ("nov", "november"),
            ("dec", "december"),
        ),
        start=1,
    )
    for name in names
}


# Dates of people and programmes lie between these. Sums with a year such as 9999 would leave the calendar.
EARLIEST_YEAR, LATEST_YEAR = 1900, 2199

# Django's own words for an answer that is not among the choices: of one, of several, of rows of a table.
_DJANGO_NOT_A_CHOICE = (
    forms.ChoiceField.default_error_messages["invalid_choice"],
    forms.ModelChoiceField.default_error_messages["invalid_choice"],
    forms.ModelMultipleChoiceField.default_error_messages["invalid_choice"],
)


class WellbeingBoundField(BoundField):
    """A field on a form, with our CSS classes and errors in plain words."""

    def build_widget_attrs(self, attrs, widget=None):
        """Django's attributes and the CSS classes of our kit for this kind of widget."""
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        classes = [_css_class(widget), widget.attrs.get("class", ""), (attrs or {}).get("class", "")]
        if self.errors and classes[0] in {"govuk-input", "govuk-textarea", "govuk-select"}:
            classes.insert(1, f"{classes[0]}--error")
        joined = " ".join(dict.fromkeys(" ".join(classes).split()))
        if joined:
            attrs["class"] = joined
        if isinstance(widget, DayMonthYearWidget):
            attrs["wrong_parts"] = self.wrong_parts
        elif classes[0] in {"govuk-radios__input", "govuk-checkboxes__input"}:
            # ARIA knows no invalid radio button; the fieldset's description carries the error.
            attrs.pop("aria-invalid", None)
        # allauth says the label a second time inside the box, where it vanishes as somebody types.
        attrs.pop("placeholder", None)
        # Django's ten rows push everything else off a phone's screen.
        if isinstance(widget, forms.Textarea) and widget.attrs.get("rows") == "10":
            attrs["rows"] = "5"
        return attrs

    @property
    def is_group(self):
        """True when several controls share one question, so that it needs a fieldset and legend."""
        return isinstance(self.field.widget, (forms.RadioSelect, forms.CheckboxSelectMultiple, forms.MultiWidget))

    @property
    def first_control_id(self):
        """The id an error summary links to: the control itself, or the first (wrong) one of a group."""
        if isinstance(self.field.widget, DayMonthYearWidget):
            wrong = self.wrong_parts
            return f"{self.auto_id}_{min(wrong) if wrong else 0}"
        return f"{self.auto_id}_0" if self.is_group else self.auto_id

    @property
    def wrong_parts(self):
        """For a date: positions (0 day, 1 month, 2 year) the errors are about; all when they name none."""
        errors = self.form.errors.as_data().get(self.name, [])
        parts = {part for error in errors for part in (error.params or {}).get("parts", ())}
        return parts or ({0, 1, 2} if errors else set())

    @property
    def plain_errors(self):
        """The field's errors as sentences. Django's "This field is required." becomes what to do about it."""
        sentences = []
        for error in self.form.errors.as_data().get(self.name, []):
            for message in error:
                sentences.append(self._in_plain_words(error, str(message)))
        return list(dict.fromkeys(sentences))

    def _in_plain_words(self, error, message):
        """Our words in place of Django's own; a form's own messages stay as they are."""
        params = error.params or {}
        if error.code == "required" and message == str(forms.Field.default_error_messages["required"]):
            return self._what_to_enter()
        if error.code == "invalid" and message == str(validate_email.message):
            return _("Enter an email address, like name@example.org")
        if error.code == "max_length" and "show_value" in params:
            return _("Use %(limit)s characters or fewer. You have used %(used)s") % {
                "limit": params["limit_value"],
                "used": params["show_value"],
            }
        if str(error.message) in map(str, _DJANGO_NOT_A_CHOICE):
            return _("Choose one of the answers in the list")
        return message

    def _what_to_enter(self):
        label = str(self.label).strip().rstrip(":")
        if label.endswith("?"):
            return _("Answer the question “%(question)s”") % {"question": label}
        # "NHS number" keeps its capitals; "Email address" becomes "Enter email address".
        if len(label) > 1 and not label[1].isupper():
            label = label[0].lower() + label[1:]
        widget = self.field.widget
        if isinstance(widget, forms.CheckboxInput):
            return _("Tick the box: “%(label)s”") % {"label": str(self.label)}
        if isinstance(widget, (forms.Select, forms.RadioSelect, forms.CheckboxSelectMultiple)):
            return _("Choose %(label)s") % {"label": label}
        if isinstance(widget, forms.FileInput):
            return _("Choose a file: %(label)s") % {"label": label}
        return _("Enter %(label)s") % {"label": label}


class FormRenderer(TemplatesSetting):
    """Renders forms with the project's own templates and our bound fields."""

    bound_field_class = WellbeingBoundField


def _css_class(widget):
    # Tick boxes first: Django derives them from its radio buttons.
    if isinstance(widget, (forms.CheckboxSelectMultiple, forms.CheckboxInput)):
        return "govuk-checkboxes__input"
    if isinstance(widget, forms.RadioSelect):
        return "govuk-radios__input"
    if isinstance(widget, forms.Select):
        return "govuk-select"
    if isinstance(widget, forms.Textarea):
        return "govuk-textarea"
    if isinstance(widget, forms.FileInput):
        return "wb-file"
    if isinstance(widget, forms.widgets.Input) and widget.input_type != "hidden":
        return "govuk-input"
    return ""


class _HintsMixin:
    """Choices with a line of explanation under each: `Radios(hints={"bank": "Takes three days"})`."""

    def __init__(self, *args, hints=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.hints = hints or {}

    def create_option(self, name, value, label, selected, index, subindex=None, attrs=None):
        """Django's option, with its hint and an `aria-describedby` that points at it."""
        option = super().create_option(name, value, label, selected, index, subindex, attrs)
        option["hint"] = self.hints.get(str(value), "")
        if option["hint"] and option["attrs"].get("id"):
            option["attrs"]["aria-describedby"] = f"{option['attrs']['id']}_hint"
        return option


class Radios(_HintsMixin, forms.RadioSelect):
    """Radio buttons, each with an optional hint. `hints` maps str(value) to a sentence."""


class Checkboxes(_HintsMixin, forms.CheckboxSelectMultiple):
    """Tick boxes, each with an optional hint. `hints` maps str(value) to a sentence."""


class DayMonthYearWidget(forms.MultiWidget):
    """Three boxes, as GOV.UK advises for dates people know or copy. Values are [day, month, year]."""

    template_name = "wellbeing/widgets/day_month_year.html"
    parts = (gettext_lazy("Day"), pgettext_lazy("calendar", "Month"), gettext_lazy("Year"))

    def __init__(self, attrs=None):
        super().__init__(
            {part: forms.TextInput(attrs={"autocomplete": "off"}) for part in ("day", "month", "year")}, attrs
        )

    def decompress(self, value):
        """A date as [day, month, year]; three Nones for no date."""
        return [value.day, value.month, value.year] if value else [None, None, None]

    def get_context(self, name, value, attrs):
        """Django's context with each box's label, width and classes; only wrong boxes are marked as wrong."""
        attrs = dict(attrs or {})
        wrong_parts = attrs.pop("wrong_parts", set())
        context = super().get_context(name, value, attrs)
        for position, box in enumerate(context["widget"]["subwidgets"]):
            box["label"] = self.parts[position]
            width = 4 if position == 2 else 2
            box["attrs"]["class"] = f"govuk-input govuk-date-input__input govuk-input--width-{width}"
            if position in wrong_parts:
                box["attrs"]["class"] += " govuk-input--error"
            else:
                box["attrs"].pop("aria-invalid", None)
            # A month may be typed as a word, so only day and year ask a phone for its number pad.
            if position != 1:
                box["attrs"]["inputmode"] = "numeric"
        return context


class DayMonthYearField(forms.Field):
    """A date typed as day, month and year. Gives a datetime.date, or None when optional and left empty.

    `earliest` and `latest` are dates, or functions returning one, that the answer may not lie outside of.
    Set `autocomplete="bday"` for a date of birth.
    """

    widget = DayMonthYearWidget
    default_error_messages = {"required": gettext_lazy("Enter the date")}

    def __init__(self, *, earliest=None, latest=None, autocomplete=None, **kwargs):
        super().__init__(**kwargs)
        self.earliest, self.latest = earliest, latest
        if autocomplete:
            for box, part in zip(self.widget.widgets, ("day", "month", "year"), strict=True):
                box.attrs["autocomplete"] = f"{autocomplete}-{part}"

    def to_python(self, value):
        """[day, month, year] as typed, to a date. Raises ValidationError that says which box is wrong."""
        if value is None or isinstance(value, dt.date):
            return value
        typed = [str(part or "").strip() for part in value]
        if not any(typed):
            return None
        missing = {position for position, part in enumerate(typed) if not part}
        if missing:
            raise _date_error(_MISSING[tuple(sorted(missing))], missing)
        day, month, year = (
            _whole_number(typed[0]),
            _month_number(typed[1]),
            _whole_number(typed[2]),
        )
        if year is None or len(typed[2]) != 4:
            raise _date_error(_("The year must have 4 numbers, like 2026"), {2})
        if month is None or not 1 <= month <= 12:
            raise _date_error(_("The month must be a number from 1 to 12, or its name"), {1})
        if day is None or not 1 <= day <= 31:
            raise _date_error(_("The day must be a number from 1 to 31"), {0})
        if not EARLIEST_YEAR <= year <= LATEST_YEAR:
            raise _date_error(
                _("The year must be from %(first)s to %(last)s") % {"first": EARLIEST_YEAR, "last": LATEST_YEAR}, {2}
            )
        try:
            return dt.date(year, month, day)
        except ValueError:
            raise _date_error(_("There is no such day. Check the day and the month"), {0, 1}) from None

    def validate(self, value):
        """Also refuses a date before `earliest` or after `latest`."""
        super().validate(value)
        if value is None:
            return
        earliest = self.earliest() if callable(self.earliest) else self.earliest
        latest = self.latest() if callable(self.latest) else self.latest
        if earliest and value < earliest:
            raise _date_error(_("The date must be %(date)s or later") % {"date": long_date(earliest)}, {0, 1, 2})
        if latest and value > latest:
            raise _date_error(_("The date must be %(date)s or earlier") % {"date": long_date(latest)}, {0, 1, 2})

    def has_changed(self, initial, data):
        """True when the boxes do not hold the date that was there before."""
        try:
            return self.to_python(data) != initial
        except ValidationError:
            return True


_MISSING = {
    (0,): gettext_lazy("Enter the day"),
    (1,): gettext_lazy("Enter the month"),
    (2,): gettext_lazy("Enter the year"),
    (0, 1): gettext_lazy("Enter the day and the month"),
    (0, 2): gettext_lazy("Enter the day and the year"),
    (1, 2): gettext_lazy("Enter the month and the year"),
}


def _date_error(message, parts):
    return ValidationError(message, code="invalid", params={"parts": sorted(parts)})


def _whole_number(text):
    return int(text) if re.fullmatch(r"[0-9]{1,4}", text) else None


def _month_number(text):
    return MONTHS.get(text.lower().rstrip("."), _whole_number(text))


class TimeOfDayField(forms.Field):
    """A time as people write it: "10am", "10:30", "14.00", "noon". Gives a datetime.time or None."""

    default_error_messages = {
        "required": gettext_lazy("Enter the time"),
        "invalid": gettext_lazy("Enter a time, like 10am or 2:30pm"),
    }
    _pattern = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(?:([ap])\.?\s?m\.?)?", re.IGNORECASE)

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.TextInput(attrs={"class": "govuk-input--width-5", "autocomplete": "off"}))
        super().__init__(**kwargs)

    def prepare_value(self, value):
        """A time as "10am" or "2:30pm" in the box; typed text stays as it is."""
        if not isinstance(value, dt.time):
            return value
        half = "am" if value.hour < 12 else "pm"
        hour = value.hour % 12 or 12
        return f"{hour}:{value.minute:02d}{half}" if value.minute else f"{hour}{half}"

    def to_python(self, value):
        """Typed text to a datetime.time. Raises ValidationError; asks when morning or afternoon is unsure."""
        if isinstance(value, dt.time):
            return value
        text = str(value or "").strip()
        if not text:
            return None
        named = {"noon": dt.time(12), "midday": dt.time(12), "12 noon": dt.time(12), "midnight": dt.time(0)}
        if text.lower() in named:
            return named[text.lower()]
        match = self._pattern.fullmatch(text)
        if not match:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
        if half:
            if not 1 <= hour <= 12 or minute > 59:
                raise ValidationError(self.error_messages["invalid"], code="invalid")
            return dt.time(hour % 12 + (12 if half == "p" else 0), minute)
        if hour > 23 or minute > 59:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        # "1:30" is nearly always after lunch and "10" could be either: a guess would send people at a wrong time.
        if not match[2] and hour <= 12 or 1 <= hour <= 6 and not match[1].startswith("0"):
            raise ValidationError(
                _("Say if %(time)s is in the morning or the afternoon, like %(hour)s%(half)s")
                % {"time": text, "hour": hour or 12, "half": "pm" if 1 <= hour <= 6 or hour == 12 else "am"},
                code="ambiguous",
            )
        return dt.time(hour, minute)

    def has_changed(self, initial, data):
        """True when the box does not hold the time that was there before."""
        try:
            return self.to_python(data) != initial
        except ValidationError:
            return True


class PoundsField(forms.Field):
    """An amount of money. Accepts "£12.50", "12.5", "1,200", "50p"; gives whole pence (int), or None.

    `min_pence` (0 unless told) and `max_pence` bound the answer.
    """

    prefix = "£"
    default_error_messages = {
        "required": gettext_lazy("Enter the amount"),
        "invalid": gettext_lazy("Enter the amount in pounds and pence, like 12.50"),
    }
    # A comma may only group thousands: "12,50" could mean £12.50 or £1,250, so it is asked again.
    _pattern = re.compile(r"-?£?-?(\d+|\d{1,3}(,\d{3})+)(\.\d{1,2})?|\d+p", re.IGNORECASE)

    def __init__(self, *, min_pence=0, max_pence=100_000_000, **kwargs):
        kwargs.setdefault(
            "widget",
            forms.TextInput(
                attrs={
                    "class": "govuk-input--width-5",
                    "inputmode": "decimal",
                    "autocomplete": "off",
                    "spellcheck": "false",
                }
            ),
        )
        super().__init__(**kwargs)
        self.min_pence, self.max_pence = min_pence, max_pence

    def prepare_value(self, value):
        """Whole pence as "12.50" in the box; typed text stays as it is."""
        return money.plain_pounds(value) if isinstance(value, int) else value

    def to_python(self, value):
        """Typed text to whole pence. Raises ValidationError when it is no amount of money."""
        if isinstance(value, int):
            return value
        text = re.sub(r"\s", "", str(value or ""))
        if not text:
            return None
        if not self._pattern.fullmatch(text):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        sign = -1 if "-" in text else 1
        return sign * money.parse_pounds(text.replace("-", ""))

    def validate(self, value):
        """Also refuses an amount below `min_pence` or above `max_pence`."""
        super().validate(value)
        if value is None:
            return
        if self.min_pence is not None and value < self.min_pence:
            raise ValidationError(
                _("The amount must be %(amount)s or more") % {"amount": money.pounds(self.min_pence)},
                code="min",
            )
        if self.max_pence is not None and value > self.max_pence:
            raise ValidationError(
                _("The amount must be %(amount)s or less") % {"amount": money.pounds(self.max_pence)},
                code="max",
            )

    def has_changed(self, initial, data):
        """True when the box does not hold the amount that was there before."""
        try:
            return self.to_python(data) != initial
        except ValidationError:
            return True
