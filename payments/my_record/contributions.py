"""Adds a person's record to their own page, and letters to the jobs."""

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events import registry as events_registry
from payments.advances.models import Advance, Booking
from payments.claims.models.claim import Claim
from payments.my_record import involvement_letter, queries
from payments.my_record.models import InvolvementLetter
from payments.recognition import queries as recognition_queries
from payments.recognition.models import RecognitionChoice
from payments.shared.queries import programmes_of
from people import registry
from wellbeing.lib.dates import short_date
from wellbeing.lib.money import pounds


def own_payments_panel(user):
    """Show how `user` wishes to be paid in each programme, their advances and bookings, and their private pages."""
    person = user.person
    programmes = list(programmes_of(person))
    if not programmes:
        return None
    chosen = {
        choice.programme_id: choice
        for choice in RecognitionChoice.objects.filter(person=person).select_related("offer")
    }
    wishes = []
    for programme in programmes:
        choice = chosen.get(programme.pk)
        wish = (
            recognition_queries.in_words(choice.recognition, choice.recognition_pence, choice.offer)
            if choice
            else recognition_queries.in_words(Claim.Recognition.ALL)
        )
        wishes.append({"programme": programme, "wish": wish})
    context = {
        "wishes": wishes,
        "advances": [row for row in Advance.objects.filter(person=person).with_used() if row.left_pence],
        "bookings": list(Booking.objects.not_removed().filter(person=person, on__gte=timezone.localdate())),
    }
    return registry.Panel("payments/my_record/panel.html", context, order=61)


def past_own_limit(invitation):
    """Say to the invited person, and nobody else, that coming would take them past a limit they set; or ""."""
    return " ".join(
        (_in_week(period) if period.is_week else _in_month(period))
        for period in queries.periods_over_limit_with(invitation)
    )


def _in_week(period):
    words = _("If you come, you would be paid %(taken)s in the week from %(day)s. Your own limit is %(limit)s.")
    return words % {"day": short_date(period.start), **_sums(period)}


def _in_month(period):
    words = _("If you come, you would be paid %(taken)s in %(month)s. Your own limit is %(limit)s.")
    return words % {"month": date_format(period.start, "F Y"), **_sums(period)}


def _sums(period):
    return {"taken": pounds(period.taken), "limit": pounds(period.limit)}


def _can_see_letter_job(user, job):
    return InvolvementLetter.objects.filter(pk=job.subject_id, person__user=user).exists()


def _letters_page(_job):
    return reverse("your_letters")


def register():
    """Called once, when the app is ready."""
    registry.own_details_panels.append(own_payments_panel)
    events_registry.private_words.append(past_own_limit)
    registry.job_kinds[involvement_letter.JOB_KIND] = registry.JobKind(
        run=involvement_letter.make, can_see=_can_see_letter_job, title=gettext_lazy("Your letter"), url=_letters_page
    )
