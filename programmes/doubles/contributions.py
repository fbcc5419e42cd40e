"""Add doubles to the pages of people, to their history, to the home page and to the jobs."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from people import registry
from people.registry import HistoryLine, JobKind, NoticeKind, Panel, Task
from programmes.directory.queries import programmes_in_common
from programmes.doubles import actions, queries, rules, work
from programmes.doubles.models import Double, Merge, MergeStatus
from programmes.programme.models.joining import Joining
from programmes.programme.models.programmes import Programme, Role
from programmes.programme.queries import programmes_of_work


def register():
    """Register them once, when the app is ready."""
    registry.person_panels.append(doubles_panel)
    registry.person_history.append(history_of_person)
    registry.home_tasks.append(home_tasks)
    registry.before_take_over.append(an_open_question_goes_on)
    registry.add_notice_kinds(
        NoticeKind(
            actions.MERGED,
            gettext_lazy("A record that was put together with another one"),
            # It goes to the address of the record, which is nobody's any more.
            legal=True,
            fixed=gettext_lazy("People have to know this, for the safety of what is held about them."),
        )
    )
    registry.job_kinds[work.KIND] = JobKind(
        run=work.look,
        can_see=_can_see_job,
        title=gettext_lazy("Looking for records that may be one person"),
        url=_page_of_job,
    )


def people_links(programme, _query):
    """Lead from the list of people to the records that may be one person."""
    return [(_("Possible doubles"), reverse("doubles", args=[programme.slug]))]


def an_open_question_goes_on(record, person):
    """Give `person` the open question of `record` whether it is them, where nobody has asked them yet."""
    if person.joined_at is None and not Joining.objects.filter(person=person).exists():
        Joining.objects.unanswered().filter(person=record).update(person=person)


def doubles_panel(user, person):
    """Show staff which other records may be this person, and lead to where they put two together."""
    programmes = programmes_in_common(person, programmes_of_work(user, Role.STAFF))
    if not programmes or person.pk == user.person.pk:
        return None
    rows = Double.objects.undecided().filter(programme__in=[one.pk for one in programmes])
    found = [*rows.filter(one=person).select_related("other", "programme")]
    found += rows.filter(other=person).select_related("one", "programme")
    lines = [{"double": row, "name": (row.other if row.one_id == person.pk else row.one).full_name} for row in found]
    context = {"lines": lines, "programmes": programmes, "person": person, "several": len(programmes) > 1}
    return Panel("programmes/doubles/panel.html", context, order=45)


def history_of_person(user, person):
    """Return when a second record was put together with `person`, or taken apart again."""
    names = dict(programmes_of_work(user, Role.STAFF).values_list("pk", "name"))
    rows = Merge.objects.filter(person=person, programme__in=names, done_at__isnull=False)
    for row in rows.select_related("set_by__user", "ended_by__user"):
        assert row.done_at is not None
        name = {"name": row.record_name}
        yield HistoryLine(row.done_at, _("Put together with a second record: %(name)s") % name, row.set_by.user_id)
        if row.status == MergeStatus.UNDONE and row.ended_at is not None:
            by = row.ended_by.user_id if row.ended_by else None
            yield HistoryLine(row.ended_at, _("Taken apart again from the record: %(name)s") % name, by)


def home_tasks(user):
    """List the questions whether a record is the reader's, and for staff the pairs that wait for a decision."""
    tasks = [
        Task(
            title=_("Say whether a second record is yours"),
            url=reverse("merge_answer", args=[row.pk]),
            detail=row.programme.name,
        )
        for row in queries.questions_to(user)
    ]
    return tasks + [
        Task(
            title=ngettext(
                "%(number)s pair of records may be one person", "%(number)s pairs of records may be one person", number
            )
            % {"number": number},
            url=reverse("doubles", args=[programme.slug]),
            detail=programme.name,
        )
        for programme, number in queries.numbers_to_decide(user)
    ]


def _programme_of(job):
    return Programme.objects.filter(pk=job.subject_id).first()


def _can_see_job(user, job):
    programme = _programme_of(job)
    return programme is not None and bool(rules.can_look(user, programme))


def _page_of_job(job):
    programme = _programme_of(job)
    return reverse("doubles", args=[programme.slug]) if programme else reverse("home")
