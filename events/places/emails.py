"""Write what people on a waiting list are told, as drafts for `people.messages.telling`."""

from django.utils.translation import gettext as _

from events.inviting.emails import personal_link
from events.inviting.models import Invitation
from events.places.models import WaitingPlace
from events.places.said import deadline_in_words
from people.messages.drafts import Draft
from programmes.programme import news
from wellbeing.lib.dates import day_and_times, time_of_day, week_day

OFFERED, PASSED, CLOSED = "place_offered", "place_passed", "waiting_list_closed"


def offered(row: WaitingPlace) -> Draft:
    """Write that a place has come free, until when it is kept for them, and where they take it or let it go."""
    invitation = row.invitation
    params = {**_about(invitation), "until": deadline_in_words(row)}
    made = news.draft(
        invitation.person,
        invitation.event.programme,
        _("A place is free for you: %(event)s") % params,
        [
            _("You are on the waiting list for “%(event)s”, %(when)s. A place has come free.") % params,
            _("We keep it for you until %(until)s. After that we offer it to the next person.") % params,
            _("You can take it or let it go with one press. You do not need to sign in."),
        ],
        key=f"place-offered:{row.pk}",
        kind=OFFERED,
        url=personal_link(invitation),
        label=_("Take the place, or let it go"),
    )
    made["brief"] = _short(row)
    return made


def passed(row: WaitingPlace) -> Draft:
    """Write that an offer was not answered in time, and how to wait for a place again."""
    invitation = row.invitation
    params = _about(invitation)
    return news.draft(
        invitation.person,
        invitation.event.programme,
        _("We could not keep the place: %(event)s") % params,
        [
            _(
                "We kept a place for you at “%(event)s”, %(when)s. We did not hear from you in time, so we could not"
                " keep it longer."
            )
            % params,
            _("If you would still like to come, you can wait for a place again. You do not need to sign in."),
        ],
        key=f"place-passed:{row.pk}",
        kind=PASSED,
        url=personal_link(invitation),
        label=_("Wait for a place again"),
    )


def closed(row: WaitingPlace, at: str) -> Draft:
    """Write that no place came free and the list was closed. `at` tells one closing of the list from another."""
    invitation = row.invitation
    params = _about(invitation)
    return news.draft(
        invitation.person,
        invitation.event.programme,
        _("No place came free: %(event)s") % params,
        [
            _("You are on the waiting list for “%(event)s”, %(when)s.") % params,
            _("We are sorry: no place came free, and we have closed the list. We would like to ask you another time."),
        ],
        key=f"list-closed:{row.pk}:{at}",
        kind=CLOSED,
    )


def _about(invitation: Invitation) -> dict[str, str]:
    event = invitation.event
    return {"event": event.title, "when": day_and_times(event.starts_at, event.ends_at)}


def _short(row: WaitingPlace) -> list[str]:
    event = row.invitation.event
    assert row.until is not None
    params = {
        "event": event.title,
        "when": day_and_times(event.starts_at, event.ends_at, week_day),
        "until": _("%(time)s on %(day)s") % {"time": time_of_day(row.until), "day": week_day(row.until)},
    }
    return [
        _("A place is free for you: %(event)s, %(when)s. We keep it until %(until)s") % params,
        _("A place is free for you: %(event)s. We keep it until %(until)s") % params,
    ]
