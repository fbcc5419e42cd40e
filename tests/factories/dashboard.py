"""Makers of rows for tests of the dashboard."""

import hashlib

from django.core.files.base import ContentFile
from django.utils import timezone

from programmes.models import BoardPaper


def a_board_paper(programme, person, **fields):
    """A board paper that was made."""
    pdf = b"%PDF-1.4"
    return BoardPaper.objects.create(
        programme=programme,
        asked_by=person,
        file=ContentFile(pdf, name="board.pdf"),
        sha256=hashlib.sha256(pdf).hexdigest(),
        size=len(pdf),
        made_at=timezone.now(),
        **fields,
    )
