"""The tags and areas of a programme, and those of one person."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programmes.directory import queries, rules
from programmes.directory.actions import tags
from programmes.directory.forms import NewTagForm, PersonTagsForm, TagNameForm
from programmes.directory.guards import person_of_programme, tag_or_404
from programmes.directory.models import Tag
from programmes.programme.guards import programme_or_404
from programmes.programme.views.pages import show_form
from wellbeing.lib.form_pages import attempt, attempt_button, button_page, form_page, posted


@form_page
def programme_tags(request, slug):
    """Show the areas and tags of a programme, and add one."""
    programme = programme_or_404(request, slug)
    rules.can_tag(request.user, programme).insist(PermissionDenied)
    form = NewTagForm(posted(request))
    if done := attempt(form, lambda: tags.make(programme=programme, by=request.user, **form.cleaned_data)):
        messages.success(request, _("“%(name)s” is there. You can give it to people now.") % {"name": done.result.name})
        return redirect("programme_tags", slug)
    kinds = [
        (_("Areas"), "area", list(queries.tags_of(programme, Tag.Kind.AREA))),
        (_("Tags"), "tag", list(queries.tags_of(programme, Tag.Kind.TAG))),
    ]
    return render(request, "programmes/directory/tags.html", {"programme": programme, "form": form, "kinds": kinds})


@form_page
def tag_rename(request, slug, pk):
    """Give a tag or area another name."""
    tag = tag_or_404(request, slug, pk)
    form = TagNameForm(posted(request), initial={"name": tag.name})
    act = partial(tags.rename, tag=tag, by=request.user)
    if attempt(form, lambda: act(name=form.cleaned_data["name"]), edits=tag):
        messages.success(request, _("The name is saved."))
        return redirect("programme_tags", slug)
    return show_form(
        request,
        form,
        title=_("Change the name"),
        caption=tag.name,
        lead=_("Everybody who has it gets the new name."),
        back_url=reverse("programme_tags", args=[slug]),
        submit=_("Save the name"),
    )


@button_page
def tag_end(request, slug, pk):
    """End a tag or area, for everybody who has it."""
    tag = tag_or_404(request, slug, pk)
    if done := attempt_button(request, lambda: tags.end(tag=tag, by=request.user)):
        text = ngettext(
            "“%(name)s” has ended. It is taken from %(n)s person.",
            "“%(name)s” has ended. It is taken from %(n)s people.",
            done.result,
        )
        messages.success(request, text % {"name": tag.name, "n": done.result})
    return redirect("programme_tags", slug)


@form_page
def person_tags(request, slug, person_pk):
    """Choose the area and the tags of one person."""
    programme, person = person_of_programme(request, slug, person_pk)
    given = list(queries.tags_given(person, [programme.pk]))
    area = next((row.tag for row in given if row.tag.kind == Tag.Kind.AREA), None)
    now = [row.tag for row in given if row.tag.kind == Tag.Kind.TAG]
    form = PersonTagsForm(posted(request), programme=programme, initial={"area": area, "tags": now})
    if not form.fields:
        messages.info(request, _("There are no tags or areas yet. Add the first one here."))
        return redirect("programme_tags", slug)
    if attempt(form, lambda: _set(form.cleaned_data, person, area, now, request.user)):
        messages.success(request, _("The tags of %(name)s are saved.") % {"name": person.full_name})
        return redirect("person", person.pk)
    return show_form(
        request,
        form,
        title=_("Area and tags of %(name)s") % {"name": person.full_name},
        caption=programme.name,
        back_url=reverse("person", args=[person.pk]),
        submit=_("Save"),
    )


def _set(answers, person, area, now, by):
    """Give and take what differs between `answers` and what `person` has: `area` and the tags `now`."""
    wanted = answers.get("area")
    tags_wanted = list(answers.get("tags", ()))
    with transaction.atomic():
        if wanted is not None and wanted != area:
            tags.give(tag=wanted, people=[person], by=by)
        if wanted is None and area is not None and "area" in answers:
            tags.take(tag=area, people=[person], by=by)
        for tag in tags_wanted:
            if tag not in now:
                tags.give(tag=tag, people=[person], by=by)
        for tag in now:
            if tag not in tags_wanted and "tags" in answers:
                tags.take(tag=tag, people=[person], by=by)
