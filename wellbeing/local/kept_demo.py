"""Keep the demo as it was first loaded in the user's cache, from where the next clone of the same code takes it.

Making the tables and playing the story takes most of the processor time of a first run, and comes out the same each
time. One copy is kept, of the newest code. It holds invented people alone.
"""

import contextlib
import hashlib
import os
import secrets
import shutil
from pathlib import Path

from . import postgres
from .places import PROJECT

# All that the story is made from, and the papers and pages it draws.
MADE_FROM = ("wellbeing", "people", "programmes", "events", "payments", "templates", "static", "requirements")


def cache():
    """Return the folder of the user's cache in which this project keeps things."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "wellbeing"


def place(env, project=None, folder=None):
    """Return the folder in which the demo of this code is kept, if it is.

    `env` is that of the demo: links in its mail hold its address, and its bank details are sealed with its secret key.
    """
    project = project or PROJECT
    digest = hashlib.sha256(f"{env['SITE_URL']} {env['SECRET_KEY']} {os.uname().machine}".encode())
    for part in MADE_FROM:
        for path in sorted((project / part).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(f"\0{path.relative_to(project)}\0".encode())
                digest.update(path.read_bytes())
    return (folder or cache()) / f"demo-{digest.hexdigest()[:20]}"


def secret(folder=None):
    """Return the secret key of this account's demos, made once: a kept demo can be read by the next clone.

    A cache that cannot be written to is no reason to fail: the key then is of this clone alone.
    """
    path = (folder or cache()) / "demo-secret"
    new = secrets.token_urlsafe(48)
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError):
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w") as file:
                file.write(new)
        return path.read_text() or new
    return new


def take(instance, kept):
    """Put the kept demo, if there is one, in the place of an instance that has no data. Return whether it was taken."""
    if postgres.is_made(instance) or not (kept / "data").is_dir():
        return False
    try:
        shutil.copytree(kept / "data", instance.data, dirs_exist_ok=True)
        postgres.take_copy(instance, kept / "postgres")
    except OSError:
        # Half of it is worse than none: the story is played instead.
        shutil.rmtree(postgres.folder(instance), ignore_errors=True)
        shutil.rmtree(instance.data, ignore_errors=True)
        instance.prepare()
        return False
    return True


def keep(instance, kept):
    """Keep the data of `instance`, whose PostgreSQL runs and whose programs do not. Copies of other code go.

    Does nothing when it is kept already or the cache cannot be written to.
    """
    if kept.exists():
        return
    # Made beside its place and moved there, so that half of it is never taken for all.
    new = kept.with_name(f"{kept.name}.{os.getpid()}")
    with contextlib.suppress(OSError):
        new.mkdir(mode=0o700, parents=True)
        if postgres.copy(instance, new / "postgres"):
            shutil.copytree(instance.data, new / "data")
            for old in kept.parent.glob("demo-*"):
                # Not the one that another clone is making.
                if old.is_dir() and "." not in old.name:
                    shutil.rmtree(old)
            new.rename(kept)
    shutil.rmtree(new, ignore_errors=True)
