"""The one exception an action raises when a rule says no."""

from django.forms import BaseForm

from wellbeing.lib.types import Text


class ActionError(Exception):
    """A rule refused an action. `str(error)` is a translated sentence that tells the reader what to do next.

    `field` names the form field the sentence belongs beside, or is None for the whole form. The action's writes are
    undone, unless the class sets `keeps_changes`: a wrong code is counted although it is refused.
    """

    keeps_changes = False

    def __init__(self, message: Text, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field

    def add_to(self, form: BaseForm) -> None:
        """Put the sentence on `form`, beside its field where the form has it, so nothing typed is lost.

        A form of several parts has `add_action_error(error)`, which finds the part.
        """
        if place := getattr(form, "add_action_error", None):
            place(self)
            return
        form.add_error(self.field if self.field in form.fields else None, str(self))
