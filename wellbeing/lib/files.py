"""Send private files. The view has already checked that this reader may have the file."""

from urllib.parse import quote

from django.conf import settings
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header


def made_pdf(content: bytes, name: str) -> HttpResponse:
    """Return a response that shows the PDF `content`, made for this reader, under the file `name`. Never cached."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(False, name) or "inline"
    response["Cache-Control"] = "private, no-store"
    return response


def private_file(file: FieldFile, *, name: str, content_type: str, inline: bool = True) -> HttpResponseBase:
    """Return a response with `file`, of the private storage, under the reader's own file `name`.

    Never cached, never sniffed, and shut into a sandbox, since people upload these files. Where
    PRIVATE_FILES_ACCEL_PREFIX is set, the web server in front sends the bytes (X-Accel-Redirect). Raises
    FileNotFoundError when the file is not on the disk.
    """
    disposition = content_disposition_header(not inline, name) or "inline"
    response: HttpResponseBase
    if settings.PRIVATE_FILES_ACCEL_PREFIX:
        response = HttpResponse(content_type=content_type)
        response["X-Accel-Redirect"] = f"{settings.PRIVATE_FILES_ACCEL_PREFIX.rstrip('/')}/{quote(str(file.name))}"
    else:
        response = FileResponse(file.open("rb"), content_type=content_type)
    response["Content-Disposition"] = disposition
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    # A browser's own PDF viewer does not run inside a sandbox; a PDF we made or cleaned carries no script.
    if content_type != "application/pdf":
        response["Content-Security-Policy"] = "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'"
    return response
