"""Forms about invitations: replying, replying for somebody, answering a question."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.inviting.models import FOR_WHO_COMES_TOO, Invitation
from people.directory.forms import PeopleChoice
from people.models import Person
from people.needs.forms import Kind, NeedBoxesForm
from people.needs.models import Whose, words_of
from wellbeing.forms.choices import Checkboxes, Radios
from wellbeing.forms.fields import hide_optional, set_rows
from wellbeing.lib.texts import LineBox, WordsBox

# Letters of what a person says they need on the day, in one reply.
MAX_NEEDS = 2000


class ReplyForm(forms.Form):
    """The reply of an invited person.

    The two boxes start empty even when something was written before: the page opens for anyone who holds the link, and
    access needs are for staff to read. Left empty, they change nothing. Whether they come in person or online is asked
    where the event can be joined both ways.
    """

    reply = forms.ChoiceField(
        label=gettext_lazy("Will you come?"),
        choices=[(reply, reply.label) for reply in Invitation.GIVEN],
        widget=Radios(),
        required=True,
    )
    joins = forms.ChoiceField(
        label=gettext_lazy("If you come: in person or online?"),
        choices=Invitation.Joins.choices,
        widget=Radios(),
        required=False,
    )
    part_of_day = LineBox(
        label=gettext_lazy("If you come for part of it: which part?"),
        help_text=gettext_lazy(
            "For example: the morning, or until 1pm. Leave it empty if you come for all of it. Whoever opens your link"
            " can read this."
        ),
        max_length=150,
        required=False,
    )
    access_needs = WordsBox(
        label=gettext_lazy("What do you need on the day?"),
        help_text=gettext_lazy(
            "For example: a step-free way in, large print, a quiet room, breaks, food you cannot eat, or someone who "
            "comes with you."
        ),
        max_length=MAX_NEEDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": "4"}),
    )
    question = WordsBox(
        label=gettext_lazy("Do you want to ask us something?"),
        help_text=gettext_lazy("We will answer you in the way you chose."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": "3"}),
    )

    def __init__(self, *args, invitation, **kwargs):
        # Who waits for a place has said that they would come.
        waits = invitation.reply == Invitation.Reply.WAITING
        reply = Invitation.Reply.COMING if waits else invitation.reply
        said = {"reply": reply, "joins": invitation.joins, "part_of_day": invitation.part_of_day}
        kwargs["initial"] = {**said, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        if not invitation.event.can_be_joined_both_ways:
            del self.fields["joins"]
        hide_optional(self, *({"joins", "part_of_day"} & set(self.fields)))


class BesideForm(forms.Form):
    """Asks whether the person would like each thing of `beside`, which they are offered beside the event.

    With `shows` what they said before is chosen when the page opens. What is left open changes nothing.
    """

    def __init__(self, *args, beside=(), shows=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.beside = list(beside)
        for thing in self.beside:
            self.fields[thing.key] = forms.ChoiceField(
                label=_("%s: would you like it?") % thing.title,
                help_text=thing.text,
                choices=[("yes", _("Yes, please")), ("no", _("No thanks"))],
                required=False,
                initial={True: "yes", False: "no"}.get(thing.wanted) if shows else None,
                widget=Radios(),
            )

    @property
    def beside_fields(self):
        """Return the questions about what is offered beside the event, for the template."""
        return [self[thing.key] for thing in self.beside]

    @property
    def beside_answers(self):
        """Return what was said of what is offered beside the event, by key; without what was left open."""
        said = {thing.key: self.cleaned_data[thing.key] for thing in self.beside}
        return {key: answer == "yes" for key, answer in said.items() if answer}


class PersonReplyForm(BesideForm, NeedBoxesForm, ReplyForm):
    """The reply of a person on their own page, with boxes to tick for what they need on the day."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["access_needs"].label = _("Is there anything else you need on the day?")
        self.fields["access_needs"].help_text = ""

    def clean(self):
        """Also write what is ticked into the words about needs; refuse more than there is room for."""
        super().clean()
        cleaned = self.cleaned_data
        if self.errors:
            return cleaned
        own, theirs = (self._ticked(whose) for whose in Whose)
        theirs = f"{FOR_WHO_COMES_TOO} {theirs}" if theirs else ""
        cleaned["access_needs"] = "\n".join(filter(None, [own, theirs, cleaned["access_needs"]]))
        if len(cleaned["access_needs"]) > MAX_NEEDS:
            self.add_error("access_needs", _("What you need is too long for us to keep. Write less about some of it."))
        return cleaned

    def _ticked(self, whose):
        """Return what is ticked in one line: "Label: words; Label"."""
        needs = [
            (Kind(said.kind).label, words_of(said.kind, said.detail, said.print_size))
            for said in self.needs()
            if said.whose == whose
        ]
        return "; ".join(f"{label}: {words}" if words else str(label) for label, words in needs)


class ReplyForForm(BesideForm, ReplyForm):
    """A colleague takes down somebody's reply. Earlier access needs come with it, so there is room for all of them."""

    access_needs = WordsBox(max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": "4"}))

    def __init__(self, *args, invitation, **kwargs):
        super().__init__(
            *args, invitation=invitation, shows=True, initial={"access_needs": invitation.access_needs}, **kwargs
        )
        person = invitation.person.short_name
        self.fields["reply"].label = _("What did %s say?") % person
        reply = self.fields["reply"]
        assert isinstance(reply, forms.ChoiceField)
        reply.choices = [
            (Invitation.Reply.COMING, _("They will come")),
            (Invitation.Reply.NOT_COMING, _("They cannot come")),
            (Invitation.Reply.NOT_SURE, _("They are not sure yet")),
        ]
        if "joins" in self.fields:
            self.fields["joins"].label = _("If they come: in person or online?")
        self.fields["part_of_day"].label = _("If they come for part of it: which part?")
        self.fields["part_of_day"].help_text = _("For example: the morning. Leave it empty if they come for all of it.")
        self.fields["access_needs"].label = _("What do they need on the day?")
        self.fields["question"].label = _("Did they ask something you could not answer at once?")
        self.fields["question"].help_text = _("It joins the questions waiting for an answer.")
        for thing in self.beside:
            self.fields[thing.key].label = _("%s: would they like it?") % thing.title
            self.fields[thing.key].help_text = thing.when

    @property
    def values(self):
        """Return the answers as the action takes them."""
        declared = ReplyForForm.declared_fields
        about = {name: answer for name, answer in self.cleaned_data.items() if name in declared}
        return {**about, "beside": self.beside_answers}


class AnswerForm(forms.Form):
    """The answer to one question."""

    answer = WordsBox(
        label=gettext_lazy("Your answer"),
        help_text=gettext_lazy("We will tell them, with their question, in the way they chose."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": "4"}),
    )


class FacilitatorsForm(forms.Form):
    """The invited people who help to run the event."""

    people = PeopleChoice(
        label=gettext_lazy("Tick everyone who helps to run it"),
        queryset=Person.objects.none(),
        required=False,
        widget=Checkboxes,
    )

    def __init__(self, *args, event, **kwargs):
        helping = event.invitations.filter(facilitates=True).values_list("person", flat=True)
        kwargs["initial"] = {"people": list(helping)}
        super().__init__(*args, **kwargs)
        people = Person.objects.filter(invitations__event=event)
        set_rows(self, "people", people.order_by("sort_key", "pk"))
        hide_optional(self, "people")
