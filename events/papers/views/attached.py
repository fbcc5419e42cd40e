"""Pages of the papers that come with an event: reading, adding and withdrawing them, and formats made elsewhere."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from events.papers import rules
from events.papers.actions import attached
from events.papers.forms.attached import AboutPaperForm, CopyForm, MadeForm, PaperAddForm, WhyWithdrawnForm
from events.papers.guards import attached_or_404, event_with_papers_or_404
from events.papers.queries import meeting_of
from events.papers.shown import EventPapers
from programmes.programme.views.pages import show_form
from wellbeing.lib.files import private_file
from wellbeing.lib.form_pages import attempt, attempt_button, button_page, form_page, posted, read_page


@read_page
def attached_papers(request, pk):
    """List the papers that come with an event, each in the reader's own formats first."""
    event = event_with_papers_or_404(request, pk)
    context = {"programme": event.programme, "event": event, "papers": EventPapers(event, request.user)}
    return render(request, "events/papers/attached.html", context)


@form_page
def attached_new(request, pk):
    """Add a paper to an event, with its first format."""
    event = event_with_papers_or_404(request, pk)
    rules.can_add_papers(request.user, event).insist(PermissionDenied)
    form = PaperAddForm(posted(request), request.FILES or None, meeting=meeting_of(event))
    if done := attempt(form, lambda: attached.add(event=event, by=request.user, **form.cleaned_data)):
        messages.success(request, _came(form))
        return redirect("attached_paper", pk, done.result.pk)
    return show_form(
        request,
        form,
        title=_("Add a paper"),
        caption=event.title,
        lead=_("Members of the group and everybody invited can read it.")
        if event.group
        else _("Everybody invited can read it."),
        back_url=reverse("attached_papers", args=[pk]),
        submit=_("Add it"),
    )


@read_page
def attached_paper(request, pk, paper_pk):
    """Show one paper in all its formats, with older versions."""
    paper = attached_or_404(request, pk, paper_pk)
    papers = EventPapers(paper.event, request.user)
    context = {
        "programme": paper.event.programme,
        "event": paper.event,
        "paper": paper,
        "papers": papers,
        "shown": papers.shown(paper),
        "may_change": bool(rules.can_change_paper(request.user, paper)),
    }
    return render(request, "events/papers/attached_paper.html", context)


@form_page
def attached_edit(request, pk, paper_pk):
    """Change the name of a paper, what it is for and where it belongs."""
    paper = attached_or_404(request, pk, paper_pk)
    rules.can_change_paper(request.user, paper).insist(PermissionDenied)
    initial = {"title": paper.title, "purpose": paper.purpose, "item": paper.item_id}
    form = AboutPaperForm(posted(request), meeting=meeting_of(paper.event), initial=initial)
    act = partial(attached.change, paper=paper, by=request.user)
    if attempt(form, lambda: act(**form.cleaned_data), edits=paper):
        messages.success(request, _("The changes are saved."))
        return redirect("attached_paper", pk, paper_pk)
    return _form_of(request, paper, form, title=_("Change this paper"), submit=_("Save"))


@form_page
def copy_new(request, pk, paper_pk):
    """Add a paper in one more format, or a new version in one that is there."""
    paper = attached_or_404(request, pk, paper_pk)
    rules.can_change_paper(request.user, paper).insist(PermissionDenied)
    form = CopyForm(posted(request), request.FILES or None)
    act = partial(attached.add_copy, paper=paper, by=request.user)
    if attempt(form, lambda: act(**form.cleaned_data)):
        messages.success(request, _came(form))
        return redirect("attached_paper", pk, paper_pk)
    return _form_of(
        request,
        paper,
        form,
        title=_("Add a format or a new version"),
        lead=_("A new version takes the place of the one in the same format. The older one can still be read."),
        submit=_("Add it"),
    )


@read_page
def copy(request, pk, paper_pk, copy_pk):
    """Send the clean copy of a file, never the one that arrived; show words on a page.

    Withdrawn papers open for those who keep the papers, who withdrew them.
    """
    paper = attached_or_404(request, pk, paper_pk)
    row = get_object_or_404(paper.copies.all(), pk=copy_pk, status="ready")
    if (row.is_withdrawn or paper.is_withdrawn) and not rules.can_keep_papers(request.user, paper.event):
        raise PermissionDenied
    if row.words:
        context = {"programme": request.programme, "event": paper.event, "paper": paper, "copy": row}
        return render(request, "events/papers/paper_words.html", context)
    name = f"{slugify(f'{paper.title} {row.label}') or 'paper'}.{str(row.file.name).rpartition('.')[2]}"
    try:
        return private_file(row.file, name=name, content_type=row.content_type)
    except FileNotFoundError:
        raise Http404 from None


@form_page
def attached_withdraw(request, pk, paper_pk):
    """Withdraw a paper, with a reason."""
    paper = attached_or_404(request, pk, paper_pk)
    rules.can_keep_papers(request.user, paper.event).insist(PermissionDenied)
    form = WhyWithdrawnForm(posted(request))
    if attempt(form, lambda: attached.withdraw(paper=paper, by=request.user, **form.cleaned_data)):
        messages.success(request, _("The paper is withdrawn."))
        return redirect("attached_papers", pk)
    return _form_of(
        request,
        paper,
        form,
        title=_("Withdraw this paper"),
        lead=_("Nobody else can read it any longer. Those who could see its name and why it was withdrawn."),
        submit=_("Withdraw"),
        warning=True,
    )


@form_page
def copy_withdraw(request, pk, paper_pk, copy_pk):
    """Withdraw a paper in one format, with a reason."""
    paper = attached_or_404(request, pk, paper_pk)
    rules.can_keep_papers(request.user, paper.event).insist(PermissionDenied)
    row = get_object_or_404(paper.copies.all(), pk=copy_pk)
    form = WhyWithdrawnForm(posted(request))
    if attempt(form, lambda: attached.withdraw_copy(copy=row, by=request.user, **form.cleaned_data)):
        messages.success(request, _("This version is withdrawn."))
        return redirect("attached_paper", pk, paper_pk)
    return _form_of(
        request,
        paper,
        form,
        title=_("Withdraw one version: %(format)s") % {"format": row.label},
        lead=_("The other formats of the paper stay. An older version takes its place, if there is one."),
        submit=_("Withdraw"),
        warning=True,
    )


@form_page
def attached_made(request, pk, paper_pk):
    """Note that a paper was made in a format elsewhere, such as braille."""
    paper = attached_or_404(request, pk, paper_pk)
    rules.can_keep_papers(request.user, paper.event).insist(PermissionDenied)
    form = MadeForm(posted(request))
    act = partial(attached.note_made, event=paper.event, paper=paper, by=request.user)
    if attempt(form, lambda: act(**form.cleaned_data)):
        messages.success(request, _("It is noted."))
        return redirect("attached_paper", pk, paper_pk)
    return _form_of(request, paper, form, title=_("Note a format that was made"), submit=_("Note it"))


@button_page
def made_remove(request, pk, made_pk):
    """Remove a note that a format was made, which was written by mistake."""
    event = event_with_papers_or_404(request, pk)
    rules.can_keep_papers(request.user, event).insist(PermissionDenied)
    made = get_object_or_404(event.made_elsewhere.all(), pk=made_pk)
    paper_pk = made.paper_id
    if attempt_button(request, lambda: attached.remove_note(made=made, by=request.user)):
        messages.success(request, _("The note is removed."))
    return redirect("attached_paper", pk, paper_pk) if paper_pk else redirect("meeting_papers", event.meeting.pk)


def _came(form):
    """Say what became of what was sent: words can be read at once, a file once it has been checked."""
    if form.cleaned_data["words"]:
        return _("It is there. Those who may read the papers can read it now.")
    return _("We have the file. It can be read once it has been checked.")


def _form_of(request, paper, form, *, title, submit, **more):
    back_url = reverse("attached_paper", args=[paper.event_id, paper.pk])
    return show_form(request, form, title=title, caption=paper.title, back_url=back_url, submit=submit, **more)
