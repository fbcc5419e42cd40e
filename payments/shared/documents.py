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
    context = {"service_name": settings.SERVICE_NAME, **context}
    html = render_to_string(f"payments/documents/{name}.html", context)
    return pdf.render(html, css=render_to_string(str(STYLE)), **limits)
