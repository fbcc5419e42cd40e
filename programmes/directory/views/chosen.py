"""Do one thing with many people: write to them, add them to a group, tag them. Each page says first to whom."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.accounts.reauthentication import proved_recently
from people.consent.models import Purpose
from people.consent.queries import have_agreed
from programmes.directory import queries
from programmes.directory.actions import tags
from programmes.directory.chosen import Chosen, names_in_words
from programmes.directory.forms import GroupChoiceForm, TagChoiceForm
from programmes.groups.actions import terms
from programmes.groups.forms.terms import SeveralTermsForm
from programmes.groups.queries import overlapping_among
from programmes.programme import rules as programme_rules
from programmes.programme.guards import programme_or_404
from wellbeing.lib.dates import today
from wellbeing.lib.form_pages import attempt, form_page, is_sent


@form_page
def people_write(request, slug):
    """Go on to write to those who were chosen; say first who cannot be included."""
    programme, chosen = chosen_or_back(request, slug)
    if chosen is None:
        return _back(slug)
    without = queries.without_role_today(programme, [person.pk for person in chosen.people])
    without -= have_agreed(without, Purpose.CONTACT)
    chosen.reasons = dict.fromkeys(without, _("has no role in the programme today, and has not agreed to hear from us"))
    url = reverse("write_to", args=["programme", slug])
    if not chosen.reasons:
        # The same form goes on to the page that writes.
        return HttpResponseRedirect(url, preserve_request=True)
    return _show(
        request, programme, chosen, title=_("Write to them"), submit=_("Go on and write"), action=url, final=True
    )


@form_page
@proved_recently
def people_group(request, slug):
    """Add those who were chosen to a group: choose it, then say what kind of member they are."""
    programme, chosen = chosen_or_back(request, slug)
    if chosen is None:
        return _back(slug)
    choice = GroupChoiceForm(chosen.data_of("group"), programme=programme)
    title = _("Add to a group")
    if not is_sent(choice):
        return _show(request, programme, chosen, title=title, form=choice, submit=_("Go on"))
    group = choice.cleaned_data["group"]
    there = overlapping_among(group, [person.pk for person in chosen.people], today())
    chosen.reasons = dict.fromkeys(there, _("is on this group already, or will be"))
    form = SeveralTermsForm(chosen.data_of("confirm"))
    act = partial(terms.add_many, group=group, people=chosen.included, by=request.user)
    if attempt(form, lambda: act(**form.cleaned_data)):
        chosen.done(chosen.included)
        number = len(chosen.included)
        text = ngettext("%(n)s person is added to %(group)s.", "%(n)s people are added to %(group)s.", number)
        messages.success(request, text % {"n": number, "group": group.name})
        return redirect("group", slug, group.pk)
    return _show(
        request,
        programme,
        chosen,
        title=_("Add to %(group)s") % {"group": group.name},
        lead=_("We will tell each of them that they are on this group."),
        form=form,
        submit=_("Add them to the group"),
        fields=[("group", group.pk), ("confirm", "yes")],
    )


@form_page
def people_tag(request, slug):
    """Give those who were chosen a tag or area, or take it from them."""
    programme, chosen = chosen_or_back(request, slug)
    if chosen is None:
        return _back(slug)
    form = TagChoiceForm(chosen.data_of("tag"), programme=programme)
    if done := attempt(form, lambda: _tag(form.cleaned_data, chosen, request.user)):
        messages.success(request, done.result)
        return _back(slug)
    return _show(
        request,
        programme,
        chosen,
        title=_("Tag them"),
        form=form,
        submit=_("Save"),
        more=(reverse("programme_tags", args=[slug]), _("Add a tag or an area first")),
    )


def _tag(answers, chosen, by):
    """Do what the form says. Return in words what happened."""
    tag = answers["tag"]
    if answers["what"] == "take":
        number = tags.take(tag=tag, people=chosen.people, by=by)
        text = ngettext("“%(tag)s” is taken from %(n)s person.", "“%(tag)s” is taken from %(n)s people.", number)
        return text % {"tag": tag.name, "n": number}
    given = tags.give(tag=tag, people=chosen.people, by=by)
    number = len(given.new)
    text = ngettext("%(n)s person now has “%(tag)s”.", "%(n)s people now have “%(tag)s”.", number)
    said = text % {"tag": tag.name, "n": number}
    if given.had_it:
        said += " " + _("Had it already: %(names)s.") % {"names": names_in_words(given.had_it)}
    return said


def chosen_or_back(request, slug):
    """Return the programme and those who were chosen in its list, None where nobody was."""
    programme = programme_or_404(request, slug)
    programme_rules.can_manage_programme(request.user, programme).insist(PermissionDenied)
    chosen = Chosen(request, programme)
    if request.method != "POST" or not chosen.people:
        messages.error(request, _("Tick at least one person in the list."))
        return programme, None
    return programme, chosen


def _back(slug):
    return redirect("programme_people", slug)


def _show(request, programme, chosen, **context):
    context |= {"programme": programme, "chosen": chosen}
    return render(request, "programmes/directory/chosen.html", context)
