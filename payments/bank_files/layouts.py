"""Refuse a bank layout that no bank takes."""

import re

from django.utils.translation import gettext as _

from payments.bank_files import columns
from wellbeing.lib.errors import ActionError

# The texts and headings allowed in a bank file: nothing that a CSV or a spreadsheet reads as something else.
PLAIN_TEXT = re.compile(r"[A-Za-z0-9][A-Za-z0-9 .&/-]*")


class FileSettingsError(ActionError):
    """A rule refused something about a programme's files."""


def check_layout(layout):
    """Refuse a bank layout that could pay nobody, or has a text no bank takes. Raises FileSettingsError."""
    contents = [column.content for column in layout.columns]
    labels = dict(columns.CONTENTS)
    lacking = [str(labels[needed]) for needed in columns.NEEDED if needed not in contents]
    if lacking:
        raise FileSettingsError(_("The bank needs these columns too: %(names)s.") % {"names": ", ".join(lacking)})
    for index, column in enumerate(layout.columns):
        if column.content == columns.FIXED and not PLAIN_TEXT.fullmatch(column.text):
            raise FileSettingsError(_("Write the text with letters A to Z and numbers."), field=f"column{index}-text")
        if column.heading and not PLAIN_TEXT.fullmatch(column.heading):
            raise FileSettingsError(
                _("Write the heading with letters A to Z and numbers."), field=f"column{index}-heading"
            )
