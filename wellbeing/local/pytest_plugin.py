"""Names, just above pytest's last line, the checks that failed: green dots must not hide them."""

import os

from .testing import FAILED_CHECKS


def pytest_terminal_summary(terminalreporter):
    failed = os.environ.get(FAILED_CHECKS)
    if failed:
        terminalreporter.section("checks that failed before the tests (see above)", red=True)
        terminalreporter.line(failed)
