"""Add what was said to the home page, the search box and the calls of colleagues."""

import pgtrigger
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from people.due_work import DueWork
from people.registry import Finder, Found, NoticeKind, Panel, Task
from programmes.heard import emails, queries, rules, wordings
from programmes.heard.models import Contribution, Contributor, EvidenceFile, ToldBack
from programmes.programme.models.programmes import Role, programmes_where
from wellbeing.lib.dates import short_date, today
from wellbeing.lib.triggers import guards_of

MAX_TASKS = 20


def answers_to_check(user):
    """List the answers to what the reader said of which they have not said whether they are true."""
    return [
        Task(
            title=_("Is this true? You said: %(theme)s") % {"theme": row.outcome.contribution.theme},
            url=row.outcome.contribution.get_absolute_url(),
            detail=_("%(programme)s says: %(outcome)s")
            % {
                "programme": row.outcome.contribution.programme.name,
                "outcome": row.outcome.get_kind_display().lower(),
            },
        )
        for row in queries.to_say_whether_true(user)[:MAX_TASKS]
    ]


def contributions_to_answer(user):
    """List the contributions the reader sees to whose answer is late."""
    return [
        Task(
            title=_("Say what became of it: %(theme)s") % {"theme": contribution.theme},
            url=contribution.get_absolute_url(),
            detail=contribution.programme.name,
            due=contribution.due_on,
            urgent=True,
        )
        for contribution in queries.overdue_of(user, today())[:MAX_TASKS]
    ]


def contributions_without_owner(user):
    """List for staff how many contributions of each of their programmes nobody sees to."""
    programmes = programmes_where(user, Role.STAFF)
    return [
        Task(
            title=ngettext(
                "Say who sees to %(n)s thing that was said", "Say who sees to %(n)s things that were said", number
            )
            % {"n": number},
            url=reverse("contributions", args=[programme.slug]) + "?todo=nobody",
            detail=programme.name,
        )
        for programme, number in (queries.without_owner(programmes).items() if programmes else ())
    ]


def replies_to_answer(user):
    """List replies "that is not true" for who sees to the contribution; for all staff where that is nobody in staff."""
    programmes = programmes_where(user, Role.STAFF)
    if not programmes:
        return []
    rows = [row for row in queries.disputed(programmes)[:MAX_TASKS] if _is_task_of(user, row.outcome.contribution)]
    return [
        Task(
            title=_("Respond to “that is not true”: %(theme)s") % {"theme": row.outcome.contribution.theme},
            url=row.outcome.contribution.get_absolute_url(),
            detail=row.outcome.contribution.programme.name,
            urgent=True,
        )
        for row in rows
    ]


def _is_task_of(user, contribution):
    owner = contribution.owner
    if owner is None or owner.pk == user.person.pk:
        return True
    return not queries.owners(contribution.programme, today()).filter(pk=owner.pk).exists()


def reply_on_the_phone(user, notice):
    """Link a colleague who is on the phone to where they write down whether the person says that the answer is true."""
    row = ToldBack.objects.filter(notice=notice).select_related("contributor", "outcome__contribution").first()
    if row is None:
        return None
    said = row.outcome.contribution
    if said.outcome_id != row.outcome_id or not rules.can_reply_for(user, said):
        return None
    url = reverse("contribution_reply_for", args=[said.pk, row.contributor_id])
    return Panel("people/messages/answer.html", {"url": url, "label": _("Write down whether they say it is true")})


def said_once(record, person):
    """Leave one line of each contribution that both records of one person are said to have said: that of `person`.

    Raises IntegrityError where `record` has said whether an answer is true, as what was said is never thrown away.
    """
    theirs = Contributor.objects.filter(person=person).values("contribution")
    for row in Contributor.objects.filter(person=record, contribution__in=theirs):
        told_back = ToldBack.objects.filter(contributor=row)
        if told_back.exclude(reply="").exists():
            raise IntegrityError("both records said whether an answer is true")
        with pgtrigger.ignore(*guards_of(ToldBack)), transaction.atomic():
            told_back.delete()
        row.delete()


def _found(contributions):
    return [
        Found(
            label=contribution.theme,
            url=contribution.get_absolute_url(),
            detail=f"{contribution.programme}, {short_date(contribution.said_on)}",
        )
        for contribution in contributions
    ]


CONTRIBUTIONS = Finder(
    title=gettext_lazy("What was said"),
    rows=lambda user: Contribution.objects.visible_to(user).select_related("programme").order_by("-said_on", "-pk"),
    fields=("theme", "words"),
    show=_found,
    order=35,
)
TOLD_BACK = NoticeKind(
    emails.TOLD_BACK,
    gettext_lazy("What became of what they said"),
    answer=reply_on_the_phone,
    slip=wordings.IS_IT_TRUE,
    wording=wordings.TOLD_BACK,
)
ABOUT = NoticeKind(
    emails.ABOUT, gettext_lazy("What was written down of what they said"), wording=wordings.ABOUT_CONTRIBUTIONS
)
EVIDENCE_DUE = DueWork("evidence_due", gettext_lazy("Files of evidence to check"), EvidenceFile.objects)
HOME_TASKS = (answers_to_check, contributions_to_answer, contributions_without_owner, replies_to_answer)
