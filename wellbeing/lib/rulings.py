"""One kind of answer to "may they?", the same in every app."""

from dataclasses import dataclass

from wellbeing.lib.errors import ActionError


@dataclass(frozen=True)
class Ruling:
    """Yes (true in a condition), or no with the reason: a translated sentence that tells the reader what to do."""

    why_not: str = ""

    def __bool__(self) -> bool:
        return not self.why_not

    def insist(self, error: type[Exception] = ActionError) -> None:
        """Raise `error` with the reason when the answer is no: ActionError in an action, PermissionDenied on a page."""
        if self.why_not:
            raise error(self.why_not)


YES = Ruling()
