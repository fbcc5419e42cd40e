"""Choose whom to invite, look at what each of them gets, then invite them."""

from dataclasses import dataclass

from django.contrib import messages
from django.core import signing
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events import registry
from events.choosing import actions, queries
from events.choosing.listing import chosen_people, people_listing, reach
from events.choosing.said import away_in_words, standing_in_words
from events.inviting import emails, rules
from events.inviting.models import Invitation
from events.planning import queries as planning_queries
from events.planning.guards import managed_event
from people.messages import queries as message_queries
from people.messages.previews import NoticePreview
from people.models import Message, Person
from people.privacy.looking import note_looks, shows
from people.privacy.models import Look
from wellbeing.lib.dates import day_and_times, short_date
from wellbeing.lib.errors import ActionError
from wellbeing.lib.files import made_pdf
from wellbeing.lib.form_pages import form_page, is_refused, read_page
from wellbeing.lib.tables import filters_of
from wellbeing.lib.ticks import whole_numbers

# The check page signs with this that these people were shown on it. Nothing is sent without the signature.
SALT = "events.choosing.checked"


@form_page
@shows(Look.Kind.NEEDS)
def event_invite(request, pk):
    """Choose people of the programme, check each of them, invite them.

    GET lists; a POST keeps the ticks, or shows the page to check; with the `confirm` of that page they are invited.
    """
    event = managed_event(request, pk)
    if is_refused(request, rules.can_invite(request.user, event)):
        return redirect(event)
    left_out = queries.left_out(event)
    listing = people_listing(request, event, left_out)
    note_looks(request.user, queries.needs_of_those_to_choose(event), Look.Kind.NEEDS)
    if listing.wants_export:
        return listing.export()
    if answer := listing.answer():
        return answer
    context = {
        "event": event,
        "programme": event.programme,
        "listing": listing,
        "when": day_and_times(event.starts_at, event.ends_at, short_date),
    }
    if request.method != "POST":
        context["left_out"] = _how_many_past(event, left_out)
        context["filters"] = filters_of(request, but=["list", "invited"])
        return render(request, "events/choosing/invite.html", context)
    chosen = chosen_people(event, listing.chosen)
    if not chosen:
        context["problem"] = _("Tick at least one person who is not invited yet.")
        return render(request, "events/choosing/invite.html", context)
    check = Check(event, chosen, although=whole_numbers(request.POST.getlist("although")))
    if request.POST.get("confirm") and (done := _invite(request, check, context)):
        listing.ticks.forget(person.pk for person in chosen)
        return done
    context.update(check=check, back=f"{request.path}?{request.GET.urlencode()}")
    return render(request, "events/choosing/invite_check.html", context)


def _invite(request, check, context):
    """Invite those who were checked. Return the answer; None, with a problem to show, where that cannot be."""
    if not check.was_shown(request.POST["confirm"]):
        context["problem"] = _("Look at everyone you chose first. Then send the invitations.")
        return None
    if not check.to_invite:
        context["problem"] = _(
            "Everybody you chose takes a break, or was asked as often as they wish. Tick those whom you invite all the"
            " same."
        )
        return None
    try:
        new = actions.invite_chosen(event=check.event, people=check.to_invite, although=check.although, by=request.user)
    except ActionError as error:
        context["problem"] = str(error)
        return None
    messages.success(request, _what_happened(new))
    return redirect(check.event)


def _how_many_past(event, left_out):
    people = queries.people_to_choose(event).filter(pk__in=left_out, invited=False)
    return people.count() if left_out else 0


@dataclass(frozen=True)
class Line:
    """One person on the page to check: how they are told, and how often they were asked."""

    person: Person
    way: str
    can_be_reached: bool
    channel: str
    standing: str
    would_pass: bool
    is_last: bool
    although: bool
    preview_url: str


class Check:
    """Show the people who were chosen, before anything is sent.

    `although` are those who are invited all the same, who take a break or would be asked more often than they wish.
    """

    def __init__(self, event, chosen, although):
        self.event, self.chosen = event, chosen
        standings = queries.limit_standings([person.pk for person in chosen])
        ways = message_queries.ways_to(chosen)
        away = queries.away_from(event, [person.pk for person in chosen])
        self.past = {pk for pk, standing in standings.items() if standing.would_pass} | set(away)
        self.although = set(although) & self.past
        self.lines = [self._line(person, ways, standings.get(person.pk), away.get(person.pk)) for person in chosen]

    def _line(self, person, ways, standing, pause):
        way = ways[person.pk]
        return Line(
            person=person,
            way=reach(person, ways),
            can_be_reached=way is not None,
            channel=way.channel if way else Message.Channel.COLLEAGUE,
            standing=". ".join(_said(standing, pause)),
            would_pass=person.pk in self.past,
            is_last=bool(standing and standing.is_last),
            although=person.pk in self.although,
            preview_url=reverse("invite_preview", args=[self.event.pk, person.pk]),
        )

    @property
    def within(self):
        """Return the lines of those who are invited without more ado."""
        return [line for line in self.lines if not line.would_pass]

    @property
    def past_lines(self):
        """Return the lines of those who take a break, or would be asked more often than they wish."""
        return [line for line in self.lines if line.would_pass]

    @property
    def unreachable(self):
        """Return the lines of those whom no way that works reaches."""
        return [line for line in self.lines if not line.can_be_reached]

    @property
    def near(self):
        """Return the lines of those for whom it is the last invitation they wish for the time."""
        return [line for line in self.lines if line.is_last]

    @property
    def to_invite(self):
        """Return those who are invited when the button is pressed."""
        return [person for person in self.chosen if person.pk not in self.past or person.pk in self.although]

    @property
    def ways(self):
        """Say how many of those within their wish are told in which way."""
        return message_queries.ways_in_words(line.person for line in self.within)

    @property
    def ids(self):
        """Return the ids of those chosen, as the form sends them."""
        return " ".join(str(person.pk) for person in self.chosen)

    @property
    def proof(self):
        """Return the proof that these people were shown, which the form sends back."""
        return signing.dumps(self._shown, salt=SALT)

    @property
    def _shown(self):
        return [self.event.pk, sorted(person.pk for person in self.chosen)]

    def was_shown(self, proof):
        """Return whether `proof` is that of a page on which everybody stood who is chosen now."""
        try:
            event, shown = signing.loads(proof, salt=SALT)
        except (signing.BadSignature, ValueError):
            return False
        return event == self.event.pk and {person.pk for person in self.chosen} <= set(shown)


def _said(standing, pause):
    return [
        *([away_in_words(pause)] if pause else []),
        *([standing_in_words(standing)] if standing else []),
    ]


def _what_happened(new):
    if not new:
        return _("Everyone you chose was invited already. Nothing was sent twice.")
    text = ngettext("%(number)s person is invited: %(ways)s.", "%(number)s people are invited: %(ways)s.", len(new))
    ways = message_queries.ways_in_words(invitation.person for invitation in new)
    return text % {"number": len(new), "ways": "; ".join(ways)}


@read_page
def invite_preview(request, pk, person_pk):
    """Show the invitation to an event as one person would get it now, in the way they chose."""
    event, preview = _preview(request, pk, person_pk)
    context = {
        "programme": event.programme,
        "event": event,
        "preview": preview,
        "person": preview.person,
        "letter_url": reverse("invite_preview_letter", args=[pk, person_pk]),
    }
    return render(request, "events/choosing/preview.html", context)


@read_page
def invite_preview_letter(request, pk, person_pk):
    """Draw the letter with the invitation as one person would get it, as a PDF."""
    event, preview = _preview(request, pk, person_pk)
    try:
        letter = preview.letter()
    except ActionError as error:
        messages.error(request, str(error))
        return redirect("invite_preview", event.pk, person_pk)
    return made_pdf(letter, f"invitation-{event.pk}.pdf")


def _preview(request, pk, person_pk):
    event = managed_event(request, pk)
    person = queries.people_to_choose(event).filter(pk=person_pk).first()
    if person is None:
        raise Http404
    invitation = Invitation(event=event, person=person)
    offer = registry.offer_for(event, person) if planning_queries.is_paid(event, person) else None
    beside = registry.beside_for(event, [person.pk]).get(person.pk, [])
    draft = emails.invitation(invitation, offer=offer, beside=beside)
    return event, NoticePreview(draft, person, message_queries.ways_to([person])[person.pk])
