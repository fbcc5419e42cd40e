"""Refuse a bank layout that no bank takes."""

import re

from django.utils.translation import gettext as _

from payments.bank_files import columns
from wellbeing.lib.errors import ActionError

# What may stand in a line of a bank file for good, or above it: nothing a CSV or a spreadsheet takes for something.
PLAIN_TEXT = re.compile(r"[A-Za-z0-9][A-Za-z0-9 .&/-]*")


class FileSettingsError(ActionError):
    """A rule refused something about a programme's files."""


def check_layout(layout):
    """Refuse a bank layout that could pay nobody, or has a text no bank takes. Raises FileSettingsError."""
    held = [column.content for column in layout.columns]
    labels = dict(columns.CONTENTS)
    lacking = [str(labels[needed]) for needed in columns.NEEDED if needed not in held]
    if lacking:
        raise FileSettingsError(_("The bank needs these columns too: %(names)s.") % {"names": ", ".join(lacking)})
    for place, column in enumerate(layout.columns):
        if column.content == columns.FIXED and not PLAIN_TEXT.fullmatch(column.text):
            raise FileSettingsError(_("Write the text with letters A to Z and numbers."), field=f"column{place}-text")
        if column.heading and not PLAIN_TEXT.fullmatch(column.heading):
            raise FileSettingsError(
                _("Write the heading with letters A to Z and numbers."), field=f"column{place}-heading"
            )
