"""Pages of the venue book."""

from functools import partial

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.venues import actions, queries, rules
from events.venues.forms import VenueForm
from events.venues.guards import kept_venue, programme_of_book
from wellbeing.lib.dates import short_date
from wellbeing.lib.form_pages import attempt, attempt_button, button_page, form_page, is_refused, posted, read_page
from wellbeing.lib.spreadsheets import DATE
from wellbeing.lib.tables import Column, Listing


@read_page
def venue_list(request, slug):
    """List the venues of a programme, with what is known of their access and when it was checked."""
    programme = programme_of_book(request, slug)
    months = queries.months_in_force()
    listing = Listing(
        request,
        queries.book_of(programme),
        columns=[
            Column("name", _("Venue"), sort="name", link=lambda venue: venue.get_absolute_url(), detail=_where),
            Column("access", _("Access"), value=_access),
            Column(
                "checked",
                _("Checked"),
                value=_checked,
                sort="checked_on",
                tag=partial(_check_tag, months),
                screen_only=True,
            ),
            Column("checked_on", _("Checked on"), kind=DATE, export_only=True),
            Column("archived", _("In the book"), value=lambda venue: _("Archived") if venue.archived_at else _("Yes")),
        ],
        search=["name", "address"],
        search_label=_("Search venues"),
        default_sort="name",
        name="venues",
        caption=_("Venues of %(programme)s") % {"programme": programme},
        empty_title=_("No venues yet"),
        empty_text=_("Add the places where you meet, with what people need to know before they come."),
    )
    if listing.wants_export:
        return listing.export()
    return render(request, "events/venues/list.html", {"programme": programme, "listing": listing})


@read_page
def venue_detail(request, pk):
    """Show staff a venue, what is known of its access, and when it was checked."""
    venue = kept_venue(request, pk)
    context = {
        "venue": venue,
        "programme": venue.programme,
        "venue_facts": queries.facts_of(venue),
        "check_due": queries.check_is_due(venue, queries.months_in_force()),
        "may_change": bool(rules.can_change(request.user, venue)),
    }
    return render(request, "events/venues/venue.html", context)


@form_page
def venue_new(request, slug):
    """Add a venue to the book."""
    programme = programme_of_book(request, slug)
    form = VenueForm(posted(request))
    if done := attempt(form, lambda: actions.add(programme=programme, by=request.user, **form.values)):
        messages.success(request, _("The venue is in the book."))
        return redirect(done.result)
    return render(request, "events/venues/form.html", {"programme": programme, "form": form, "venue": None})


@form_page
def venue_edit(request, pk):
    """Change a venue, or note that its facts were checked."""
    venue = kept_venue(request, pk)
    if is_refused(request, rules.can_change(request.user, venue)):
        return redirect(venue)
    form = VenueForm(posted(request), venue=venue)
    act = partial(actions.edit, venue=venue, by=request.user)
    if done := attempt(form, lambda: act(**form.values), edits=venue):
        number = len(done.result)
        messages.success(
            request,
            ngettext(
                "Saved. %(n)s event to come has the new place, and those who know of it are told.",
                "Saved. %(n)s events to come have the new place, and those who know of them are told.",
                number,
            )
            % {"n": number}
            if number
            else _("Saved."),
        )
        return redirect(venue)
    return render(request, "events/venues/form.html", {"programme": venue.programme, "form": form, "venue": venue})


@button_page
def venue_archive(request, pk):
    """Take a venue out of the book, or take it back."""
    venue = kept_venue(request, pk)
    act = actions.take_back if venue.archived_at else actions.archive
    if done := attempt_button(request, lambda: act(venue=venue, by=request.user)):
        text = _("The venue is archived. Events that are planned there stay.")
        messages.success(request, text if done.result.archived_at else _("The venue is in the book again."))
    return redirect(venue)


def _where(venue):
    return ", ".join(venue.address.splitlines())


def _access(venue):
    return "; ".join(f"{fact.label}: {fact.words}" for fact in queries.facts_of(venue) if fact.is_known) or _(
        "Nothing is known yet"
    )


def _checked(venue):
    return short_date(venue.checked_on) if venue.checked_on else _("Never")


def _check_tag(months, venue):
    return {"label": _checked(venue), "tone": "attention" if queries.check_is_due(venue, months) else "good"}
