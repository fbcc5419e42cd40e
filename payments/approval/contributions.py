"""Adds claims that wait for approval to the home page, and what is usual to the pages where an expense is typed."""

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from payments.approval import queries, usual
from payments.claims import hooks as claim_hooks
from people import registry
from programmes.models import Programme, Role, programmes_where
from wellbeing.lib.dates import short_date


def staff_tasks(user):
    """List as tasks the programmes in which claims wait that `user` is asked to check."""
    today = timezone.localdate()
    programmes = Programme.objects.in_bulk(programmes_where(user, Role.STAFF))
    to_check = (
        queries.claims_asked_of(user, programmes, today)
        .order_by()
        .values("programme")
        .annotate(n=Count("pk"), due=Min("pay_by"), oldest=Min("submitted_at"))
    )
    return [
        registry.Task(
            title=ngettext("%(n)s claim to check", "%(n)s claims to check", row["n"]) % {"n": row["n"]},
            detail=_("%(programme)s. The oldest was sent on %(day)s.")
            % {"programme": programmes[row["programme"]], "day": short_date(row["oldest"])},
            url=f"{reverse('claims', args=[programmes[row['programme']].slug])}?status=submitted&sort=submitted_at",
            due=row["due"],
            urgent=row["due"] < today,
        )
        for row in to_check
    ]


def register():
    """Called once, when the app is ready."""
    claim_hooks.ask_above.append(usual.ask_above)
