"""Files of a run in words."""

from django.utils.translation import gettext as _

from payments.bank_files.models.downloads import RunFileDownload


def nothing_in(kind):
    """Say why there is no file of this kind."""
    if kind in RunFileDownload.PAYING:
        return _("Nobody in this run is paid by bank file.")
    return _("There is nothing in this run for this file.")
