"""What waits on the home page around making claims, and the way to enter one from a person's page."""

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from payments import making_queries
from payments.models import Claim
from people import registry
from programmes.models import Membership, Programme, Role
from programmes.models.roles import programmes_where
from wellbeing.lib.dates import short_date

MOST_TASKS = 20


def tasks(user):
    """Claims one is entering for somebody, people to be told of theirs, and claims that are late."""
    return [*_entered(user), *_to_tell(user), *_late(user)]


def _entered(user):
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
        for claim in mine.order_by("activity_date", "pk")[:MOST_TASKS]
    ]


def _to_tell(user):
    programmes = programmes_where(user, Role.STAFF)
    if not programmes:
        return []
    waiting = making_queries.claims_to_tell(programmes).exclude(person=user.person)
    return [
        registry.Task(
            title=_("Tell %(name)s about the claim entered for them") % {"name": claim.person},
            detail=_("%(reference)s. Best reached by %(how)s.")
            % {"reference": claim.reference, "how": str(claim.person.get_channel_display()).lower()},
            url=reverse("claim_told", args=[claim.pk]),
        )
        for claim in waiting[:MOST_TASKS]
    ]


def _late(user):
    """For staff and finance: what should have been paid by now, wherever it stands."""
    today = timezone.localdate()
    programmes = Programme.objects.in_bulk(programmes_where(user, Role.STAFF, Role.FINANCE))
    late = (
        Claim.objects.overdue(today)
        .filter(programme__in=programmes)
        .exclude(person=user.person)
        .order_by()
        .values("programme")
        .annotate(n=Count("pk"), due=Min("pay_by"))
    )
    return [
        registry.Task(
            title=ngettext("%(n)s claim is late", "%(n)s claims are late", row["n"]) % {"n": row["n"]},
            detail=_("%(programme)s. The oldest was promised by %(day)s.")
            % {"programme": programmes[row["programme"]], "day": short_date(row["due"])},
            url=f"{reverse('claims', args=[programmes[row['programme']].slug])}?overdue=yes&sort=pay_by",
            due=row["due"],
            urgent=True,
        )
        for row in late
    ]


def ways_to_enter(user, person):
    """[(programme, address), …]: where `user` may enter a claim for `person`."""
    if person.pk == user.person.pk:
        return []
    theirs = Membership.objects.filter(
        person=person, role=Role.LIVED_EXPERIENCE, programme__in=programmes_where(user, Role.STAFF)
    )
    programmes = Programme.objects.filter(pk__in=theirs.values("programme")).order_by("name", "pk")
    return [(programme, reverse("claim_enter", args=[programme.slug, person.pk])) for programme in programmes]
