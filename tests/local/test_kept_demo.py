"""The demo that one clone loaded is the demo of the next clone of the same code, and of no other."""

import contextlib
import os

import psycopg2
import pytest

from wellbeing.local import kept_demo, places, postgres
from wellbeing.local.places import Instance

DEMO = {"SITE_URL": "http://localhost:8000", "SECRET_KEY": "invented"}


@pytest.fixture
def clone(tmp_path, monkeypatch):
    """fn(name) -> the demo's instance in a clone of that name."""

    def make(name):
        monkeypatch.setattr(places, "PROJECT", tmp_path / name)
        # Where PostgreSQL's account may go when the tests run as root.
        monkeypatch.setattr(places, "home", lambda: tmp_path / name / ".local")
        made = Instance("demo")
        made.prepare()
        return made

    # Folders of pytest are closed to other accounts.
    for folder in (tmp_path, *tmp_path.parents):
        mode = folder.stat().st_mode
        if mode & 0o011 != 0o011:
            folder.chmod(mode | 0o011)
    return make


@contextlib.contextmanager
def running(instance):
    """Run the instance's PostgreSQL; yields a cursor."""
    service = postgres.service(instance, env=dict(os.environ))
    postgres.start(instance, service)
    try:
        with contextlib.closing(psycopg2.connect(postgres.url(instance))) as connection:
            connection.autocommit = True
            yield connection.cursor()
    finally:
        service.stop()


def test_a_kept_demo_has_the_rows_and_files_of_the_first(clone, tmp_path):
    kept = tmp_path / "cache" / "demo-2"
    (tmp_path / "cache" / "demo-1" / "data").mkdir(parents=True)
    first = clone("first")
    (first.data / "private").mkdir()
    (first.data / "private" / "ticket.pdf").write_text("a ticket")
    assert not kept_demo.take(first, kept), "nothing is kept yet"
    with running(first) as cursor:
        cursor.execute("CREATE TABLE story (told text); INSERT INTO story VALUES ('curry')")
        kept_demo.keep(first, kept)
        cursor.execute("DELETE FROM story")
        kept_demo.keep(first, kept)
    assert [path.name for path in kept.parent.iterdir()] == ["demo-2"], "copies of other code go"

    second = clone("second")
    assert kept_demo.take(second, kept)
    with running(second) as cursor:
        cursor.execute("SELECT told FROM story")
        assert cursor.fetchall() == [("curry",)]
        cursor.execute("INSERT INTO story VALUES ('typed by somebody')")
    assert (second.data / "private" / "ticket.pdf").read_text() == "a ticket"
    assert not kept_demo.take(second, kept), "data that is there stays"


def test_half_a_copy_is_not_taken(clone, tmp_path):
    kept = tmp_path / "demo-1"
    (kept / "data").mkdir(parents=True)
    (kept / "data" / "ticket.pdf").write_text("a ticket")
    instance = clone("clone")
    assert not kept_demo.take(instance, kept)
    assert not postgres.is_made(instance)
    assert list(instance.data.iterdir()) == []


def test_only_the_same_code_at_the_same_address_takes_a_kept_demo(tmp_path):
    def made_from(name, code="a = 1\n"):
        (tmp_path / name / "people" / "__pycache__").mkdir(parents=True)
        (tmp_path / name / "people" / "models.py").write_text(code)
        (tmp_path / name / "people" / "__pycache__" / "models.pyc").write_text(name)
        return tmp_path / name

    first = kept_demo.place(DEMO, made_from("first"), tmp_path)
    assert kept_demo.place(DEMO, made_from("second"), tmp_path) == first
    others = [
        kept_demo.place(DEMO, made_from("third", "a = 2\n"), tmp_path),
        kept_demo.place(DEMO | {"SITE_URL": "http://localhost:8010"}, made_from("fourth"), tmp_path),
        kept_demo.place(DEMO | {"SECRET_KEY": "another"}, made_from("fifth"), tmp_path),
    ]
    assert len({first, *others}) == 4


def test_clones_share_a_secret_key_that_only_its_owner_reads(tmp_path):
    made = kept_demo.secret(tmp_path / "cache")
    assert kept_demo.secret(tmp_path / "cache") == made
    assert (tmp_path / "cache" / "demo-secret").stat().st_mode & 0o777 == 0o600
    (tmp_path / "no folder").write_text("")
    assert len(kept_demo.secret(tmp_path / "no folder")) == len(made)
