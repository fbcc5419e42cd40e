"""The lists of people invited on an event's page for staff: their replies, and their access needs."""

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from events.inviting import queries as inviting_queries
from events.inviting import rules as inviting_rules
from events.inviting.forms.filters import JoinsFilter, ReplyFilter
from events.inviting.models import Invitation
from people.needs.flags import need_flags
from wellbeing.lib import phones
from wellbeing.lib.spreadsheets import MOMENT
from wellbeing.lib.tables import Column, Listing
from wellbeing.templatetags.wellbeing import tone_of


def invite_url(event):
    """Return the address where people are chosen to invite; for an event of a group, those of the group."""
    query = f"?group={event.group_id}" if event.group_id else ""
    return reverse("event_invite", args=[event.pk]) + query


def _invited(event):
    return (
        event.invitations.select_related("person", "notice", "reply_taken_by", "event")
        .prefetch_related("person__access_needs", "notice__messages")
        .order_by("person__sort_key", "pk")
    )


def needs_listing(request, event):
    """Make the list of those who may come and need something, with what each needs in full."""
    return NeedsListing(
        request,
        inviting_queries.with_needs(_invited(event)),
        columns=[
            Column("person", _("Name"), value="person.full_name", sort="person__sort_key", shape="code"),
            Column("reply", _("Reply"), value=_reply_words, sort="reply", shape="code"),
            Column("said", _("On the day they need"), value="access_needs", shape="wrap"),
            Column("recorded", _("Always needed"), value=_recorded_words, shape="wrap"),
        ],
        search=["person__search_key"],
        search_label=_("Search people"),
        default_sort="person__sort_key",
        name="needs",
        caption=_("What each person needs"),
        empty_title=_("Nobody who may come has told us of a need"),
        empty_text=_("What people say on their reply, and what is recorded of them, stands here."),
    )


def replies_listing(request, event):
    """Make the list of everyone invited to `event`, with their replies."""
    how = event.invitations.exclude(joins="", part_of_day="").exists()
    return RepliesListing(
        request,
        _invited(event),
        how=how,
        columns=[
            Column("person", _("Name"), value="person.full_name", sort="person__sort_key"),
            Column("reply", _("Reply"), value=_reply_words, sort="reply"),
            Column("joins", _("In person or online"), value=Invitation.get_joins_display, export_only=True),
            Column("part_of_day", _("Comes for"), export_only=True),
            *(
                [Column("how", _("How they come"), value="how_they_come", screen_only=True, shape="wrap")]
                if how
                else []
            ),
            Column("needs", _("Access needs"), value=_needs_words),
            Column("message", _("Invitation"), value=_message_words, shape="code"),
            *(
                [Column("for_them", _("On their behalf"), value=lambda row: "", screen_only=True, shape="code")]
                if event.takes_replies
                else []
            ),
            Column("email", _("Email"), value="person.email", export_only=True),
            Column("phone", _("Phone"), value=lambda row: phones.shown(row.person.phone), export_only=True),
            Column(
                "replied",
                _("Replied"),
                value=lambda row: row.replied_at if row.reply else None,
                kind=MOMENT,
                export_only=True,
            ),
            Column("question", _("Question"), export_only=True),
            Column("answer", _("Answer"), export_only=True),
        ],
        search=["person__search_key", "person__email"],
        search_label=_("Search people"),
        filters=JoinsFilter if event.can_be_joined_both_ways else ReplyFilter,
        default_sort="person__sort_key",
        name="replies",
        caption=_("People invited"),
        empty_title=_("Nobody is invited yet"),
        empty_text=_(
            "Choose people from the programme. Each is told in the way they chose. Letters to post and people to ring"
            " then wait on your list of messages."
        ),
        empty_url=invite_url(event) if inviting_rules.can_invite(request.user, event) else "",
        empty_action=_("Invite people"),
    )


def drawn(part, invitation):
    """Return a cell that a template of events/pages/parts/ draws for `invitation`."""
    message = invitation.notice.latest if invitation.notice else None
    tone = tone_of(message.status) if message else "quiet"
    context = {
        "invitation": invitation,
        "reply_tone": tone_of(invitation.reply),
        "message": message,
        "message_tone": tone,
        "failed": message and message.notice.failed_before(message),
    }
    return {"html": render_to_string(f"events/pages/parts/{part}.html", context)}


class RepliesListing(Listing):
    """The list of invitations, with replies, access needs and states of messages drawn by their own templates.

    `how` says whether it has a column of how people come.
    """

    def __init__(self, *args, how, **kwargs):
        super().__init__(*args, **kwargs)
        self.how = how

    @property
    def rows(self):
        """Return rows for components/table.html, most cells drawn by templates/events/pages/parts/."""
        return [
            {
                "cells": [
                    {"text": row.person.full_name, "url": reverse("person", args=[row.person_id])},
                    drawn("reply", row),
                    *([{"text": row.how_they_come}] if self.how else []),
                    {"tags": _need_flags(row)},
                    drawn("message", row),
                    *([drawn("for_them", row)] if row.event.takes_replies else []),
                ]
            }
            for row in self.page
        ]


def _reply_words(invitation):
    return invitation.get_reply_display() if invitation.reply else _("No reply")


def _needs_words(invitation):
    return "; ".join(filter(None, [invitation.access_needs, _recorded_words(invitation)]))


def _message_words(invitation):
    return invitation.notice.latest.status_in_words if invitation.notice else _("Not sent yet")


class NeedsListing(Listing):
    """The list of people who may come and need something: each name leads to the person."""

    @property
    def rows(self):
        """Return rows for components/table.html."""
        return [
            {
                "cells": [
                    {"text": row.person.full_name, "url": reverse("person", args=[row.person_id])},
                    drawn("reply", row),
                    {"text": row.access_needs},
                    {"text": _recorded_words(row)},
                ]
            }
            for row in self.page
        ]


def _recorded_words(invitation):
    return "; ".join(str(need) for need in invitation.person.access_needs.all())


def _need_flags(invitation):
    """Return the flags of one person: that they wrote what they need on the day, then what is recorded of them."""
    said = [{"label": _("Said on reply"), "tone": "attention"}] if invitation.access_needs else []
    return [*said, *need_flags(invitation.person.access_needs.all(), most=1 if said else 2)]
