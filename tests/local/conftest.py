"""An instance in a folder of the test's own, never the project's."""

import pytest

from wellbeing.local import places
from wellbeing.local.places import Instance


@pytest.fixture
def instance(tmp_path, monkeypatch):
    monkeypatch.setattr(places, "PROJECT", tmp_path)
    monkeypatch.setattr(places, "home", lambda: tmp_path / ".local")
    made = Instance("demo")
    made.prepare()
    return made
