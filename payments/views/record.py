"""What a person sees alone: their own record and limit, letters about their involvement; and whom to ask."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from payments import letters, own_record
from payments.actions import own as actions
from payments.forms.record import LetterForm, LimitForm
from payments.models import InvolvementLetter, Signpost
from people.models import Job
from wellbeing.lib.errors import ActionError
from wellbeing.lib.files import private_file


@require_safe
@login_required
def your_record(request):
    """What the reader's time earned, by week and month, beside their own limit. Nobody else can see it."""
    person, today = request.user.person, timezone.localdate()
    limit = own_record.limit_of(person)
    found = own_record.entries(person)
    week, month = (limit.week_pence, limit.month_pence) if limit else (None, None)
    context = {
        "limit": limit,
        "entries": found,
        "this_week": own_record.period(found, own_record.week_of, today, week),
        "this_month": own_record.period(found, own_record.month_of, today, month),
        "weeks": own_record.periods(found, own_record.week_of, week),
        "months": own_record.periods(found, own_record.month_of, month),
    }
    return render(request, "payments/record/record.html", context)


@sensitive_post_parameters("week", "month", "label")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def your_limit(request):
    """Set, change or take away one's own limit."""
    limit = own_record.limit_of(request.user.person)
    initial = {"week": limit.week_pence, "month": limit.month_pence, "label": limit.label} if limit else {}
    form = LimitForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            actions.set_limit(by=request.user, week_pence=data["week"], month_pence=data["month"], label=data["label"])
        except ActionError as error:
            error.add_to(form)
        else:
            messages.success(request, _("Saved. Only you can see it."))
            return redirect("your_record")
    return render(request, "payments/record/limit.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def your_letters(request):
    """Ask for a letter about one's involvement, and open those made before."""
    person = request.user.person
    programmes = letters.programmes_of(person)
    only = programmes[0].pk if len(programmes) == 1 else None
    form = LetterForm(
        request.POST if request.method == "POST" else None,
        programmes=programmes,
        initial={"programme": only, "with_days": True},
    )
    if form.is_bound and form.is_valid():
        try:
            actions.ask_for_letter(by=request.user, **form.cleaned_data)
        except ActionError as error:
            error.add_to(form)
        else:
            messages.success(request, _("We are making your letter. It appears below in a moment."))
            return redirect("your_letters")
    made = list(InvolvementLetter.objects.filter(person=person).select_related("programme"))
    waiting = [row.pk for row in made if row.made_at is None]
    job = Job.objects.filter(kind=letters.JOB_KIND, subject_id__in=waiting).exclude(status=Job.Status.DONE).first()
    context = {
        "form": form,
        "programmes": programmes,
        "letters": [row for row in made if row.made_at],
        "job": job,
        "refresh_seconds": 5 if job and not job.is_finished and not form.is_bound else None,
    }
    return render(request, "payments/record/letters.html", context)


@require_safe
@login_required
def your_letter(request, pk):
    """One of the reader's own letters. Anybody else's is not there."""
    row = get_object_or_404(InvolvementLetter, pk=pk, person__user=request.user, made_at__isnull=False)
    name = _("Letter about your involvement %(day)s.pdf") % {"day": timezone.localdate(row.made_at).isoformat()}
    try:
        return private_file(row.file, name=name, content_type="application/pdf")
    except FileNotFoundError:
        raise Http404 from None


@require_safe
def money_and_benefits(request):
    """Whom to ask about money and benefits. No advice: facts with their source, and where to check them."""
    rows = Signpost.objects.in_force(timezone.localdate())
    context = {
        "who": [row for row in rows if row.kind == Signpost.Kind.WHO],
        "facts": [row for row in rows if row.kind == Signpost.Kind.FACT],
    }
    return render(request, "payments/record/benefits.html", context)
