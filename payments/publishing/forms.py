"""Forms to publish a draft: on what it rests, what becomes of offers made before, and why it is sent back."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from payments.publishing import queries
from payments.publishing.actions import Basis
from programmes.models import Decision
from wellbeing.forms.choices import Radios
from wellbeing.forms.fields import hide_optional, set_rows
from wellbeing.lib.dates import short_date
from wellbeing.lib.texts import WordsBox

KEEP, TELL = "keep", "tell"


class _DecisionChoice(forms.ModelChoiceField):
    def label_from_instance(self, decision):
        """ "Pay for preparation, agreed 4 May 2026"."""
        return _("%(title)s, agreed %(day)s") % {"title": decision.title, "day": short_date(decision.decided_on)}


class ReadDraftForm(forms.Form):
    """The draft as it was read: one that somebody changed since is not published unread."""

    changed_at = forms.DateTimeField(
        widget=forms.HiddenInput,
        error_messages={
            "required": gettext_lazy("Read the draft again, then publish it."),
            "invalid": gettext_lazy("Read the draft again, then publish it."),
        },
    )

    def read_anew(self, changed_at):
        """Show a form that was refused for the draft as it is now, last changed at `changed_at`."""
        assert isinstance(self.data, QueryDict), "posted"
        data = self.data.copy()
        data["changed_at"] = changed_at.isoformat()
        self.data = data


class PublishForm(ReadDraftForm):
    """Publishing the draft, or asking a colleague to. `with_offers` asks what becomes of offers made before."""

    offers = forms.ChoiceField(
        label=gettext_lazy("What about people who were told something else?"),
        choices=[
            (KEEP, gettext_lazy("Keep what we offered")),
            (TELL, gettext_lazy("Tell them what changes")),
        ],
        widget=Radios(
            hints={
                KEEP: gettext_lazy(
                    "For each part of their claim, we will use the terms that pay more. We will not write to anyone."
                ),
                TELL: gettext_lazy(
                    "Each person invited to an event still to come will be told the old and the new terms, in the way"
                    " they chose. Those whose event has begun keep what we offered."
                ),
            }
        ),
        initial=KEEP,
        error_messages={"required": gettext_lazy("Choose whether to keep what was offered or to tell people")},
    )
    decision = _DecisionChoice(
        queryset=Decision.objects.none(),
        required=False,
        label=gettext_lazy("Which decision is this based on?"),
        empty_label=gettext_lazy("None of these"),
    )
    reason = WordsBox(
        label=gettext_lazy("If it is not based on a decision, why are you publishing it?"),
        help_text=gettext_lazy("People of the programme can read this."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    field_order = ["offers", "decision", "reason", "changed_at"]

    def __init__(self, *args, programme, with_offers, **kwargs):
        super().__init__(*args, **kwargs)
        decisions = queries.agreed_decisions(programme)
        set_rows(self, "decision", decisions)
        hide_optional(self, "decision", "reason")
        if not with_offers:
            del self.fields["offers"]
        if not decisions.exists():
            del self.fields["decision"]
            self.fields["reason"].label = _("Why is it published?")

    def clean(self):
        """Ask for a decision or a reason."""
        super().clean()
        if (
            not self.cleaned_data.get("decision")
            and not self.cleaned_data.get("reason")
            and "reason" not in self.errors
        ):
            if "decision" in self.fields:
                self.add_error("decision", _("Choose the decision this rests on, or say why in words"))
            else:
                self.add_error("reason", _("Say why it is published"))
        return self.cleaned_data

    @property
    def basis(self):
        """The Basis that the actions take."""
        data = self.cleaned_data
        return Basis(data.get("decision"), data["reason"], keeps_offers=data.get("offers", KEEP) == KEEP)


class SendBackForm(forms.Form):
    """Why a request to publish is sent back."""

    sent_back_reason = WordsBox(
        label=gettext_lazy("Or send it back. What has to change?"),
        help_text=gettext_lazy("Your colleague reads this. The draft stays."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say why, so that your colleague knows what to change")},
    )
