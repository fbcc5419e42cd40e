"""Keep the bytecode of the installed packages in the user's cache, from where `bin/setup` gives it to other clones.

Compiling what the demo imports of its packages takes three seconds of processor time; copying it takes none.
"""

import contextlib
import os
import shutil
import sys
import sysconfig
from pathlib import Path

# Written by bin/setup when it has installed packages: the folder in which to keep their bytecode.
NOTE = Path(sys.prefix) / ".bytecode"


def keep(note=NOTE, packages=None):
    """Keep the bytecode beneath `packages`, those of this Python, in the folder that `note` names.

    Does nothing without a note, and when it is kept already. Bytecode of other versions goes. A cache that cannot be
    written to is no reason to fail.
    """
    packages = packages or Path(sysconfig.get_path("purelib"))
    if not note.exists() or (kept := Path(note.read_text().strip())).exists():
        return
    # Made beside its place and moved there, so that half of it is never taken for all.
    new = kept.with_name(f"{kept.name}.{os.getpid()}")
    with contextlib.suppress(OSError):
        for folder in packages.rglob("__pycache__"):
            shutil.copytree(folder, new / folder.relative_to(packages))
        for old in kept.parent.glob("bytecode-*"):
            if old != new:
                shutil.rmtree(old)
        new.rename(kept)
    shutil.rmtree(new, ignore_errors=True)
