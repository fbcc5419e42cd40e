"""The list of who has which version of the welcome pack."""

from django.urls import reverse
from django.utils.translation import gettext as _

from programmes.packs import queries
from wellbeing.lib.dates import short_date
from wellbeing.lib.spreadsheets import DATE
from wellbeing.lib.tables import Column, Listing


def given_listing(request, programme):
    """Make the list of who was given which version of the pack of `programme`, for its staff."""
    return Listing(
        request,
        queries.given_in(programme),
        columns=[
            Column(
                "name",
                _("Name"),
                value=lambda row: row.person.name_in_list,
                sort="person__sort_key",
                link=lambda row: reverse("person", args=[row.person_id]),
            ),
            Column("version", _("Version"), value=lambda row: row.pack.number, sort="pack__number", numeric=True),
            Column("given", _("Given"), value="given_at", sort="given_at", kind=DATE),
            Column("how", _("How"), value=how_in_words),
            Column("state", _("What became of it"), value=state_in_words),
        ],
        search=["person__search_key", "person__email"],
        search_label=_("Name or email"),
        default_sort="-given_at",
        name=f"{programme.slug}-welcome-pack",
        caption=_("Who has the welcome pack"),
        empty_title=_("Nobody has it yet"),
        empty_text=_("It goes with each welcome once a version is published."),
    )


def how_in_words(given):
    """Say how somebody gets the pack."""
    return _("By post") if given.by_post else _("On the programme's page")


def state_in_words(given):
    """Say what became of it: of the message that names it, and of the post."""
    if given.posted_on:
        return _("Posted on %(day)s") % {"day": short_date(given.posted_on)}
    if given.by_post:
        return _("To be posted")
    if given.was_told:
        return _("The message was sent")
    return _("The message waits") if given.is_waiting else _("The message has not arrived")
