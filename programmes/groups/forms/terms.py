"""Forms about groups and terms of office."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from people.directory.forms import PersonChoice
from people.models import Person
from programmes.programme import queries as programme_queries
from programmes.programme.forms.common import half, paragraph
from programmes.programme.models.groups import Group, Term
from programmes.programme.models.programmes import Membership, Role
from wellbeing.forms.choices import Radios
from wellbeing.forms.dates import DayMonthYearField
from wellbeing.forms.fields import set_rows
from wellbeing.lib.dates import today
from wellbeing.lib.texts import LineBox, WordsBox

KIND_HINTS = {
    Group.Kind.STEERING: _("Takes the programme's decisions. Its members can see and make proposals."),
    Group.Kind.COMMUNITY: _("People who learn from each other about one subject."),
    Group.Kind.WORKING: _("A few people with one task."),
}


class GroupDetailsForm(forms.Form):
    """The name of a group and what it is for."""

    name = LineBox(label=_("Name of the group"), max_length=150, widget=half())
    purpose = WordsBox(label=_("What it is for"), max_length=4000, required=False, widget=paragraph())


class GroupForm(GroupDetailsForm):
    """A new group."""

    kind = forms.ChoiceField(label=_("Kind of group"), choices=Group.Kind, widget=Radios(hints=KIND_HINTS))

    field_order = ["name", "kind", "purpose"]


class SeveralTermsForm(forms.Form):
    """The seat of several people on a group, the same for each."""

    seat = forms.ChoiceField(
        label=_("Represents"),
        help_text=_("Their views are counted with this kind of member."),
        choices=Term.Seat,
        widget=Radios,
    )
    starts_on = DayMonthYearField(label=_("First day"))
    ends_on = DayMonthYearField(
        label=_("Last day"), help_text=_("Leave empty if it is not agreed yet."), required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].initial = today()

    def clean(self):
        """Also refuse an end before the beginning."""
        super().clean()
        cleaned = self.cleaned_data
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("The last day must come after the first day"))
        return cleaned


class TermForm(SeveralTermsForm):
    """A person's seat on `group`. They are chosen from the people who hold a role in the programme."""

    person = PersonChoice(label=_("Who"), queryset=Person.objects.none(), empty_label=_("Choose a person"))
    office = forms.ChoiceField(
        label=_("Role in the group"), choices=Term.Office, initial=Term.Office.MEMBER, widget=Radios
    )

    deputy_for = forms.ModelChoiceField(
        label=_("Are they a deputy?"),
        help_text=_("A deputy speaks for one member where that member does not."),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("No"),
    )

    field_order = ["person", "seat", "office", "deputy_for", "starts_on", "ends_on"]

    def __init__(self, *args, group, **kwargs):
        super().__init__(*args, **kwargs)
        serving = group.terms.effective_on(today()).with_a_voice()
        set_rows(self, "deputy_for", Person.objects.filter(pk__in=serving.values("person")).order_by("sort_key", "pk"))
        people = Person.objects.filter(programme_queries.holding(group.programme, on=today()))
        set_rows(self, "person", people.order_by("sort_key", "pk"))


class CandidateFilter(django_filters.FilterSet):
    """People who may join a group, by the role they hold in `programme`."""

    role = django_filters.ChoiceFilter(
        label=_("Role"),
        choices=[choice for choice in Role.choices if choice[0] != Role.STEERING],
        empty_label=_("Any role"),
        method="filter_role",
    )

    def __init__(self, *args, programme, **kwargs):
        super().__init__(*args, **kwargs)
        self.programme = programme

    def filter_role(self, people, name, value):
        """Return those of `people` who hold the role today."""
        held = Membership.objects.effective_on(today()).filter(programme=self.programme, role=value)
        return people.filter(pk__in=held.values("person"))
