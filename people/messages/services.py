"""How services that deliver messages for us say that they did not take one: by text, and by post."""


class ServiceError(Exception):
    """A service did not take a message. Its words are a sentence for a colleague."""


class RefusedError(ServiceError):
    """The service will never take this message. `number` says that it is the phone number it refuses."""

    def __init__(self, reason: str, *, number: bool = False) -> None:
        super().__init__(reason)
        self.number = number


class LaterError(ServiceError):
    """The service did not take this message now. `wait` is after how many seconds to try again, where it said so."""

    def __init__(self, reason: str, *, wait: int | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


class AwayError(LaterError):
    """The service did not answer, or has a fault: asking it for the next message at once is of no use."""
