"""Draw forms by our own templates: each field knows its hint, error and width."""

from django import forms
from django.core.validators import validate_email
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext as _

from wellbeing.forms.dates import DayMonthYearWidget

# Django's own words for an answer that is not among the choices: of one, of several, of rows of a table.
_DJANGO_NOT_A_CHOICE = (
    forms.ChoiceField.default_error_messages["invalid_choice"],
    forms.ModelChoiceField.default_error_messages["invalid_choice"],
    forms.ModelMultipleChoiceField.default_error_messages["invalid_choice"],
)


class WellbeingBoundField(BoundField):
    """A field on a form, with our CSS classes and errors in plain words."""

    def build_widget_attrs(self, attrs, widget=None):
        """Return Django's attributes and the CSS classes of our kit for this kind of widget."""
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
        """Return whether several controls share one question, so that it needs a fieldset and legend."""
        return isinstance(self.field.widget, (forms.RadioSelect, forms.CheckboxSelectMultiple, forms.MultiWidget))

    @property
    def first_control_id(self):
        """Return the id an error summary links to: the control itself, or the first (wrong) one of a group."""
        if isinstance(self.field.widget, DayMonthYearWidget):
            wrong = self.wrong_parts
            return f"{self.auto_id}_{min(wrong) if wrong else 0}"
        return f"{self.auto_id}_0" if self.is_group else self.auto_id

    @property
    def wrong_parts(self):
        """Return, for a date, the positions (0 day, 1 month, 2 year) the errors are about; all when they name none."""
        errors = self.form.errors.as_data().get(self.name, [])
        parts = {part for error in errors for part in (error.params or {}).get("parts", ())}
        return parts or ({0, 1, 2} if errors else set())

    @property
    def plain_errors(self):
        """Return the field's errors as sentences. Django's "This field is required." becomes what to do about it."""
        sentences = []
        for error in self.form.errors.as_data().get(self.name, []):
            for message in error:
                sentences.append(self._in_plain_words(error, str(message)))
        return list(dict.fromkeys(sentences))

    def _in_plain_words(self, error, message):
        """Put our words in place of Django's own; a form's own messages stay as they are."""
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
