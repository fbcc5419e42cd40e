"""Forms of a claim: expenses, receipts, the declaration, questions and answers."""

from decimal import Decimal

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from payments.claims.models.lines import ClaimLine
from payments.policy import wording as policy_wording
from payments.policy.fields import hours_field, miles_field, nights_field, passengers_field, vehicle_field
from payments.policy.models.kinds import ExpenseKind
from payments.shared.wording import miles_in_words
from wellbeing.forms.choices import Radios
from wellbeing.forms.fields import hide_optional, set_choices
from wellbeing.forms.money import PoundsField
from wellbeing.lib import uploads
from wellbeing.lib.money import pounds
from wellbeing.lib.texts import LineBox, WordsBox


class ExpenseKindForm(forms.Form):
    """The kind of expense, of those the terms of the claim cover; `on` is the day it was for."""

    kind = forms.ChoiceField(label=gettext_lazy("What did you pay for?"), widget=Radios)

    def __init__(self, *args, terms, on=None, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = terms.expense_rules()
        set_choices(self, "kind", [(rules[0].kind, rules[0].label) for rules in kinds])
        self.fields["kind"].widget.hints = {
            rules[0].kind: policy_wording.conditions_of_all(rules, on) for rules in kinds
        }


class ExpenseForm(forms.Form):
    """The description and the amount of one expense, or how many miles for driving.

    Above `ask_above` (hooks.AskAbove) it asks once whether that is right, with a box to say so.
    """

    miles = miles_field()
    vehicle = vehicle_field()
    passengers = passengers_field()
    amount = PoundsField(
        label=gettext_lazy("How much did you pay?"),
        min_pence=1,
        max_pence=1_000_000,
    )
    nights = nights_field()
    hours = hours_field(label=gettext_lazy("For how many hours?"), help_text=gettext_lazy("Such as 6, 6.5 or 6:30."))
    description = LineBox(
        label=gettext_lazy("What was it?"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    prior_approval_by = LineBox(
        label=gettext_lazy("Who said you could spend this, and when?"),
        help_text=gettext_lazy("For example: Stan, by phone on 3 May."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": gettext_lazy(
                "Say who agreed to it, and when. If you did not ask, ask us before you send your claim"
            )
        },
    )

    def __init__(self, *args, rules, prior_approval="", ask_above=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.ask_above = ask_above
        kind = rules[0].kind
        # With two rules to choose the better of, what either needs to know is asked.
        if not any(rule.asks_nights for rule in rules):
            del self.fields["nights"]
        if not any(rule.asks_hours for rule in rules):
            del self.fields["hours"]
        elif kind == ExpenseKind.SUBSISTENCE:
            self.fields["hours"].label = _("How many hours were you away from home?")
        if not prior_approval:
            del self.fields["prior_approval_by"]
        elif prior_approval != "needed":
            self.fields["prior_approval_by"].required = False
        del self.fields["amount" if kind == ExpenseKind.MILEAGE else "miles"]
        if not any(rule.hmrc_rates for rule in rules):
            del self.fields["vehicle"], self.fields["passengers"]
        travel = {ExpenseKind.MILEAGE, ExpenseKind.PUBLIC_TRANSPORT, ExpenseKind.TAXI}
        description = self.fields["description"]
        if kind in travel:
            description.label = _("Where did you go from and to?")
        if kind == ExpenseKind.OTHER:
            description.required = True
            description.label = _("What was it, and why did you need it to take part?")

    def clean(self):
        """Ask whether a number far above the usual is right, unless it was there before."""
        super().clean()
        name = "miles" if "miles" in self.fields else "amount"
        number = self.cleaned_data.get(name)
        if self.ask_above is None or number is None or number == self.initial.get(name):
            return
        most, words = (self.ask_above.miles, miles_in_words) if name == "miles" else (self.ask_above.pence, pounds)
        if number > most:
            self._ask_if_right(name, str(number), words(number))

    def _ask_if_right(self, name, mark, words):
        # The box says which number was meant: another that is as unusual is asked about again.
        self.fields["right"] = forms.MultipleChoiceField(
            label=_("Is that right?"),
            choices=[(mark, _("Yes, it was %(number)s") % {"number": words})],
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
        hide_optional(self, "right")
        fields = [each for each in self.fields if each != "right"]
        fields.insert(fields.index(name) + 1, "right")
        self.order_fields(fields)
        if mark not in (self["right"].data or []):
            self.add_error(
                name,
                _("%(number)s is far more than usual. If it is right, tick the box below. If not, change it.")
                % {"number": words},
            )

    @property
    def values(self):
        """The arguments of `actions.filling.add_expense`."""
        return {
            "description": self.cleaned_data["description"],
            "amount_pence": self.cleaned_data.get("amount"),
            "miles": self.cleaned_data.get("miles"),
            "vehicle": self.cleaned_data.get("vehicle", ""),
            "passengers": self.cleaned_data.get("passengers") or 0,
            "nights": self.cleaned_data.get("nights"),
            "hours": self.cleaned_data.get("hours"),
            "prior_approval_by": self.cleaned_data.get("prior_approval_by", ""),
        }


class ReceiptForm(forms.Form):
    """A photo or PDF of the receipt."""

    receipt = forms.FileField(
        label=gettext_lazy("Photo or PDF of your receipt"),
        widget=forms.FileInput,
        error_messages={
            "required": gettext_lazy("Choose a photo or a PDF of your receipt"),
            "empty": gettext_lazy("This file is empty. Take the photo again, or choose another file."),
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["receipt"].help_text = _(
            "A photo (JPG, PNG, HEIC, WebP, AVIF, GIF or TIFF) or a PDF, up to %(size)s."
        ) % {"size": uploads.size_words(settings.UPLOAD_MAX_BYTES)}
        self.fields["receipt"].widget.attrs |= uploads.box_attributes(settings.UPLOAD_MAX_BYTES)

    def clean_receipt(self):
        """Look at the file quickly, so that a wrong one is refused at once, beside the field."""
        file = self.cleaned_data["receipt"]
        try:
            uploads.quick_check(file, max_bytes=settings.UPLOAD_MAX_BYTES)
        except uploads.UploadRefusedError as refusal:
            raise forms.ValidationError(str(refusal)) from None
        return file


class HoursForm(forms.Form):
    """The hours somebody was at an event, and why they are not those that staff recorded."""

    hours = hours_field(
        most=Decimal(99),
        label=gettext_lazy("How long were you there?"),
        help_text=gettext_lazy("In hours, such as 1, 2.5 or 1:30."),
    )
    reason = WordsBox(
        label=gettext_lazy("If you change the time we wrote down, tell us why"),
        help_text=gettext_lazy("For example: I left after an hour. Or: I stayed to clear up."),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        hide_optional(self, "reason")


class NoReceiptForm(forms.Form):
    """The reason why an expense has no receipt."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why is there no receipt?"),
        choices=[
            (ClaimLine.NoReceipt.CONTACTLESS, gettext_lazy("I paid contactless and was not given one")),
            (ClaimLine.NoReceipt.NOT_GIVEN, gettext_lazy("The machine or the driver gave none")),
            (ClaimLine.NoReceipt.LOST, gettext_lazy("It is lost")),
            (ClaimLine.NoReceipt.OTHER, gettext_lazy("Another reason")),
        ],
        widget=Radios,
        error_messages={"required": gettext_lazy("Choose why there is no receipt")},
    )
    words = LineBox(
        label=gettext_lazy("How did it happen?"),
        help_text=gettext_lazy("You only need this for another reason. Whoever checks the claim reads it."),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        hide_optional(self, "words")

    def clean(self):
        """Refuse another reason without words."""
        super().clean()
        data = self.cleaned_data
        if data.get("reason") == ClaimLine.NoReceipt.OTHER and data.get("words") == "":
            self.add_error("words", _("Say how it happened that there is no receipt"))
        return data


class DeclarationForm(forms.Form):
    """The declaration a person makes before they send a claim.

    `has_expenses` says that they claim money they spent, `cancelled` that the event did not take place. `late` asks why
    it comes after the time to claim. `name` is for staff who send it for somebody of that name.
    """

    late_reason = WordsBox(
        label=gettext_lazy("Why is this claim late?"),
        help_text=gettext_lazy("A short answer is fine. We read it when we look at your claim."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say why this claim is late. We will look at it.")},
    )
    agree = forms.BooleanField(
        label=gettext_lazy("I took part, and nobody else has paid me for this."),
        error_messages={"required": gettext_lazy("Tick the box to say that this is right")},
    )
    # The pence the page showed: another window may have changed the claim since.
    total = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def agree_anew(self, pence):
        """Ask again, for a claim that comes to `pence` now: the box is empty, and what else was typed stays."""
        assert isinstance(self.data, QueryDict), "posted"
        data = self.data.copy()
        data["total"] = str(pence)
        data.pop("agree", None)
        self.data = data

    def __init__(self, *args, has_expenses, cancelled=False, late=False, name="", **kwargs):
        super().__init__(*args, **kwargs)
        if not late:
            del self.fields["late_reason"]
        if name:
            self.fields["agree"].label = _("%(name)s told me that all of this is right, and asked me to send it.") % {
                "name": name
            }
        elif cancelled:
            self.fields["agree"].label = _("I had said I would come, and nobody else has paid me for this.")
        elif has_expenses:
            self.fields["agree"].label = _("I took part, I spent this money, and nobody else has paid me back.")


class AnswerForm(forms.Form):
    """The answer to a question about a claim."""

    answer = WordsBox(label=gettext_lazy("Your answer"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))


class QuestionForm(forms.Form):
    """A question to the person, with which a claim goes back to them."""

    question = WordsBox(
        label=gettext_lazy("Your question"),
        help_text=gettext_lazy(
            "They will be told in the way they chose, and see it on their claim. Say what you need and why."
        ),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
