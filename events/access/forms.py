"""Forms about access at an event: an arrangement, how far needs were met, and what people say to that."""

import django_filters
from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from events.access import queries
from events.access.models import Arrangement, EventNeed
from events.access.models.arrangements import LISTS
from people.directory.forms import PersonChoice
from people.models import Person
from wellbeing.forms.choices import Checkboxes, Radios
from wellbeing.forms.dates import DayMonthYearField
from wellbeing.forms.fields import hide_optional, set_rows
from wellbeing.lib.dates import today
from wellbeing.lib.texts import LineBox, WordsBox

LIST_LABELS = {
    "caterer": _("The caterer, without names"),
    "venue": _("The venue, without names"),
    "facilitators": _("Facilitators, with names"),
    "desk": _("The front desk, with names"),
}
NOBODY, CHANGED = "nobody", "changed"


class NeedChoice(forms.ModelMultipleChoiceField):
    """A choice of needs, each with whose it is."""

    def label_from_instance(self, obj):
        return f"{obj.person.full_name}: {obj}"


class ArrangementForm(forms.Form):
    """An arrangement of `event`. `values` are the arguments of the actions `add` and `edit`."""

    title = LineBox(
        label=_("What is to be arranged?"),
        help_text=_("For example, a lunch for the personal assistant"),
        max_length=150,
        error_messages={"required": _("Enter what is to be arranged")},
    )
    owner = PersonChoice(
        label=_("Who sees to it?"),
        help_text=_("Somebody of the programme's staff, or somebody who helps to run the event."),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("Nobody yet"),
    )
    due_on = DayMonthYearField(
        label=_("By when must it be done?"), error_messages={"required": _("Enter the date by which it must be done")}
    )
    how = WordsBox(
        label=_("How is it arranged?"),
        help_text=_("For example, who was booked and from when. Facilitators and the front desk read this."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": "3"}),
    )
    lists = forms.MultipleChoiceField(
        label=_("Who has to know of it?"),
        help_text=_("It stands on their list."),
        choices=list(LIST_LABELS.items()),
        required=False,
        widget=Checkboxes,
    )
    needs = NeedChoice(
        label=_("Which other needs does it cover?"),
        help_text=_("Tick a need that is met by this as well. It no longer has an arrangement of its own."),
        queryset=EventNeed.objects.none(),
        required=False,
        widget=Checkboxes,
    )

    def __init__(self, *args, event, arrangement=None, **kwargs):
        if arrangement is not None:
            kwargs.setdefault("initial", _initial(arrangement))
        super().__init__(*args, **kwargs)
        set_rows(self, "owner", _with_present(queries.possible_owners(event, today()), arrangement))
        day = self.fields["due_on"]
        assert isinstance(day, DayMonthYearField)
        day.latest = event.day
        needs = EventNeed.objects.current().filter(event=event).select_related("person")
        if arrangement is not None:
            needs = needs.exclude(arrangement=arrangement)
        set_rows(self, "needs", needs.order_by("person__sort_key", "kind"))
        hide_optional(self, "lists", "needs")
        if not needs.exists():
            del self.fields["needs"]


def _with_present(people, arrangement):
    """Return `people` with the present owner among them, who may have left since."""
    if arrangement is None or arrangement.owner_id is None:
        return people
    found = Person.objects.filter(pk__in=people.values("pk")) | Person.objects.filter(pk=arrangement.owner_id)
    return found.order_by("sort_key", "pk")


def _initial(arrangement):
    return {
        "title": arrangement.title,
        "owner": arrangement.owner_id,
        "due_on": arrangement.due_on,
        "how": arrangement.how,
        "lists": [name for name, field in LISTS.items() if getattr(arrangement, field)],
    }


class DoneForm(forms.Form):
    """How something was arranged."""

    how = WordsBox(
        label=_("How is it arranged?"),
        help_text=_("For example, who was booked and from when. Facilitators and the front desk read this."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": "4"}),
    )


class ArrangementFilter(django_filters.FilterSet):
    """Filters the arrangements of an event."""

    status = django_filters.ChoiceFilter(
        label=_("Status"), choices=Arrangement.Status.choices, empty_label=_("All that are needed"), method="in_status"
    )
    todo = django_filters.ChoiceFilter(
        label=_("Show"),
        choices=[(NOBODY, _("Nobody sees to it")), (CHANGED, _("Something changed"))],
        empty_label=_("All"),
        method="to_look_at",
    )

    class Meta:
        model = Arrangement
        fields = ["status", "todo"]

    def in_status(self, rows, _name, value):
        """Narrow the list to one status."""
        return rows.filter(status=value)

    def to_look_at(self, rows, _name, value):
        """Narrow the list to arrangements without an owner, or behind which something changed."""
        return rows.live().filter(owner=None) if value == NOBODY else rows.filter(has_changed=True)


class NeedFilter(django_filters.FilterSet):
    """Filters the needs of a year."""

    result = django_filters.ChoiceFilter(
        label=_("How far it was met"), choices=EventNeed.Result.choices, empty_label=_("All")
    )
    reply = django_filters.ChoiceFilter(
        label=_("What the person says"), choices=EventNeed.Reply.choices, empty_label=_("All")
    )

    class Meta:
        model = EventNeed
        fields = ["result", "reply"]


class _OfNeeds(forms.Form):
    """Two fields for each of `needs`: a choice and words. `ask` and `words` name them."""

    ask = words = ""

    def __init__(self, *args, needs, **kwargs):
        super().__init__(*args, **kwargs)
        self.needs = needs
        for need in needs:
            self.add(need)
            hide_optional(self, f"{self.ask}-{need.pk}", f"{self.words}-{need.pk}")

    def add(self, need):
        """Add the two fields for `need`."""
        raise NotImplementedError

    def choice(self, label, choices, initial):
        """Return a choice whose radios stand beside each other."""
        field = forms.ChoiceField(label=label, choices=choices, initial=initial, required=False, widget=Radios)
        field.inline = True  # type: ignore[attr-defined]  # read by the template of fields
        return field

    def boxes_of(self, need):
        """Return the two fields of `need` on the page."""
        return self[f"{self.ask}-{need.pk}"], self[f"{self.words}-{need.pk}"]

    @property
    def answers(self):
        """The answers by need: {need: (choice, words)}."""
        cleaned = self.cleaned_data
        return {need.pk: (cleaned[f"{self.ask}-{need.pk}"], cleaned[f"{self.words}-{need.pk}"]) for need in self.needs}


class ResultsForm(_OfNeeds):
    """How far each of `needs` was met, with a note."""

    ask, words = "result", "note"

    def add(self, need):
        """Add a choice of results and a box for a note."""
        self.fields[f"result-{need.pk}"] = self.choice(_now("Was it met?"), EventNeed.Result.choices, need.result)
        self.fields[f"note-{need.pk}"] = WordsBox(
            label=_now("How did it go?"),
            help_text=_now("%(name)s reads this.") % {"name": need.person.short_name},
            initial=need.note,
            required=False,
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": "2"}),
        )

    def clean(self):
        """Ask for a note where something was not met."""
        super().clean()
        for need in self.needs:
            result = self.cleaned_data.get(f"result-{need.pk}")
            note = self.cleaned_data.get(f"note-{need.pk}", "")
            if result and result != EventNeed.Result.MET and not note.strip():
                self.add_error(f"note-{need.pk}", _now("Say how it went, as %s reads this") % need.person.short_name)
        return self.cleaned_data


class RepliesForm(_OfNeeds):
    """Take the answer of a person to the record of each of their `needs`; `name` where a colleague writes it down."""

    ask, words = "reply", "words"

    def __init__(self, *args, name="", **kwargs):
        self.name = name
        super().__init__(*args, **kwargs)

    def add(self, need):
        """Add a choice and a box for their own words."""
        label = _now("What does %s say?") % self.name if self.name else _now("Is that so?")
        self.fields[f"reply-{need.pk}"] = self.choice(label, EventNeed.Reply.choices, need.reply)
        self.fields[f"words-{need.pk}"] = WordsBox(
            label=_now("What is not so?"),
            initial=need.reply_words,
            required=False,
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": "2"}),
        )

    def clean(self):
        """Ask for an answer, and for words where something is not so."""
        super().clean()
        for need in self.needs:
            words = self.cleaned_data.get(f"words-{need.pk}", "").strip()
            reply = self.cleaned_data.get(f"reply-{need.pk}")
            if reply == EventNeed.Reply.NOT_SO and not words:
                self.add_error(f"words-{need.pk}", _now("Tell us in a few words what is not so"))
            elif words and not reply:
                self.add_error(f"reply-{need.pk}", _now("Choose whether that is so"))
        return self.cleaned_data
