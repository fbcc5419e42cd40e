"""A person's own record: earnings, limit, letters, choice of payment."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from payments.claims.models.claim import Claim
from payments.my_record import actions, involvement_letter, queries, rules
from payments.my_record.forms import LetterForm, LimitForm
from payments.my_record.models import InvolvementLetter, Signpost
from payments.recognition import queries as recognition_queries
from payments.recognition.forms import RecognitionForm
from payments.shared.guards import programme_for
from payments.shared.queries import programmes_of
from people.models import Job
from wellbeing.lib.errors import ActionError
from wellbeing.lib.files import private_file
from wellbeing.lib.form_pages import attempt, form_page, is_sent, posted, read_page


@read_page
def your_record(request):
    """Show what the reader's time earned, by week and month, beside their own limit. Nobody else can see it."""
    person, today = request.user.person, timezone.localdate()
    limit = queries.limit_of(person)
    entries = queries.entries(person)
    week, month = (limit.week_pence, limit.month_pence) if limit else (None, None)
    context = {
        "limit": limit,
        "entries": entries,
        "this_week": queries.period(entries, queries.week_of, today, week),
        "this_month": queries.period(entries, queries.month_of, today, month),
        "weeks": queries.periods(entries, queries.week_of, week),
        "months": queries.periods(entries, queries.month_of, month),
    }
    return render(request, "payments/my_record/record.html", context)


@sensitive_post_parameters("week", "month", "label")
@form_page
def your_limit(request):
    """Set, change or take away one's own limit."""
    limit = queries.limit_of(request.user.person)
    initial = {"week": limit.week_pence, "month": limit.month_pence, "label": limit.label} if limit else {}
    form = LimitForm(posted(request), initial=initial)
    if is_sent(form):
        data = form.cleaned_data
        try:
            actions.set_limit(by=request.user, week_pence=data["week"], month_pence=data["month"], label=data["label"])
        except ActionError as error:
            error.add_to(form)
        else:
            messages.success(request, _("Saved. Only you can see it."))
            return redirect("your_record")
    return render(request, "payments/my_record/limit.html", {"form": form})


@form_page
def your_letters(request):
    """Ask for a letter about one's involvement, and open those made before."""
    person = request.user.person
    programmes = programmes_of(person)
    only = programmes[0].pk if len(programmes) == 1 else None
    form = LetterForm(
        posted(request),
        programmes=programmes,
        initial={"programme": only, "with_days": True},
    )
    if attempt(form, lambda: actions.ask_for_letter(by=request.user, **form.cleaned_data)):
        messages.success(request, _("We are making your letter. It will appear below soon."))
        return redirect("your_letters")
    letters = list(InvolvementLetter.objects.filter(person=person).select_related("programme"))
    waiting = [row.pk for row in letters if row.made_at is None]
    job = (
        Job.objects.filter(kind=involvement_letter.JOB_KIND, subject_id__in=waiting)
        .exclude(status=Job.Status.DONE)
        .first()
    )
    context = {
        "form": form,
        "programmes": programmes,
        "letters": [row for row in letters if row.made_at],
        "job": job,
        "refresh_seconds": job.refresh_seconds if job and not form.is_bound else None,
    }
    return render(request, "payments/my_record/letters.html", context)


@read_page
def your_letter(request, pk):
    """Send one of the reader's own letters. Raises Http404 for anybody else's."""
    row = get_object_or_404(InvolvementLetter, pk=pk, person__user=request.user, made_at__isnull=False)
    name = _("Letter about your involvement %(day)s.pdf") % {"day": timezone.localdate(row.made_at).isoformat()}
    try:
        return private_file(row.file, name=name, content_type="application/pdf")
    except FileNotFoundError:
        raise Http404 from None


@require_safe
def money_and_benefits(request):
    """Show whom to ask about money and benefits. No advice: facts with their source, and where to check them."""
    rows = Signpost.objects.effective_on(timezone.localdate())
    context = {
        "who": [row for row in rows if row.kind == Signpost.Kind.WHO],
        "facts": [row for row in rows if row.kind == Signpost.Kind.FACT],
    }
    return render(request, "payments/my_record/benefits.html", context)


@form_page
def your_recognition(request, slug):
    """Choose how the reader is paid for all they do in a programme."""
    programme = programme_for(request, slug, rules.can_choose_recognition)
    choice = recognition_queries.standing_choice(request.user.person, programme)
    initial = {
        "recognition": choice.recognition if choice else Claim.Recognition.ALL,
        "part": choice.recognition_pence if choice else None,
    }
    data = posted(request)
    form = RecognitionForm(data, initial=initial, offer=recognition_queries.offer_of(programme))
    act = partial(actions.choose, programme=programme, by=request.user)
    if attempt(form, lambda: act(**form.values), edits=choice or programme):
        messages.success(request, _("Saved. Your next claims start with this. You can change it on each claim."))
        return redirect("your_details")
    return render(request, "payments/my_record/recognition.html", {"programme": programme, "form": form})
