"""The pages on which several people get a seat on a group at once."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.accounts.reauthentication import proved_recently
from people.directory.queries import tell_apart
from people.models import Person
from people.needs.flags import need_flags
from programmes.groups import queries
from programmes.groups.actions import terms
from programmes.groups.forms.terms import CandidateFilter, SeveralTermsForm
from programmes.groups.guards import group_or_404
from programmes.programme import rules as programme_rules
from wellbeing.lib.dates import today
from wellbeing.lib.form_pages import attempt, form_page
from wellbeing.lib.tables import Column
from wellbeing.lib.ticked_lists import TickColumn, TickedListing


@form_page
@proved_recently
def terms_new(request, slug, pk):
    """Tick people of the programme, say what kind of member they are, add them to the group.

    A POST keeps the ticks, or shows who is added; with `confirm` they are.
    """
    group = group_or_404(request, slug, pk)
    programme_rules.can_manage_programme(request.user, group.programme).insist(PermissionDenied)
    listing = _candidates(request, group)
    if listing.wants_export:
        return listing.export()
    if answer := listing.answer():
        return answer
    context = {"programme": group.programme, "group": group, "listing": listing}
    if request.method != "POST":
        return render(request, "programmes/groups/several.html", context)
    chosen = tell_apart(Person.objects.filter(pk__in=listing.chosen).order_by("sort_key", "pk"))
    if not chosen:
        context["problem"] = _("Tick at least one person.")
        return render(request, "programmes/groups/several.html", context)
    form = SeveralTermsForm(request.POST if "confirm" in request.POST else None)
    if attempt(form, lambda: terms.add_many(group=group, people=chosen, by=request.user, **form.cleaned_data)):
        listing.ticks.forget(person.pk for person in chosen)
        text = ngettext("%(n)s person is added.", "%(n)s people are added.", len(chosen))
        messages.success(request, text % {"n": len(chosen)})
        return redirect("group", slug, pk)
    context.update(form=form, chosen=chosen, ids=" ".join(str(person.pk) for person in chosen))
    return render(request, "programmes/groups/several_check.html", context)


def _candidates(request, group):
    return TickedListing(
        request,
        queries.candidates(group, today()),
        columns=[
            Column("name", _("Name"), value="name_in_list", sort="sort_key"),
            Column(
                "organisation",
                _("Organisation"),
                value=lambda person: person.organisation.name if person.organisation else "",
                sort="organisation__name",
            ),
            Column("channel", _("Best way to reach"), value=lambda person: person.get_channel_display()),
            Column("flags", _("Access needs"), value=lambda person: "", tags=_flags, screen_only=True),
        ],
        boxes=TickColumn(
            key=f"members-{group.pk}",
            allowed=lambda people: people,
            label=lambda person: _("Add %(name)s") % {"name": person.name_in_list},
            action=_("Add those chosen"),
        ),
        search=["search_key", "email", "organisation__name"],
        search_label=_("Search people"),
        filters=partial(CandidateFilter, programme=group.programme),
        default_sort="sort_key",
        name=f"{group.programme.slug}-people-to-add",
        caption=_("People of the programme who are not on the group"),
        empty_title=_("Everyone of the programme is on this group"),
        empty_text=_("To add someone new to the programme, add them under People first."),
        empty_url=reverse("programme_people", args=[group.programme.slug]),
        empty_action=_("People of the programme"),
    )


def _flags(person):
    return need_flags(person.access_needs.all())
