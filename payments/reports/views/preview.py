"""The page that compares a draft of the policy with claims of before."""

from django.shortcuts import redirect, render
from django.utils import timezone

from payments.policy.guards import draft_for
from payments.policy.views import _in_words
from payments.reports.preview import preview
from wellbeing.lib.form_pages import read_page


@read_page
def policy_preview(request, slug):
    """Show the draft in plain words, and what the claims of the last quarter would have cost under it."""
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
