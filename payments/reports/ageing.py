"""Report claims by status and age: those that were sent, and how long those not paid have waited."""

from django.db.models import Count, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from payments.claims.models.claim import NOTHING_OWED, Claim
from payments.claims.models.lines import ClaimLine
from payments.reports.report import DATE, MONEY, NUMBER, Report, ReportColumn, Section
from wellbeing.lib.dates import short_date

# The groups of ages, in days since sending. They are only for display.
AGES = ((0, 7), (8, 14), (15, 28), (29, None))
UNSENT = (Claim.Status.DRAFT, Claim.Status.WITHDRAWN)


def report(programme, period, today):  # noqa: ARG001  (every report takes the same three)
    """Report the claims of `programme` by status and age on the day `today`; `period` is not used."""
    waiting = _Waiting(programme, today)
    return Report(
        title=_("Claims by status and age"),
        period=_("As it stood on %(day)s") % {"day": short_date(today)},
        expected=waiting.claims().count,
        sections=[
            Section(
                _("By status"),
                [
                    ReportColumn(_("Status")),
                    ReportColumn(_("Claims"), NUMBER, summed=True),
                    ReportColumn(_("Asked for"), MONEY, summed=True),
                ],
                _by_status(programme),
            ),
            Section(
                _("Not paid, by days since sent"),
                [
                    ReportColumn(_("Sent")),
                    ReportColumn(_("Claims"), NUMBER, summed=True),
                    ReportColumn(_("Amount"), MONEY, summed=True),
                ],
                waiting.by_age(),
                worked_out_last=True,
            ),
            Section(
                _("Not paid, the oldest first"),
                [
                    ReportColumn(_("Claim")),
                    ReportColumn(_("Status")),
                    ReportColumn(_("Sent"), DATE),
                    ReportColumn(_("Promised by"), DATE),
                    ReportColumn(_("Days since sent"), NUMBER),
                    ReportColumn(_("Days late"), NUMBER),
                    ReportColumn(_("Amount"), MONEY, summed=True),
                ],
                waiting.rows(),
            ),
        ],
        notes=[
            _("Claims that have not been sent are not included. Only the person can see them."),
            _(
                "The amount is what the person claimed. After approval, it is the amount approved, less any payment"
                " they turned down."
            ),
        ],
    )


def _sent(programme):
    return Claim.objects.filter(programme=programme).exclude(status__in=UNSENT)


def _by_status(programme):
    counts = dict(_sent(programme).order_by().values_list("status").annotate(Count("pk")))
    pence = dict(
        ClaimLine.objects.filter(claim__in=_sent(programme))
        .order_by()
        .values_list("claim__status")
        .annotate(Sum("amount_pence"))
    )
    for status in Claim.Status:
        if status in counts:
            yield [str(status.label), counts[status], pence.get(status, 0)]


class _Waiting:
    """The claims not paid yet, read once for the list of them and the sums by age."""

    def __init__(self, programme, today):
        self.programme, self.today = programme, today
        self.ages = [[0, 0] for _age in AGES]

    def claims(self):
        return _sent(self.programme).exclude(status__in=Claim.FINISHED).exclude(NOTHING_OWED)

    def rows(self):
        for claim in self.claims().with_totals().order_by("submitted_at", "pk").iterator():
            sent = timezone.localdate(claim.submitted_at)
            days = max((self.today - sent).days, 0)
            pence = claim.total_pence if claim.approved_pence is None else claim.approved_pence - claim.waived_pence
            index = next(index for index, (_first, last) in enumerate(AGES) if last is None or days <= last)
            self.ages[index][0] += 1
            self.ages[index][1] += pence
            late = max((self.today - claim.pay_by).days, 0) or None
            yield [claim.reference, str(claim.get_status_display()), sent, claim.pay_by, days, late, pence]

    def by_age(self):
        for (first, last), (count, pence) in zip(AGES, self.ages, strict=True):
            label = _("%(first)s to %(last)s days ago") if last else _("%(first)s days ago or longer")
            yield [label % {"first": first, "last": last}, count, pence]
