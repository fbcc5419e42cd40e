"""The one exception an action raises when a rule says no."""


class ActionError(Exception):
    """A rule refused an action. `str(error)` is a translated sentence that tells the reader what to do next.

    `field` names the form field the sentence belongs beside, or is None for the whole form. What the action wrote is
    undone, unless the class says that it `keeps_changes`: a wrong code is counted, and refused all the same.
    """

    keeps_changes = False

    def __init__(self, message, *, field=None):
        super().__init__(message)
        self.field = field

    def add_to(self, form):
        """Put the sentence on `form`, beside its field where the form has it, so nothing typed is lost."""
        form.add_error(self.field if self.field in form.fields else None, str(self))
