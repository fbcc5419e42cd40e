"""A real mail server on this machine, for tests that send over SMTP."""

from aiosmtpd.controller import Controller

from wellbeing.local.processes import free_port


def listening(handler):
    """Let `handler` take mail at a free port; a generator for a fixture."""
    handler.port = free_port()
    # The controller knocks at its own port when it starts, so it has to be told one.
    controller = Controller(handler, hostname="127.0.0.1", port=handler.port)
    controller.start()
    yield handler
    controller.stop()
