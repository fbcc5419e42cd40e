"""Tell every page of a programme with a form where to ask for words that were agreed to be avoided."""

from django.urls import reverse


def agreed_words(request):
    """Return `hints_url` on pages of a programme, for readers who have signed in."""
    programme = getattr(request, "programme", None)
    if programme is None or not request.user.is_authenticated:
        return {}
    return {"hints_url": reverse("words_hints", args=[programme.slug])}
