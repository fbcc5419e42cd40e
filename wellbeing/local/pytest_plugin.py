"""Name, just above pytest's last line, the checks that failed: green dots must not hide them."""

import os

from .testing import FAILED_CHECKS

# Tests that run side by side share one Redis: each process keeps to its own keys, as it keeps to its own database.
# Set while plugins load, which is before Django reads its settings.
os.environ["REDIS_PREFIX"] = f"test-{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"


def pytest_terminal_summary(terminalreporter):
    failed = os.environ.get(FAILED_CHECKS)
    if failed:
        terminalreporter.section("checks that failed before the tests (see above)", red=True)
        terminalreporter.line(failed)
