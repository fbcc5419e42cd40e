"""Keep the unsaved answers of a form for the user who typed them, page by page, and throw them away later."""

import datetime as dt

from django.conf import settings
from django.utils import timezone

from payments.autosave.models import FormDraft
from wellbeing.forms import kept


def save(*, user, page, data):
    """Keep the fields of the form on `page` (an address without its query) as `user` typed them: `data` is a QueryDict.

    The oldest of their forms make room. Raises TooLongError for more than FORM_DRAFT_MAX_LENGTH characters.
    """
    FormDraft.objects.update_or_create(
        user=user, page=page, defaults={"fields": kept.typed(data), "saved_at": timezone.now()}
    )
    newest = FormDraft.objects.filter(user=user).order_by("-saved_at", "-pk").values("pk")[: settings.FORM_DRAFTS_EACH]
    FormDraft.objects.filter(user=user).exclude(pk__in=list(newest.values_list("pk", flat=True))).delete()


def find(user, page):
    """Return the FormDraft of `user` on `page`, or None."""
    return FormDraft.objects.filter(user=user, page=page).first()


def discard(user, page):
    """Throw away what `user` typed on `page`: it was saved, or they want to start afresh."""
    FormDraft.objects.filter(user=user, page=page).delete()


def purge(now):
    """Throw away what was typed more than FORM_DRAFT_DAYS before `now`. Returns how many forms."""
    return FormDraft.objects.filter(saved_at__lt=now - dt.timedelta(days=settings.FORM_DRAFT_DAYS)).delete()[0]
