"""Known vulnerabilities of packages: told with where they are put right, and never said to be none unseen."""

import json
import os
import subprocess
import sys

from wellbeing.local import audit
from wellbeing.local.places import PROJECT


def test_what_is_known_is_told_with_the_version_that_puts_it_right():
    packages = [
        {"name": "safe", "version": "1.0", "vulns": []},
        {"name": "old", "version": "1.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["1.1"]}]},
        {"name": "older", "version": "1.0", "vulns": [{"id": "PYSEC-2", "fix_versions": []}]},
        {"name": "ours", "skip_reason": "not found"},
    ]
    found = audit.of_python("app", json.dumps({"dependencies": packages}))
    assert audit.in_words(found) == [
        "app: 3 looked up, 2 known vulnerabilities",
        "  old 1.0: PYSEC-1, put right in 1.1",
        "  older 1.0: PYSEC-2, put right in no version yet",
        "  NOT LOOKED UP: ours",
    ]
    assert audit.status([found]) == audit.SOME_KNOWN
    report = {"metadata": {"dependencies": {"total": 14}}, "vulnerabilities": {"sass": {"severity": "high"}}}
    assert audit.in_words(audit.of_node("node", json.dumps(report)))[1] == "  sass: high"
    none = audit.of_node("node", json.dumps({**report, "vulnerabilities": {}}))
    assert audit.status([none]) == audit.NONE_KNOWN


def test_without_the_database_it_says_so_and_is_no_success():
    nowhere = {"HTTPS_PROXY": "http://127.0.0.1:1", "HTTP_PROXY": "http://127.0.0.1:1", "NO_PROXY": "", "no_proxy": ""}
    lower = {name.lower(): value for name, value in nowhere.items()}
    fast = {"npm_config_fetch_retries": "0"}
    done = subprocess.run(
        [sys.executable, "-m", "wellbeing.local.audit"],
        check=False,
        cwd=PROJECT,
        env={**os.environ, **nowhere, **lower, **fast},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == audit.NOT_LOOKED_UP, done.stdout + done.stderr
    assert "requirements/dev.txt: 0 looked up" in done.stdout
    assert done.stdout.count("NOT LOOKED UP: the database could not be reached") == len(audit.REQUIREMENTS) + 1
