"""Forms about invitations: replying, replying for somebody, answering a question."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.inviting.models import Invitation
from people.directory.forms import PeopleChoice
from people.models import Person
from wellbeing.forms.choices import Checkboxes, Radios
from wellbeing.forms.fields import hide_optional, set_rows
from wellbeing.lib.texts import WordsBox


class ReplyForm(forms.Form):
    """The reply of an invited person.

    The two boxes start empty even when something was written before: the page opens for anyone who holds the link, and
    access needs are for staff to read. Left empty, they change nothing.
    """

    reply = forms.ChoiceField(
        label=gettext_lazy("Will you come?"), choices=Invitation.Reply.choices, widget=Radios(), required=True
    )
    access_needs = WordsBox(
        label=gettext_lazy("What do you need on the day?"),
        help_text=gettext_lazy(
            "For example: a step-free way in, large print, a quiet room, breaks, food you cannot eat, or someone who "
            "comes with you."
        ),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": "4"}),
    )
    question = WordsBox(
        label=gettext_lazy("Do you want to ask us something?"),
        help_text=gettext_lazy("We answer by email."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": "3"}),
    )


class ReplyForForm(ReplyForm):
    """A colleague takes down somebody's reply. Earlier access needs come with it, so there is room for all of them."""

    access_needs = WordsBox(max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": "4"}))

    def __init__(self, *args, invitation, **kwargs):
        kwargs.setdefault("initial", {"reply": invitation.reply, "access_needs": invitation.access_needs})
        super().__init__(*args, **kwargs)
        person = invitation.person.short_name
        self.fields["reply"].label = _("What did %s say?") % person
        reply = self.fields["reply"]
        assert isinstance(reply, forms.ChoiceField)
        reply.choices = [
            (Invitation.Reply.COMING, _("They will come")),
            (Invitation.Reply.NOT_COMING, _("They cannot come")),
            (Invitation.Reply.NOT_SURE, _("They are not sure yet")),
        ]
        self.fields["access_needs"].label = _("What do they need on the day?")
        self.fields["question"].label = _("Did they ask something you could not answer at once?")
        self.fields["question"].help_text = _("It joins the questions waiting for an answer.")


class AnswerForm(forms.Form):
    """The answer to one question."""

    answer = WordsBox(
        label=gettext_lazy("Your answer"),
        help_text=gettext_lazy("It is emailed to them, with their question above it."),
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
