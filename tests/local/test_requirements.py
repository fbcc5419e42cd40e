"""Every package that is imported is a requirement of our own, not only one that another package happens to bring."""

import ast
import re
import subprocess
import sys
from functools import cache
from importlib.metadata import packages_distributions

import pytest

from wellbeing.local.places import PROJECT

OURS = {"wellbeing", "people", "programmes", "events", "payments", "tests"}
# Imported only where a setting asks for it.
SWITCHED_ON = {
    ("wellbeing", "error_reports.py"),
    ("wellbeing", "metrics.py"),
    ("wellbeing", "metrics_files.py"),
    ("wellbeing", "object_storage.py"),
    ("wellbeing", "settings", "objects.py"),
}
# Installed by a plugin that is named in its place: pytest-django brings pytest, and so on.
BROUGHT_BY = {"pytest": "pytest-django", "playwright": "pytest-playwright"}


def sources():
    """Every Python file of the project, as git lists them."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.py"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [path for path in map(PROJECT.joinpath, listed.stdout.split()) if path.exists()]


def imported(path):
    """The top packages that the file imports, anywhere in it, less Python's and our own."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add(node.module.partition(".")[0])
    return found - OURS - set(sys.stdlib_module_names)


def plain(name):
    """A requirement's name as the registry compares it."""
    return re.sub(r"[-_.]+", "-", re.match(r"[\w.-]+", name)[0]).lower()


def declared(name):
    """The packages that requirements/NAME.in and the files it builds on name."""
    names = set()
    for line in (PROJECT / "requirements" / f"{name}.in").read_text().splitlines():
        if line.startswith("-r "):
            names |= declared(line[3:].removesuffix(".in"))
        elif line and not line.startswith("#"):
            names.add(plain(line))
    return names


def requirements_of(path):
    """Which requirements the file may use: those of every installation, of production, of the demo, or of the tests."""
    place = path.relative_to(PROJECT).parts
    if place[0] == "tests" or place == ("wellbeing", "local", "pictures.py"):
        return "dev"
    if place in SWITCHED_ON:
        return "production"
    if place[0] == "wellbeing" and place[1] in {"bench", "drill", "fuzz"}:
        # They run where the tests run, on the embedded servers.
        return "dev"
    return "local" if place[:2] == ("wellbeing", "local") else "app"


@cache
def bringers_of_packages():
    """The distributions that bring each top package; reading every installed one takes a while."""
    return packages_distributions()


def undeclared(path, names):
    """The imports of `path` that no package in `names` brings."""
    bringers = bringers_of_packages()
    return {
        package
        for package in imported(path)
        if not {plain(each) for each in bringers.get(package, [package])} & names
        and BROUGHT_BY.get(package) not in names
    }


@pytest.mark.parametrize("name", ["app", "production", "local", "dev"])
def test_every_import_is_declared(name):
    names = declared(name)
    missing = {
        str(path.relative_to(PROJECT)): found
        for path in sources()
        if requirements_of(path) == name and (found := undeclared(path, names))
    }
    assert not missing


def test_an_undeclared_import_is_found(tmp_path):
    source = tmp_path / "module.py"
    source.write_text("import os\n\ndef late():\n    from kombu.pools import producers\n    import people.models\n")
    assert undeclared(source, {"celery"}) == {"kombu"}
    assert undeclared(source, {"kombu"}) == set()


def test_the_demo_needs_no_tool_of_the_tests():
    assert not {"pytest-django", "ruff", "hypothesis", "playwright"} & declared("local")
    assert not {"boto3", "django-storages", "sentry-sdk", "django-prometheus"} & declared("local")
    assert declared("app") < declared("local") < declared("dev")
    assert declared("app") < declared("production") < declared("dev")


@pytest.mark.parametrize("name", ["installer", "app", "production", "local", "dev", "node", "fonts"])
def test_every_package_is_pinned_with_its_hashes_and_without_an_address(name):
    text = (PROJECT / "requirements" / f"{name}.txt").read_text()
    assert "://" not in text
    pins = re.findall(r"^(\S+)(?: ; [^\\]+)? \\\n    --hash=sha256:", text, re.MULTILINE)
    assert len(pins) == len(re.findall(r"^\w", text, re.MULTILINE))
    assert all("==" in pin for pin in pins)
    assert declared(name) <= {plain(pin) for pin in pins}
