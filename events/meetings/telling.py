"""Tell members of meetings: the agenda, the minutes, and talks around them, in the way each chose."""

from collections.abc import Collection, Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from events import registry
from events.day.models import Attendance
from events.meetings.calculations import Length, timetable
from events.meetings.models import Meeting, Talk
from people.messages import telling
from people.messages.emails import absolute_url
from people.models import Person
from programmes.models import GroupRules, Term
from programmes.programme import queries as programme_queries
from programmes.programme.news import draft
from wellbeing.lib.dates import day_and_times, long_date, time_of_day, today


def members_on_the_day(meeting: Meeting) -> list[Person]:
    """Return who serves on the group on the day of `meeting`, deputies too, by name."""
    serving = Term.objects.effective_on(meeting.event.day).filter(group=meeting.group_id)
    return list(Person.objects.filter(pk__in=serving.values("person")).order_by("sort_key", "pk"))


def lived_experience_on_the_day(meeting: Meeting) -> list[Person]:
    """Return the members with lived experience on the day of `meeting`, by name."""
    serving = Term.objects.effective_on(meeting.event.day).filter(
        group=meeting.group_id, seat=Term.Seat.LIVED_EXPERIENCE
    )
    return list(Person.objects.filter(pk__in=serving.values("person")).order_by("sort_key", "pk"))


def tell_agenda(meeting: Meeting, *, but: Person) -> None:
    """Tell the members what the meeting talks about, when each thing comes, and which papers there are."""
    event = meeting.event
    items = list(meeting.items.filter(is_out=False))
    times = timetable(event.starts_at, event.ends_at, [Length(item.minutes) for item in items])
    paragraphs = [
        _("%(event)s, %(when)s.") % {"event": event.title, "when": day_and_times(event.starts_at, event.ends_at)},
        *(
            _("%(time)s: %(title)s") % {"time": time_of_day(start), "title": item.title}
            for start, item in zip(times.starts, items, strict=True)
        ),
    ]
    if papers := registry.papers_of(event):
        paragraphs.append(_("Papers, on the page of the meeting: %(papers)s.") % {"papers": "; ".join(papers)})
    if not event.has_started:
        paragraphs.append(_("Is something missing? You can add it until the meeting starts."))
    heading = _("The agenda is there: %(event)s, %(day)s") % _params(meeting)
    sent_at = (meeting.agenda_sent_at or timezone.now()).isoformat()
    _tell(
        meeting,
        members_on_the_day(meeting),
        f"agenda:{sent_at}",
        heading,
        paragraphs,
        but=[but.pk],
        kind="meeting_agenda",
        url=absolute_url("meeting", meeting.pk),
        label=_("See the agenda"),
    )


def tell_minutes(meeting: Meeting, *, but: Person) -> None:
    """Ask the members to say what is not right in the minutes."""
    params = _params(meeting)
    paragraphs = [
        _("The minutes of “%(event)s” of %(day)s are written.") % params,
        _("Please tell us if something is not right, before the group agrees them at its next meeting."),
    ]
    heading = _("Please check the minutes: %(event)s, %(day)s") % params
    _tell(
        meeting,
        _members_now(meeting),
        "minutes",
        heading,
        paragraphs,
        but=[but.pk],
        kind="meeting_minutes",
        url=absolute_url("meeting_minutes", meeting.pk),
        label=_("Read the minutes"),
    )


def tell_published(meeting: Meeting, *, but: Person) -> None:
    """Tell members and those who came that the minutes are published; the programme where the group's rules say so."""
    params = _params(meeting)
    people = {person.pk: person for person in _members_now(meeting)}
    came = Attendance.objects.filter(event=meeting.event_id, came=True)
    inside = Person.objects.filter(programme_queries.holding(meeting.group.programme, on=today()))
    people |= {person.pk: person for person in inside.filter(pk__in=came.values("person"))}
    rules = GroupRules.objects.in_force_on(meeting.group, today())
    if rules and rules.tells_programme:
        people |= {person.pk: person for person in inside}
    paragraphs = [
        _("The minutes of “%(event)s” of %(day)s are agreed, and everybody in the programme can read them.") % params,
    ]
    heading = _("Minutes are published: %(event)s, %(day)s") % params
    _tell(
        meeting,
        people.values(),
        "published",
        heading,
        paragraphs,
        but=[but.pk],
        kind="meeting_published",
        url=absolute_url("meeting_minutes", meeting.pk),
        label=_("Read the minutes"),
    )


def tell_talk(talk: Talk) -> None:
    """Offer the members with lived experience a talk before or after the meeting."""
    meeting = talk.meeting
    params = _params(meeting) | {
        "who": talk.who.full_name,
        "when": f"{long_date(talk.starts_at)}, {time_of_day(talk.starts_at)}",
        "how": talk.how,
    }
    if talk.kind == Talk.Kind.BEFORE:
        heading = _("Would you like a talk before the meeting? %(event)s, %(day)s") % params
        first = _("Before “%(event)s” of %(day)s you can go through the papers with %(who)s.") % params
    else:
        heading = _("Would you like a talk after the meeting? %(event)s, %(day)s") % params
        first = _("After “%(event)s” of %(day)s you can talk about how it went with %(who)s.") % params
    paragraphs = [
        first,
        _("%(when)s, %(how)s.") % params,
        _("You do not have to. Please tell us if you would like it."),
    ]
    _tell(
        meeting,
        [person for person in lived_experience_on_the_day(meeting) if person.pk != talk.who_id],
        f"talk:{talk.kind}:{talk.offered_at.isoformat()}",
        heading,
        paragraphs,
        kind="meeting_talk",
        url=absolute_url("meeting", meeting.pk),
        label=_("Say yes or no thanks"),
    )


def _members_now(meeting: Meeting) -> list[Person]:
    serving = Term.objects.effective_on(today()).filter(group=meeting.group_id)
    return list(Person.objects.filter(pk__in=serving.values("person")).order_by("sort_key", "pk"))


def _params(meeting: Meeting) -> dict[str, str]:
    return {"event": meeting.event.title, "day": long_date(meeting.event.starts_at)}


def _tell(
    meeting: Meeting,
    people: Iterable[Person],
    key: str,
    heading: str,
    paragraphs: Collection[str],
    *,
    kind: str,
    url: str,
    label: str,
    but: Collection[int] = (),
) -> None:
    telling.tell_many(
        [
            draft(
                person,
                meeting.group.programme,
                heading,
                list(paragraphs),
                key=f"meeting:{meeting.pk}:{key}:{person.pk}",
                kind=kind,
                url=url,
                label=label,
            )
            for person in people
            if person.pk not in but
        ]
    )
