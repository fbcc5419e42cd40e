"""Send a file that only its readers may have."""

from django.http import Http404

from wellbeing.lib.files import private_file


def sent(file, name, content_type):
    """Return the response that sends a private file. Raises Http404 when it is gone."""
    try:
        return private_file(file, name=name, content_type=content_type)
    except FileNotFoundError:
        raise Http404 from None
