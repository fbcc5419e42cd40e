"""Sentences about the lines of a claim."""

from django.utils.translation import gettext as _


def why_no_receipt(line):
    """Say why an expense has no receipt, with the person's own words: "Lost: it was in my coat."; "" if it has one."""
    if not line.no_receipt_reason:
        return ""
    reason = str(line.get_no_receipt_reason_display())
    if line.no_receipt_words:
        return _("%(reason)s: %(words)s") % {"reason": reason, "words": line.no_receipt_words}
    return _("%(reason)s.") % {"reason": reason}
