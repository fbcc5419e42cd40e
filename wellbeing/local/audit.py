"""`python -m wellbeing.local.audit`: look up known vulnerabilities of the pinned packages, run by bin/audit.

Python's are looked up by pip-audit (PyPI's advisories), Node's by npm. A package that was not looked up is never
counted as safe.
"""

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass, field

from .places import PROJECT

# dev.txt has everything of app.txt, local.txt and production.txt.
REQUIREMENTS = ("dev", "installer", "fonts", "node")
NONE_KNOWN, SOME_KNOWN, NOT_LOOKED_UP = 0, 1, 2


@dataclass
class Found:
    """The outcome for one list of packages: how many were looked up, and sentences about the others."""

    title: str
    looked_up: int = 0
    vulnerable: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def of_python(title, text):
    """Read what pip-audit printed as JSON. Return the Found."""
    found = Found(title)
    try:
        packages = json.loads(text)["dependencies"]
    except (ValueError, KeyError):
        found.unknown.append("the database could not be reached")
        return found
    for package in packages:
        if "skip_reason" in package:
            found.unknown.append(package["name"])
            continue
        found.looked_up += 1
        found.vulnerable += [
            f"{package['name']} {package['version']}: {known['id']}, put right in {_versions(known)}"
            for known in package["vulns"]
        ]
    return found


def _versions(known):
    return " or ".join(known["fix_versions"]) or "no version yet"


def of_node(title, text):
    """Read what `npm audit` printed as JSON. Return the Found."""
    found = Found(title)
    try:
        report = json.loads(text)
        found.looked_up = report["metadata"]["dependencies"]["total"]
    except (ValueError, KeyError, TypeError):
        found.unknown.append("the database could not be reached")
        return found
    found.vulnerable = [f"{name}: {known['severity']}" for name, known in report["vulnerabilities"].items()]
    return found


def in_words(found):
    """Return lines that say what was found, one for each thing to know."""
    lines = [f"{found.title}: {found.looked_up} looked up, {len(found.vulnerable)} known vulnerabilities"]
    lines += [f"  {line}" for line in found.vulnerable]
    if found.unknown:
        lines.append(f"  NOT LOOKED UP: {', '.join(found.unknown)}")
    return lines


def status(everything):
    """Return the exit status."""
    if any(found.vulnerable for found in everything):
        return SOME_KNOWN
    return NOT_LOOKED_UP if any(found.unknown for found in everything) else NONE_KNOWN


def _printed_by(command):
    return subprocess.run(command, check=False, cwd=PROJECT, capture_output=True, text=True).stdout


def main():
    """Look everything up, print it, and return the exit status."""
    audit = [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", "--progress-spinner=off"]
    everything = [
        of_python(f"requirements/{name}.txt", _printed_by([*audit, "--format=json", "-r", f"requirements/{name}.txt"]))
        for name in REQUIREMENTS
    ]
    npm = shutil.which("npm")
    everything.append(of_node("package-lock.json", _printed_by([npm, "audit", "--json"]) if npm else ""))
    for found in everything:
        print("\n".join(in_words(found)), flush=True)
    return status(everything)


if __name__ == "__main__":
    sys.exit(main())
