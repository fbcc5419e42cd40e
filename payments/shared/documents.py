"""PDFs of the payments app, drawn from templates in one style."""

from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string

from wellbeing.lib import pdf

STYLE = Path("payments") / "documents" / "style.css"


def render_document(name, context, **limits):
    """The document called `name` in templates/payments/documents as the bytes of a tagged PDF, in our one style.

    `limits` are those of `pdf.render`, which raises pdf.TooMuchError.
    """
    context = {"service_name": settings.SERVICE_NAME, **context}
    html = render_to_string(f"payments/documents/{name}.html", context)
    return pdf.render(html, css=render_to_string(str(STYLE)), **limits)
