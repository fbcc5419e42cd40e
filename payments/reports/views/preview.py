"""The page that compares a draft of the policy with claims of before."""

from django.shortcuts import redirect, render
from django.utils import timezone

from payments.policy import wording as policy_wording
from payments.policy.comparison import compare
from payments.policy.guards import draft_for
from payments.publishing import queries as publishing_queries
from payments.reports.preview import preview
from wellbeing.lib.form_pages import read_page


@read_page
def policy_preview(request, slug):
    """Show the draft beside the version before it, in plain words, and what claims would have cost under it."""
    programme, draft = draft_for(request, slug)
    if draft is None:
        return redirect("policy", slug=programme.slug)
    before = publishing_queries.version_before(draft)
    context = {
        "before": before,
        "lines": compare(before, draft, max(timezone.localdate(), draft.effective_from)),
        "publication": publishing_queries.publication_of(draft),
        "programme": programme,
        "draft": draft,
        "words": policy_wording.in_words(draft),
        "preview": preview(draft, on=timezone.localdate()),
    }
    return render(request, "payments/reports/preview.html", context)
