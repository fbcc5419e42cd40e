"""PDFs of the payments app, drawn from templates in one style."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from wellbeing.lib import pdf

STYLE = Path("payments") / "documents" / "style.css"


def render_document(name: str, context: dict[str, Any], **limits: Any) -> bytes:
    """Draw the document called `name` in templates/payments/documents as a tagged PDF, in our one style.

    `limits` are those of `pdf.render`. Raises pdf.TooMuchError.
    """
    return draw(document_html(name, context), **limits)


def document_html(name: str, context: dict[str, Any]) -> str:
    """Return the HTML of the document called `name`, for `draw`."""
    return render_to_string(f"payments/documents/{name}.html", {"service_name": settings.SERVICE_NAME, **context})


def draw(html: str, **limits: Any) -> bytes:
    """Draw the HTML of a document as a tagged PDF, in our one style. Raises pdf.TooMuchError."""
    return pdf.render(html, css=render_to_string(str(STYLE)), **limits)
