"""The letter about a person's involvement, for them to show at a benefit office or to anybody they choose."""

from django.utils import timezone

from payments.claims.models.claim import Claim
from payments.my_record import queries
from payments.my_record.models import InvolvementLetter
from payments.policy import queries as policy_queries
from payments.policy import wording as policy_wording
from payments.policy.models.kinds import ExpenseKind
from payments.recognition import queries as recognition_queries
from payments.shared.documents import render_document
from people.jobs.running import make_once
from programmes.models import Role

JOB_KIND = "involvement_letter"


def letter(row, made_on):
    """Draw the letter that `row` (an InvolvementLetter) asks for, as a tagged PDF dated `made_on`."""
    person, programme = row.person, row.programme
    policy = policy_queries.policy_in_force(programme, made_on)
    choice = recognition_queries.standing_choice(person, programme) if row.with_choice else None
    context = {
        "person": person,
        "programme": programme,
        "made_on": made_on,
        "since": _since(person, programme),
        "fees": policy_wording.fee_sentences(policy) if policy else [],
        "expenses": [rule.label for rule in policy.expense_rules.all() if rule.kind != ExpenseKind.OTHER]
        if policy
        else [],
        "with_choice": row.with_choice,
        "choice": recognition_queries.in_words(choice.recognition, choice.recognition_pence, choice.offer)
        if choice
        else recognition_queries.in_words(Claim.Recognition.ALL),
        "with_days": row.with_days,
        "days": _days(person, programme, made_on) if row.with_days else [],
        "print": person.letter_size,
    }
    return render_document("involvement", context)


def _since(person, programme):
    first = person.memberships.filter(programme=programme, role=Role.LIVED_EXPERIENCE).order_by("starts_on").first()
    return first.starts_on if first else None


def _days(person, programme, made_on):
    """List the days of the last 12 months and what was offered for each, the first day first."""
    since = queries.month_of(made_on)[0].replace(year=made_on.year - 1)
    claims = (
        Claim.objects.filter(person=person, programme=programme, activity_date__range=(since, made_on))
        .exclude(status__in=[Claim.Status.WITHDRAWN, Claim.Status.DECLINED])
        .with_totals()
        .order_by("activity_date", "pk")
    )
    return [{"on": claim.activity_date, "what": claim.description, "pence": claim.time_pence} for claim in claims]


def make(job):
    """Do an `involvement_letter` job: make the letter, once. Safe to run twice and to be killed half-way."""
    row = InvolvementLetter.objects.select_related("person", "programme").get(pk=job.subject_id)
    make_once(job, row, f"letter-{row.pk}.pdf", lambda: letter(row, timezone.localdate()))
