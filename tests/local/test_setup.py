"""bin/setup: harmless to repeat, and plain about what it does not know."""

import resource
import shutil
import subprocess

from wellbeing.local.places import PROJECT


def setup(*arguments):
    return subprocess.run(["bin/setup", *arguments], check=False, cwd=PROJECT, capture_output=True, text=True)


def test_with_everything_there_it_says_nothing_and_costs_little():
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    result = setup()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    assert spent < 5, f"{spent:.1f} s of processor time"


def test_an_unknown_argument_is_refused():
    result = setup("--tests")
    assert result.returncode == 1
    assert result.stderr == "usage: bin/setup [--test]\n"


def a_clone(folder):
    """Return a folder with what builds the stylesheet, and nothing built."""
    for name in ("bin/build-css", "package.json", "package-lock.json", ".npmrc", "static/css"):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        source = PROJECT / name
        shutil.copytree(source, target) if source.is_dir() else shutil.copy2(source, target)
    return folder


def build(folder, cache, tools):
    """Run `bin/build-css --kept` in `folder`, with no more tools than those in `tools`: no Node among them."""
    command = [folder / "bin" / "build-css", "--kept"]
    environment = {"PATH": str(tools), "XDG_CACHE_HOME": str(cache)}
    return subprocess.run(command, check=False, env=environment).returncode


def test_another_clone_takes_the_stylesheet_and_fonts_that_are_kept_and_a_changed_one_does_not(tmp_path):
    """Without Node: `bin/build-css` keeps what it builds under a sum of all it is built from."""
    clone, cache, tools = a_clone(tmp_path / "clone"), tmp_path / "cache", tmp_path / "tools"
    tools.mkdir()
    for tool in ("sh", "cat", "cksum", "tr", "cp", "mkdir", "dirname"):
        (tools / tool).symlink_to(shutil.which(tool))
    assert build(clone, cache, tools) == 1, "nothing is kept yet"
    sources = (PROJECT / "build" / "static" / ".built").read_text().strip()
    kept = cache / "wellbeing" / f"css-{sources.replace(' ', '-')}"
    shutil.copytree(PROJECT / "build" / "static", kept / "static", ignore=shutil.ignore_patterns(".built"))
    shutil.copytree(PROJECT / "build" / "fonts", kept / "fonts", ignore=shutil.ignore_patterns("*.otf", ".*"))
    assert build(clone, cache, tools) == 0
    for name in ("static/css/site.css", "static/.built"):
        assert (clone / "build" / name).read_bytes() == (PROJECT / "build" / name).read_bytes()
    assert {path.name for path in (clone / "build" / "fonts").glob("*.ttf")} == {
        path.name for path in (PROJECT / "build" / "fonts").glob("*.ttf")
    }
    assert build(clone, cache, tools) == 0, "and has nothing to do the second time"
    with (clone / "static" / "css" / "site.scss").open("a") as styles:
        styles.write("\n// changed\n")
    assert build(clone, cache, tools) == 1
