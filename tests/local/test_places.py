"""Where local servers keep their data, and who may have it."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from wellbeing.local import places
from wellbeing.local.places import Instance, LocalError


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project folder of this test's own."""
    monkeypatch.setattr(places, "PROJECT", tmp_path)
    monkeypatch.setattr(places, "home", lambda: tmp_path / ".local")
    return tmp_path


def test_an_instance_belongs_to_one_process_at_a_time(project):
    lock = Instance("demo").lock()
    assert Instance("demo").lock() is None
    lock.close()
    again = Instance("demo").lock()
    assert again is not None
    again.close()


def test_the_lock_goes_with_a_killed_process(project):
    code = (
        "import sys, time; from pathlib import Path; from wellbeing.local import places;"
        "places.PROJECT = Path(sys.argv[1]); lock = places.Instance('demo').lock();"
        "print('locked', flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen([sys.executable, "-c", code, str(project)], stdout=subprocess.PIPE)
    assert holder.stdout.readline() == b"locked\n"
    assert Instance("demo").lock() is None
    holder.kill()
    holder.wait()
    holder.stdout.close()
    lock = Instance("demo").lock()
    assert lock is not None
    lock.close()


def test_test_runs_beside_one_another_get_instances_of_their_own(project):
    first, first_lock = places.first_free("test")
    second, second_lock = places.first_free("test")
    assert (first.name, second.name) == ("test", "test-2")
    with first_lock, second_lock, pytest.raises(LocalError):
        places.first_free("test", at_most=2)


def test_sockets_of_a_deep_project_are_kept_where_their_path_is_short(project, monkeypatch):
    assert Instance("demo").sockets == project / ".local" / "demo" / "run" or len(str(project)) > 60
    monkeypatch.setattr(places, "home", lambda: project / ("deep" * 30))
    assert len(str(Instance("demo").sockets)) < places.LONGEST_SOCKET_FOLDER


def test_a_folder_for_sockets_that_somebody_else_made_is_refused(project, monkeypatch):
    instance = Instance("demo")
    instance.prepare()
    monkeypatch.setattr(os, "geteuid", lambda: 54321)
    with pytest.raises(LocalError, match="belongs to somebody else"):
        instance.prepare()


@pytest.mark.parametrize(("mode", "reachable"), [(0o755, True), (0o711, True), (0o700, False)])
def test_as_root_a_closed_folder_is_out_of_the_servers_reach(monkeypatch, mode, reachable):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    # Not tmp_path: pytest closes the folders above it to everyone else.
    with tempfile.TemporaryDirectory(dir="/tmp") as above:
        project = Path(above) / "project"
        project.mkdir(mode=0o755)
        Path(above).chmod(mode)
        assert places.reachable_by_servers(project) is reachable


def test_dropping_an_instance_leaves_nothing_of_its_data(project):
    instance = Instance("demo")
    lock = instance.lock()
    instance.prepare()
    for folder in (instance.folder / "postgres", instance.folder / "valkey", instance.data):
        folder.mkdir(exist_ok=True)
        (folder / "file").write_text("data")
    instance.drop()
    assert not any((instance.folder / name).exists() for name in ("postgres", "valkey", "data"))
    lock.close()
