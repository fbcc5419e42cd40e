"""Pages for a person's own data: "What we hold about you", the copy, asking to be removed, complaining."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from people.accounts.reauthentication import proved_recently
from people.privacy import documents, erasing, forms, looking, rules
from people.privacy.actions import complaints, requests
from people.privacy.models import CopyFile, Erasure, Look, PrivacyRequest, PrivacyRule
from people.privacy.page import WhatWeHold
from wellbeing.lib.files import made_pdf, private_file
from wellbeing.lib.form_pages import attempt, attempt_button, button_page, form_page, posted, read_page

TYPES = {"json": "application/json", "pdf": "application/pdf", "zip": "application/zip"}


@read_page
def what_we_hold(request):
    """Show the reader what we hold about them, for how long, who looked, and what they can ask for."""
    page = WhatWeHold(request.user.person)
    refresh = page.job.refresh_seconds if page.job else None
    return render(request, "people/privacy/what_we_hold.html", {"page": page, "refresh_seconds": refresh})


@button_page
def copy_ask(request):
    """Ask for a copy of everything: a worker makes it."""
    person = request.user.person
    if attempt_button(request, lambda: requests.ask(person=person, kind="copy", by=request.user)):
        messages.success(request, _("We are making your copy. It takes about a minute."))
    return redirect("what_we_hold")


@read_page
@proved_recently
def copy_file(request, pk, kind):
    """Send one file of a copy to its person, or to who hands it to somebody that asked by phone."""
    rows = CopyFile.objects.select_related("request__person__user").exclude(made_at=None)
    row = get_object_or_404(rows, request=pk, format=kind)
    person = row.request.person
    if person.user_id != request.user.pk:
        if not (row.request.asked_by_id and request.user.is_administrator):
            raise Http404
        looking.note_look(request.user, person, Look.Kind.COPY)
    name = documents.name_of_copy(kind)
    return private_file(row.file, name=name, content_type=TYPES[kind], inline=False)


@form_page
@proved_recently
def erasure_ask(request):
    """Say what would go and what would stay, and ask to be removed."""
    person = request.user.person
    form = forms.AskErasureForm(posted(request))

    def act():
        return requests.ask(person=person, kind="erasure", by=request.user, words=form.cleaned_data["words"])

    if attempt(form, act):
        messages.success(request, _("You asked to be removed. We will make sure that it is you, and then do it."))
        return redirect("what_we_hold")
    to_settle = erasing.what_to_settle(person)
    accounts = rules.time_for(PrivacyRule.Kind.ACCOUNTS).length
    context = {"form": form, "to_settle": to_settle, "accounts": accounts}
    return render(request, "people/privacy/erasure_ask.html", context)


@button_page
def request_take_back(request, pk):
    """Take back what one asked for."""
    row = get_object_or_404(PrivacyRequest, pk=pk, person__user=request.user)
    if attempt_button(request, lambda: requests.take_back(request=row, by=request.user)):
        messages.success(request, _("You have taken it back."))
    return redirect("what_we_hold")


@form_page
def complain(request):
    """Complain about how one's data is used."""
    form = forms.ComplainForm(posted(request))
    act = partial(complaints.complain, person=request.user.person, by=request.user)
    if attempt(form, lambda: act(words=form.cleaned_data["words"])):
        messages.success(request, _("We have your complaint. This page shows what becomes of it."))
        return redirect(f"{reverse('what_we_hold')}#complaints")
    context = {"form": form, "page": WhatWeHold(request.user.person)}
    return render(request, "people/privacy/complain.html", context)


@read_page
def certificate(request, pk):
    """Show the certificate of an erasure to administrators, who may print it for the person."""
    if not request.user.is_administrator:
        raise Http404
    erasure = get_object_or_404(Erasure, pk=pk)
    return made_pdf(documents.certificate(erasure), f"{erasure.reference}.pdf")
