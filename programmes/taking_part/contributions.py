"""Add somebody's part in programmes to their own page and to the home page; keep it when records become one."""

from django.urls import reverse
from django.utils.translation import gettext as _

from people.registry import Panel, Task
from programmes.programme import queries as programme_queries
from programmes.programme.models.pauses import Comeback, Pause
from programmes.programme.models.programmes import Programme
from programmes.taking_part import queries
from programmes.taking_part.page import PartPage
from wellbeing.lib.dates import long_date


def own_parts(user):
    """Show the reader the programmes they have or had a part in, with a break they take."""
    parts = [PartPage(user.person, programme, user) for programme in queries.programmes_of(user.person)]
    return Panel("programmes/taking_part/panel.html", {"parts": parts}, order=35) if parts else None


def who_reads_needs(person):
    """Say that staff of the programmes `person` has or had a part in read what they need."""
    programmes = Programme.objects.filter(programme_queries.has_been_in(person)).order_by("name")
    return [
        _("Staff of %(programme)s, who plan its events and look after its people.") % {"programme": programme}
        for programme in programmes
    ]


def comebacks_to_answer(user):
    """List for staff the people who would like to come back."""
    return [
        Task(
            title=_("%(name)s would like to come back") % {"name": row.person},
            url=reverse("comeback", args=[row.pk]),
            detail=_("%(programme)s. Asked on %(day)s") % {"programme": row.programme, "day": long_date(row.asked_at)},
        )
        for row in queries.comebacks_to_answer(user)
    ]


def one_break_at_a_time(record, person):
    """Drop the breaks and open wishes of `record` that meet those of `person`, before both records are put together."""
    for pause in Pause.objects.filter(person=record):
        theirs = Pause.objects.filter(person=person, programme=pause.programme_id).not_over(pause.starts_on)
        if pause.ends_on is not None:
            theirs = theirs.filter(starts_on__lte=pause.ends_on)
        if theirs.exists():
            pause.delete()
    for wish in Comeback.objects.waiting().filter(person=record):
        if queries.waiting_comeback(person, wish.programme) is not None:
            wish.is_welcome, wish.answered_at, wish.answered_by = True, wish.asked_at, person
            wish.save()
