"""Forms to choose contacts."""

from typing import cast

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from people.directory.forms import PersonChoice
from people.directory.models import Person
from programmes.programme.contacts import colleagues_to_name
from wellbeing.forms.dates import DayMonthYearField
from wellbeing.forms.fields import hide_optional, set_rows

REACHED = _("People read the name, email address and phone number of their contact, as on that colleague's own page.")


class ContactForm(forms.Form):
    """Who is the contact of one person or of several."""

    contact = PersonChoice(
        label=_("Who is the contact?"), help_text=REACHED, queryset=Person.objects.none(), required=False
    )
    tell = forms.BooleanField(
        label=_("Tell them who their contact is"),
        help_text=_("In the way each of them chose. Only those for whom it changes."),
        required=False,
    )

    def __init__(self, *args, programme, usual, but=(), **kwargs):
        super().__init__(*args, **kwargs)
        name = usual.full_name if usual else _now("nobody")
        field = cast("PersonChoice", self.fields["contact"])
        field.empty_label = _now("As usual: %(name)s") % {"name": name}
        set_rows(self, "contact", colleagues_to_name(programme, but=but))
        hide_optional(self, *self.fields)


class UsualContactForm(forms.Form):
    """Who is the contact of everybody for whom nobody was chosen, and from which day on."""

    contact = PersonChoice(
        label=_("Who is usually the contact?"),
        help_text=REACHED,
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("Nobody"),
    )
    starts_on = DayMonthYearField(label=_("From which day?"), help_text=_("Today or a later day."))

    def __init__(self, *args, programme, **kwargs):
        super().__init__(*args, **kwargs)
        set_rows(self, "contact", colleagues_to_name(programme))
        hide_optional(self, "contact")
