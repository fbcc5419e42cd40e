"""Write a note about a person, change it, take it away."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from programmes.directory import rules
from programmes.directory.actions import notes
from programmes.directory.forms import NoteForm
from programmes.directory.guards import note_or_404, person_of_programme
from programmes.programme.views.pages import show_form
from wellbeing.lib.form_pages import attempt, attempt_button, button_page, form_page, posted


@form_page
def person_note_new(request, slug, person_pk):
    """Write a note about somebody."""
    programme, person = person_of_programme(request, slug, person_pk)
    rules.can_write_note(request.user, programme, person).insist(PermissionDenied)
    form = NoteForm(posted(request), programme=programme, writer=request.user.person)
    act = partial(notes.write, programme=programme, person=person, by=request.user)
    if attempt(form, lambda: act(**form.cleaned_data)):
        messages.success(request, _("The note is saved."))
        return _to_notes(person.pk)
    return _show(request, form, person, _("Write a note about %(name)s") % {"name": person.full_name})


@form_page
def person_note_edit(request, pk):
    """Change a note, or who may read it."""
    note = note_or_404(request, pk)
    rules.can_change_note(request.user, note).insist(PermissionDenied)
    named = [row.person for row in note.named.select_related("person")]
    form = NoteForm(
        posted(request),
        programme=note.programme,
        writer=note.written_by,
        initial={"words": note.words, "readers": note.readers, "named": named},
    )
    act = partial(notes.change, note=note, by=request.user)
    if attempt(form, lambda: act(**form.cleaned_data), edits=note):
        messages.success(request, _("The note is saved. Its history keeps what it said before."))
        return _to_notes(note.person_id)
    return _show(request, form, note.person, _("Change this note about %(name)s") % {"name": note.person.full_name})


@button_page
def person_note_remove(request, pk):
    """Take a note away."""
    note = note_or_404(request, pk)
    rules.can_change_note(request.user, note).insist(PermissionDenied)
    if attempt_button(request, lambda: notes.take_away(note=note, by=request.user)):
        messages.success(request, _("The note is taken away. Nobody sees it here any more."))
    return _to_notes(note.person_id)


def _to_notes(person_pk):
    return redirect(reverse("person", args=[person_pk]) + "#notes")


def _show(request, form, person, title):
    return show_form(
        request,
        form,
        title=title,
        caption=request.programme.name,
        back_url=reverse("person", args=[person.pk]),
        submit=_("Save the note"),
    )
