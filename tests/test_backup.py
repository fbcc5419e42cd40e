"""A backup restored on another host by the commands of docs/deploy.md: all is there, nobody is written to twice."""

import json
import os
import re
import subprocess
import sys

import psycopg2
import pytest
from django.apps import apps
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, models

from payments.models import BankDetails, Receipt
from people.models import Message
from programmes.decisions.timed import seal_decisions
from tests import factories as make
from tests.helpers.mail_server import listening
from tests.helpers.messages import a_message
from tests.helpers.workers import database_url
from wellbeing.local.places import postgres_programs

GUIDE = (settings.BASE_DIR / "docs" / "deploy.md").read_text()
NEW_KEY = "YS1uZXctaW52ZW50ZWQta2V5LW9mLTMyLWJ5dGVzISE="
# Asked on the restored host: the rows of each table, the accounts, files that a row names and that are not there.
LOOK = """
import json, django
django.setup()
from tests.test_backup import accounts, files_missing, rows
from django.utils import timezone
from people.messages import delivery
from people.models import Message
before = rows()
due = list(Message.objects.due(timezone.now()).values_list("pk", flat=True))
assert delivery.send(due) == len(due) == 2
print(json.dumps({"rows": before, "accounts": accounts(), "missing": files_missing()}))
"""


def rows():
    """Return how many rows each of our tables has."""
    ours = [model for model in apps.get_models() if model._meta.managed and not model._meta.proxy]
    return {model._meta.db_table: model._base_manager.count() for model in ours}


def accounts():
    """Return the account numbers, as they are read with the keys of this process."""
    return [[row.sort_code, row.account_number] for row in BankDetails.objects.order_by("pk")]


def files_missing():
    """Return the files that a row names and that are not there."""
    names = [
        name
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.FileField)
        for name in model._base_manager.exclude(**{field.name: ""}).values_list(field.name, flat=True)
        if name
    ]
    return [name for name in names if not default_storage.exists(name)]


def documented(first_word):
    """Return the commands of the guide that begin with `first_word` inside a container, without what starts that."""
    whole = GUIDE.replace("\\\n", " ")
    inside = r"docker compose (?:exec -T postgres|exec web|run --rm --no-deps -T worker) "
    return re.findall(rf"{inside}({first_word}[^\n`]*)", whole)


@pytest.fixture
def mail_server():
    """A real mail server; `taken` are the addresses it was handed a mail for."""

    class Taken:
        taken: list[str] = []

        async def handle_RCPT(self, _server, _session, envelope, address, _options):
            envelope.rcpt_tos.append(address)
            self.taken.append(address)
            return "250 OK"

    yield from listening(Taken())


@pytest.fixture
def restored(transactional_db, tmp_path):
    """fn() -> fn(*command, **environment) that runs Python on another host to which everything was restored."""
    target = f"{connection.settings_dict['NAME']}_restored"
    admin = psycopg2.connect(database_url("postgres"))
    admin.autocommit = True
    cursor = admin.cursor()
    cursor.execute(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)')
    cursor.execute(f'CREATE DATABASE "{target}"')
    data = tmp_path / "restored"
    data.mkdir()

    def restore():
        shell(tmp_path, documented("pg_dump")[0], connection.settings_dict["NAME"], default_storage.location)
        shell(tmp_path, documented("tar --create")[0], target, default_storage.location)
        shell(tmp_path, documented("pg_restore")[0], target, data)
        shell(tmp_path, documented("tar --extract")[0], target, f"{data}/private")
        return run

    def run(*command, **environment):
        env = {**os.environ, "DATABASE_URL": database_url(target), "DATA_DIR": str(data), **environment}
        done = subprocess.run([sys.executable, *command], check=False, env=env, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    yield restore
    cursor.execute(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)')
    admin.close()


def shell(folder, command, database, private):
    """Run a command of the guide in `folder`, with the names of this machine in place of those of the containers."""
    for theirs, here in (
        ("--format=custom wellbeing", f"--format=custom {database}"),
        ("--dbname=wellbeing", f"--dbname={database}"),
        ("--directory=/data", f"--directory={str(private).removesuffix('/private')}"),
        ("$day", "2026-05-04"),
    ):
        command = command.replace(theirs, here)
    server = connection.settings_dict
    env = {**os.environ, "PATH": f"{postgres_programs()}:{os.environ['PATH']}", "PGHOST": server["HOST"]}
    done = subprocess.run(["sh", "-ec", command], check=False, cwd=folder, env=env, capture_output=True, text=True)
    assert done.returncode == 0, f"{command}: {done.stderr}"


@pytest.mark.real_clock
def test_a_restored_backup_has_all_rows_and_files_and_writes_to_nobody(restored, mail_server):
    programme = make.a_programme()
    user = make.with_role(programme, "lived_experience")
    person, staff = user.person, make.with_role(programme, "staff").person
    make.bank_details(user)
    make.a_decided_proposal(programme, recorded_by=staff)
    seal_decisions()
    claim = make.a_claim(programme, person)
    receipt = Receipt.objects.create(
        claim=claim,
        file=default_storage.save("receipts/ticket.pdf", ContentFile(b"a ticket")),
        original_name="ticket.pdf",
        content_type="application/pdf",
        size=8,
        sha256="0" * 64,
        added_by=person,
    )
    a_message()
    before = {"rows": rows(), "accounts": accounts(), "missing": []}
    assert before["accounts"]

    host = restored()
    manage = "manage.py"
    host(manage, "migrate", "--check")
    (verify,) = {command.split()[-1] for command in documented("python manage.py verify_decisions")}
    assert "Every record is as it was sealed." in host(manage, verify)

    keys = f"{NEW_KEY},{settings.FIELD_ENCRYPTION_KEYS[0]}"
    assert "BankDetails: 1 rows encrypted again" in host(manage, "rotate_keys", FIELD_ENCRYPTION_KEYS=keys)
    dummy = re.search(r"EMAIL_BACKEND=(django\S+dummy\.EmailBackend)", GUIDE)[1]
    server = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(mail_server.port)}
    told = json.loads(host("-c", LOOK, FIELD_ENCRYPTION_KEYS=NEW_KEY, EMAIL_BACKEND=dummy, **server).splitlines()[-1])
    assert told == before
    assert default_storage.open(receipt.file.name).read() == b"a ticket"
    statuses = set(Message.objects.values_list("status", flat=True))
    assert statuses == {"waiting"}, "the host that was backed up sends them, once"
    assert mail_server.taken == []
