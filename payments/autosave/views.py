"""Keeping what people type while they fill in a form, so that a dead phone or a wrong turn loses nothing."""

from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.urls import Resolver404, resolve

from payments.autosave import drafts
from payments.autosave.models import FormDraft
from wellbeing.forms import kept as kept_forms
from wellbeing.lib.form_pages import button_page

# The pages whose forms are kept, by the name of their address.
KEPT_PAGES = {
    "claim",
    "claim_check",
    "claim_decline",
    "claim_enter",
    "claim_expense_cost",
    "claim_line_edit",
    "claim_new_what",
    "claim_note",
    "claim_return",
}


def kept(request, form, page=None):
    """Fill `form` with the answers the reader typed on this page before and did not save, unless they just sent it.

    Returns a part of the page's context: `autosave_page`, and `kept` (the FormDraft, or None).
    """
    page = page or request.path
    draft = None if form.is_bound else drafts.find(request.user, page)
    if draft:
        kept_forms.fill_in(form, draft.fields)
    return {"autosave_page": page, "kept": draft}


def forget(request, page=None):
    """Throw away the unsaved answers of this page, as its form is saved now."""
    drafts.discard(request.user, page or request.path)


@button_page
def form_draft(request):
    """Keep what was typed, as a script sends it every few seconds; 204 when it is kept."""
    page = _page_of(request)
    if page is None:
        return HttpResponseBadRequest()
    try:
        drafts.save(user=request.user, page=page, data=request.POST)
    except kept_forms.TooLongError:
        return HttpResponse(status=413)
    return HttpResponse(status=204)


@button_page
def form_draft_discard(request):
    """Throw away what was kept, and back to an empty form."""
    page = _page_of(request)
    if page is None:
        return HttpResponseBadRequest()
    drafts.discard(request.user, page)
    return redirect(page)


def _page_of(request):
    """Return the page the request names, or None if its form is not one that is kept."""
    page = request.POST.get("page", "")
    longest = FormDraft._meta.get_field("page").max_length
    if "\0" in page or (longest is not None and len(page) > longest):
        return None
    try:
        return page if resolve(page).url_name in KEPT_PAGES else None
    except Resolver404:
        return None
