"""Adds claims to events, to the home page and to a person's page."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events import registry as events_registry
from events.models import Attendance
from payments.advances import hooks as advance_hooks
from payments.claims import attended, hooks, queries, reminders, rules, wordings
from payments.claims import dues as due_sums
from payments.claims.actions import cancelling, netting, opening
from payments.claims.models.claim import Claim
from payments.claims.models.receipts import Receipt
from payments.claims.views.mine import claim_card
from payments.claims.waiting import waiting_for_advance
from payments.policy import queries as policy_queries
from payments.policy import rules as policy_rules
from people import registry
from people.due_work import DueWork
from programmes import registry as programmes_registry
from programmes.models import Membership, Programme, Role, programmes_where
from wellbeing.lib.dates import long_date, short_date
from wellbeing.lib.money import pounds

CARDS_ON_HOME = 3
CLAIMS_ON_A_PAGE = 10
MAX_TASKS = 20


def cost_of_cancelling(event):
    """Warn staff before they cancel `event` late: how many people are paid all the same, and how much; or ""."""
    dues = due_sums.dues(event)
    if not dues:
        return ""
    return ngettext(
        "It is late to cancel, so %(n)s person who said yes is paid all the same: %(sum)s.",
        "It is late to cancel, so %(n)s people who said yes are paid all the same: %(sum)s in all.",
        len(dues),
    ) % {"n": len(dues), "sum": pounds(sum(due.pence for due in dues))}


def claims_for_who_said_yes(event, by):
    """Open claims for the people with lived experience who had said yes to an event that was cancelled late."""
    cancelling.open_for_cancelled(event=event, by=by)


def claim_for_who_came(attendance, by):
    """Open a claim for a person with lived experience who came; close an unsent one if they did not come after all."""
    opening.open_for_attendance(attendance=attendance, by=by)


def said_after_attendance(event):
    """Say how many people who came have a claim to send now, and why there is none; "" where nobody came."""
    came = Attendance.objects.filter(event=event, came=True).count()
    waiting = attended.claims_waiting(event)
    sentences = []
    if waiting:
        sentences.append(
            ngettext(
                "A claim is waiting for %(n)s person who came.",
                "A claim is waiting for %(n)s people who came.",
                waiting,
            )
            % {"n": waiting}
        )
    if came and policy_queries.policy_in_force(event.programme, event.day) is None and not waiting:
        sentences.append(
            _(
                "No claim was made, as no payment policy is in force on that day."
                " If one is published that starts on that day or before, the claims are made then."
            )
        )
    elif came and not waiting:
        sentences.append(_("No claim is waiting: nobody who came is still to send one."))
    return " ".join(sentences)


def take_off_waiting(advance, by):
    """Take an advance off approved claims that no payment run has taken yet."""
    netting.take_off_waiting(advance=advance, by=by)


def own_tasks(user):
    """List the claims of `user` that are to be sent, or that have a question to answer, as tasks."""
    waiting = Claim.objects.filter(
        person__user=user, status__in=[Claim.Status.DRAFT, Claim.Status.RETURNED]
    ).select_related("policy", "offered", "programme", "event")
    tasks = []
    for claim in waiting.order_by("activity_date", "pk")[:MAX_TASKS]:
        if claim.status == Claim.Status.RETURNED:
            tasks.append(
                registry.Task(
                    title=_("Answer a question about your claim"),
                    detail=f"{claim.reference}, {claim.description}",
                    url=claim.get_absolute_url(),
                    urgent=True,
                )
            )
        else:
            tasks.append(
                registry.Task(
                    title=_("Send your claim: %(what)s") % {"what": claim.description},
                    detail=_what_for(claim),
                    url=claim.get_absolute_url(),
                    due=queries.claim_until(claim),
                )
            )
    return tasks


def _what_for(claim):
    if claim.is_for_cancelled:
        return _("We cancelled it. You are still paid.")
    sentence = _("You came on %(day)s.") if claim.event_id else _("For %(day)s.")
    return sentence % {"day": long_date(claim.activity_date)}


def money_panel(user):
    """Show where the money of the person signed in is: their latest claims."""
    latest = list(queries.claims_of_person(user.person).exclude(status=Claim.Status.WITHDRAWN)[:CARDS_ON_HOME])
    if not latest:
        return []
    today = timezone.localdate()
    known = hooks.is_known_where_to_pay(user.person)
    context = {"cards": [claim_card(claim, today, known) for claim in latest]}
    return [registry.Panel("payments/claims/panels/my_money.html", context, order=60)]


def event_panel(user, event):
    """Count the claims of an event by status for those who check or pay them; show anyone else their own claim."""
    if not rules.can_see_claims(user, event.programme):
        own = queries.claims_of_person(user.person).filter(event=event).first()
        if own is None:
            return None
        known = hooks.is_known_where_to_pay(user.person)
        context = {"card": claim_card(own, timezone.localdate(), known)}
        return registry.Panel("payments/claims/panels/event_my_claim.html", context, order=60)
    counts = [
        {"label": status.label, "status": status.value, "n": number}
        for status, number in queries.claims_of_event(event)
    ]
    unsent = attended.claims_waiting(event)
    context = {
        "event": event,
        "prepared": attended.claims_from(event).count(),
        "unsent": unsent,
        "list_url": f"{reverse('claims', args=[event.programme.slug])}?event={event.pk}",
        "can_remind": unsent and bool(rules.can_remind_of_claims(user, event)),
        "counts": counts,
        "no_policy": policy_queries.policy_in_force(event.programme, event.day) is None,
        "programme": event.programme,
        "can_set": bool(policy_rules.can_set_policy(user, event.programme)),
    }
    return registry.Panel("payments/claims/panels/event_claims.html", context, order=60)


def person_panel(user, person):
    """Show the latest claims of a person, in the programmes where the reader checks or pays them."""
    if person.pk == user.person.pk:
        return None
    seen = Claim.objects.visible_to(user).filter(person=person)
    claims_seen = list(seen.with_totals().order_by("-activity_date")[:CLAIMS_ON_A_PAGE])
    ways = ways_to_enter(user, person)
    if not claims_seen and not ways:
        return None
    paid = seen.filter(status=Claim.Status.PAID, programme__in=programmes_where(user, Role.FINANCE))
    context = {
        "claims": claims_seen,
        "person": person,
        "ways": ways,
        "statements": Programme.objects.filter(pk__in=paid.values("programme")),
    }
    return registry.Panel("payments/claims/panels/person_claims.html", context, order=60)


def entering_tasks(user):
    """List as tasks the claims `user` is entering for people."""
    mine = Claim.objects.filter(
        entered_by=user.person,
        status__in=[Claim.Status.DRAFT, Claim.Status.RETURNED],
        programme__in=programmes_where(user, Role.STAFF),
    ).select_related("person")
    return [
        registry.Task(
            title=_("Answer the question about the claim you entered for %(name)s") % {"name": claim.person}
            if claim.status == Claim.Status.RETURNED
            else _("Finish the claim you are entering for %(name)s") % {"name": claim.person},
            detail=f"{claim.reference}, {claim.description}",
            url=claim.get_absolute_url(),
            urgent=claim.status == Claim.Status.RETURNED,
        )
        for claim in mine.order_by("activity_date", "pk")[:MAX_TASKS]
    ]


def answer_panel(user, notice):
    """Link a colleague who is on the phone to the claim that `notice` asks about, where they can write the answer."""
    pk = notice.link.rstrip("/").rpartition("/")[2]
    claim = Claim.objects.visible_to(user).filter(pk=pk).first() if pk.isdigit() else None
    if claim is None or not rules.can_answer(user, claim):
        return None
    context = {"url": claim.get_absolute_url(), "label": _("Write down their answer")}
    return registry.Panel("people/messages/answer.html", context)


def ways_to_enter(user, person):
    """[(programme, address), …]: where `user` may enter a claim for `person`."""
    if person.pk == user.person.pk:
        return []
    theirs = Membership.objects.filter(
        person=person, role=Role.LIVED_EXPERIENCE, programme__in=programmes_where(user, Role.STAFF)
    )
    programmes = Programme.objects.filter(pk__in=theirs.values("programme")).order_by("name", "pk")
    return [(programme, reverse("claim_enter", args=[programme.slug, person.pk])) for programme in programmes]


def register():
    """Called once, when the app is ready."""
    events_registry.before_cancelling.append(cost_of_cancelling)
    events_registry.after_cancelling.append(claims_for_who_said_yes)
    events_registry.after_attendance.append(claim_for_who_came)
    events_registry.said_after_attendance.append(said_after_attendance)
    events_registry.event_panels.append(event_panel)
    events_registry.claim_words.append(attended.words_of_ready)
    advance_hooks.waiting_claims.append(waiting_for_advance)
    advance_hooks.take_off_waiting.append(take_off_waiting)
    registry.home_panels.append(money_panel)
    registry.add_notice_kinds(
        registry.NoticeKind("claim_waiting", gettext_lazy("A claim to look at and send"), wording=wordings.WAITING),
        registry.NoticeKind(
            "claim_for_cancelled", gettext_lazy("A claim for a cancelled event"), wording=wordings.FOR_CANCELLED
        ),
        registry.NoticeKind("claim_received", gettext_lazy("Claim received"), wording=wordings.RECEIVED),
        registry.NoticeKind("claim_entered", gettext_lazy("Claim entered for them"), wording=wordings.ENTERED),
        registry.NoticeKind(
            "claim_question", gettext_lazy("Question about a claim"), answer=answer_panel, wording=wordings.QUESTION
        ),
        registry.NoticeKind(
            "claim_partly_approved", gettext_lazy("Claim approved in part"), wording=wordings.PARTLY_APPROVED
        ),
        registry.NoticeKind("claim_declined", gettext_lazy("Claim not approved"), wording=wordings.DECLINED),
    )
    registry.due_work.append(DueWork("receipts_due", gettext_lazy("Receipts to check"), Receipt.objects))
    registry.person_panels.append(person_panel)
    registry.finders.append(CLAIMS)
    programmes_registry.add_reminder_subject(reminders.SUBJECT)
    programmes_registry.participation_stages.append(PAID)


def paid(programme, first, last):
    """Return whose claim was paid between two days."""
    rows = Claim.objects.filter(programme=programme, status=Claim.Status.PAID, paid_on__range=(first, last))
    return set(rows.values_list("person", flat=True))


PAID = programmes_registry.ParticipationStage(
    "paid", gettext_lazy("Were paid"), gettext_lazy("had a claim paid, for their time or what they spent"), 40, paid
)


def _found_claims(claims):
    return [
        registry.Found(
            label=f"{claim.reference}, {claim.person}",
            url=claim.get_absolute_url(),
            detail=f"{claim.description}, {short_date(claim.activity_date)}, {claim.get_status_display()}",
        )
        for claim in claims
    ]


def _claim_of(user, text):
    claim = Claim.objects.visible_to(user).filter(reference__iexact=text).first()
    return claim.get_absolute_url() if claim else ""


CLAIMS = registry.Finder(
    title=gettext_lazy("Claims"),
    rows=lambda user: Claim.objects.visible_to(user).select_related("person").order_by("-activity_date", "-pk"),
    fields=("reference", "person__search_key", "description"),
    show=_found_claims,
    exact=_claim_of,
    order=40,
)
