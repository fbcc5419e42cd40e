"""Forms about the rules of a group and its register of interests."""

from django import forms
from django.utils.translation import gettext_lazy as _

from people.directory.models import Person
from programmes.groups.models import GroupRules, Method, Nature
from programmes.programme.forms.common import narrow, paragraph
from programmes.programme.models.groups import Term
from wellbeing.forms.choices import Checkboxes, Radios
from wellbeing.forms.dates import DayMonthYearField
from wellbeing.forms.fields import set_rows
from wellbeing.lib.dates import today
from wellbeing.lib.texts import WordsBox

MOST = 999


def _number(label, help_text="", least=0, most=MOST):
    return forms.IntegerField(
        label=label, help_text=help_text, min_value=least, max_value=most, widget=narrow(inputmode="numeric")
    )


class RulesForm(forms.Form):
    """A version of the rules of a group. `decisions` are those of the group that may have agreed them."""

    starts_on = DayMonthYearField(label=_("When do these rules start?"), earliest=today)
    terms_of_reference = WordsBox(
        label=_("Terms of reference"),
        help_text=_("What the group is for, what is out of its scope, and how its members treat each other."),
        max_length=20000,
        required=False,
        widget=paragraph(8),
    )
    quorum = _number(_("How many members must take part for the group to decide?"), least=1)
    lived_experience_minimum = _number(_("How many of them must have lived experience?"))
    methods = forms.MultipleChoiceField(label=_("How may the group decide?"), choices=Method, widget=Checkboxes)
    support_percent = _number(
        _("How much support is needed?"),
        _("More than this many per cent of those who take a side. 50 means more than half."),
        least=50,
        most=99,
    )
    proposers = forms.ChoiceField(
        label=_("Who may put a proposal?"),
        choices=GroupRules.Proposers,
        initial=GroupRules.Proposers.ALL,
        widget=Radios,
    )
    open_days = _number(_("For how many days is a proposal open at least?"))
    amended_days = _number(_("How many days more, at least, when its words change?"))
    answer_days = _number(
        _("How many days has a member to say if an answer to their objection is enough?"),
        _("After that it no longer stops agreement by consent. It stays on the record."),
    )
    urgency_rule = WordsBox(
        label=_("When may the group decide sooner?"),
        help_text=_("Leave empty for never. What was decided sooner is confirmed or reversed later."),
        max_length=2000,
        required=False,
        widget=paragraph(3),
    )
    ratify_days = _number(_("In how many days is an urgent decision confirmed or reversed?"))
    interest_days = _number(_("After how many days do members look at their interests again?"), least=1)
    reach = forms.ChoiceField(
        label=_("Who can see what was decided?"), choices=GroupRules.Reach, initial=GroupRules.Reach.PROGRAMME,
        widget=Radios,
    )  # fmt: skip
    tells_programme = forms.BooleanField(label=_("Tell everyone in the programme what was decided"), required=False)
    fewest_inside = _number(
        _("How few people are too few to show, in the programme?"),
        _("Smaller numbers are left out, so that nobody can be found by them."),
        least=2,
    )
    fewest_public = _number(_("How few are too few to show to the public?"), least=2)
    agreed_by = forms.ModelChoiceField(
        label=_("Which decision of the group agreed these rules?"),
        queryset=GroupRules.objects.none(),
        required=False,
        empty_label=_("None yet"),
    )

    def __init__(self, *args, decisions, **kwargs):
        super().__init__(*args, **kwargs)
        set_rows(self, "agreed_by", decisions)
        for seat, label in Term.Seat.choices:
            field = _number(_("Seats: %(kind)s") % {"kind": label})
            field.required = False
            self.fields[f"seats_{seat}"] = field

    def clean(self):
        """Gather the numbers of seats into one answer."""
        super().clean()
        cleaned = self.cleaned_data
        cleaned["seats"] = {seat: cleaned.pop(f"seats_{seat}", None) or 0 for seat in Term.Seat.values}
        return cleaned


class DeclareForm(forms.Form):
    """An interest for the register; of one of `members` where a colleague writes it down."""

    person = forms.ModelChoiceField(label=_("Whose interest is it?"), queryset=Person.objects.none())
    nature = forms.ChoiceField(label=_("What kind of interest is it?"), choices=Nature, widget=Radios)
    outline = WordsBox(
        label=_("Tell the group in a few words"),
        help_text=_("The group can read this. Lived experience is not an interest: it is why you are here."),
        max_length=1000,
        widget=paragraph(3),
    )

    def __init__(self, *args, members, **kwargs):
        super().__init__(*args, **kwargs)
        if members is None:
            del self.fields["person"]
        else:
            set_rows(self, "person", members)


class RenewForm(forms.Form):
    """The last day of another term."""

    ends_on = DayMonthYearField(
        label=_("Last day of the new term"), help_text=_("Leave empty if it is not agreed yet."), required=False
    )
