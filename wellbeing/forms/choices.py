"""Offer choices: radios and checkboxes with a hint for each."""

from django import forms


class _HintsMixin(forms.widgets.ChoiceWidget):
    """Choices with a line of explanation under each: `Radios(hints={"bank": "Takes three days"})`."""

    def __init__(self, *args, hints=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.hints = hints or {}

    def create_option(self, name, value, label, selected, index, subindex=None, attrs=None):
        """Return Django's option, with its hint and an `aria-describedby` that points at it."""
        option = super().create_option(name, value, label, selected, index, subindex, attrs)
        option["hint"] = self.hints.get(str(value), "")
        if option["hint"] and option["attrs"].get("id"):
            option["attrs"]["aria-describedby"] = f"{option['attrs']['id']}_hint"
        return option


class Radios(_HintsMixin, forms.RadioSelect):
    """Radio buttons, each with an optional hint. `hints` maps str(value) to a sentence."""


class Checkboxes(_HintsMixin, forms.CheckboxSelectMultiple):
    """Tick boxes, each with an optional hint. `hints` maps str(value) to a sentence."""
