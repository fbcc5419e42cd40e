"""A worker keeps its connection to the database from task to task, and gets a new one when it has broken."""

import pytest
from django.db import connection

from people.messages import tasks as message_tasks
from people.messages import telling
from people.models import Message
from tests.helpers.database import connections
from tests.helpers.killed import celery_workers, every_second, wait_until
from tests.helpers.mail_server import listening


class Server:
    """A mail server that takes everything."""

    async def handle_DATA(self, server, session, envelope):
        return "250 OK"


@pytest.fixture
def worker(settings, tmp_path):
    for server in listening(Server()):
        with celery_workers(settings, tmp_path) as start:
            yield start(
                EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
                EMAIL_HOST="127.0.0.1",
                EMAIL_PORT=str(server.port),
            )


def tell(key):
    """Tell somebody something, and wait until a worker has sent it."""
    notice = telling.tell(None, "account", key=key, to="ann@example.org", subject="News", text="Hello")
    sent = Message.objects.filter(notice=notice, status=Message.Status.SENT)
    # No sweep runs here: what the task at hand does not send, nobody does.
    wait_until(sent.exists, within=60)


@pytest.mark.real_clock
@pytest.mark.django_db(transaction=True)
def test_tasks_share_a_connection_and_one_that_broke_between_them_costs_no_task(worker, tmp_path):
    # Connections of earlier tests may still be closing.
    name = tmp_path.name
    # Its first task shows that it has begun. Tasks of before a message are done when that message is sent.
    wait_until(lambda: connections(name), within=60, meanwhile=every_second(message_tasks.sweep_outbox.delay))
    tell("first")
    first = connections(name)
    assert len(first) == 1
    tell("second")
    assert connections(name) == first
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pid) FROM unnest(%s) AS pid", [list(first)])
    wait_until(lambda: not connections(name), within=60)
    tell("third")
    assert len(connections(name)) == 1
    assert connections(name) != first
