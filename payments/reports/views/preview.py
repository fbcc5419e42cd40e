"""The page that compares a draft of the policy with claims of before."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from payments.policy.guards import draft_for
from payments.policy.views import _in_words
from payments.reports.preview import preview


@require_safe
@login_required
def policy_preview(request, slug):
    """The draft in plain words, and what the claims of the last quarter would have cost under it."""
    programme, draft = draft_for(request, slug)
    if draft is None:
        return redirect("policy", slug=programme.slug)
    context = {
        "programme": programme,
        "draft": draft,
        "words": _in_words(draft),
        "preview": preview(draft, on=timezone.localdate()),
    }
    return render(request, "payments/reports/preview.html", context)
