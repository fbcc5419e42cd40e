"""The bytecode of the packages is kept once, and another clone's Python takes it for its own."""

import os
import subprocess
import sys

from wellbeing.local import bytecode


def a_clone(folder, kept):
    """Return the packages of a clone in which nothing is compiled, and the note that says where bytecode is kept."""
    packages = folder / "packages"
    (packages / "invented").mkdir(parents=True)
    module = packages / "invented" / "__init__.py"
    module.write_text("")
    # Every clone has the very file of uv's cache.
    os.utime(module, (1_700_000_000, 1_700_000_000))
    note = folder / ".bytecode"
    note.write_text(f"{kept}\n")
    return packages, note


def import_it(packages):
    """Import the package in a Python of its own. Return its words about the bytecode it made."""
    environment = {"PYTHONPATH": str(packages)}
    result = subprocess.run(
        [sys.executable, "-v", "-c", "import invented"], check=True, capture_output=True, text=True, env=environment
    )
    return [line for line in result.stderr.splitlines() if "# created" in line and "invented" in line]


def test_what_one_clone_compiled_another_need_not(tmp_path):
    kept = tmp_path / "cache" / "bytecode-1"
    first, note = a_clone(tmp_path / "first", kept)
    assert import_it(first), "the first clone compiles"
    bytecode.keep(note, first)
    second, _note = a_clone(tmp_path / "second", kept)
    # As bin/setup does.
    subprocess.run(["cp", "-R", f"{kept}/.", second], check=True)
    assert import_it(second) == []
    assert list((second / "invented" / "__pycache__").iterdir())


def test_bytecode_of_other_versions_goes_and_half_of_it_is_never_left(tmp_path):
    old, kept = tmp_path / "cache" / "bytecode-1", tmp_path / "cache" / "bytecode-2"
    old.mkdir(parents=True)
    packages, note = a_clone(tmp_path / "clone", kept)
    import_it(packages)
    bytecode.keep(note, packages)
    assert [path.name for path in kept.parent.iterdir()] == ["bytecode-2"]
    (compiled,) = kept.rglob("*.pyc")
    compiled.write_bytes(b"")
    bytecode.keep(note, packages)
    assert compiled.read_bytes() == b"", "it is kept once"


def test_without_a_note_or_a_cache_to_write_to_nothing_is_kept(tmp_path):
    packages, note = a_clone(tmp_path / "clone", tmp_path / "a file" / "bytecode-1")
    import_it(packages)
    (tmp_path / "a file").write_text("no folder")
    bytecode.keep(note, packages)
    note.unlink()
    bytecode.keep(note, packages)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a file", "clone"]
