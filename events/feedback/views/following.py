"""Pages about what follows an event: thanks, who spoke, feedback with its results, and the report."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.feedback import documents, queries, rules
from events.feedback.actions import speaking, thanking
from events.feedback.forms import MoreTimeForm, SureForm, ThankForm, WhoSpokeForm
from events.feedback.guards import inside_event, managed_round
from events.feedback.models import FeedbackRule, WhoSpoke
from events.feedback.page import FeedbackPage, page_url
from events.feedback.report import EventReport
from events.planning.guards import managed_event
from events.planning.rules import can_manage_event
from programmes.programme.views.pages import show_form
from wellbeing.lib.dates import long_date, today
from wellbeing.lib.errors import ActionError
from wellbeing.lib.files import made_pdf
from wellbeing.lib.form_pages import attempt, form_page, is_refused, posted, read_page


@read_page
def event_feedback(request, pk):
    """Show what follows an event to those who help to run it, finance and the steering group; staff have a tab."""
    event = inside_event(request, pk)
    if can_manage_event(request.user, event):
        return redirect(page_url(event))
    if is_refused(request, rules.can_see(request.user, event)):
        return redirect(event)
    context = {"programme": event.programme, "event": event, "page": FeedbackPage(event, request.user)}
    return render(request, "events/feedback/feedback.html", context)


@form_page
def event_thank(request, pk):
    """Thank who came, and ask them how it was."""
    event = managed_event(request, pk)
    back, number = page_url(event), queries.to_thank(event).count()
    problem = rules.can_thank(request.user, event).why_not or (
        "" if number else _("Everybody who came has been thanked.")
    )
    if problem:
        messages.error(request, problem)
        return redirect(back)
    round = queries.round_of(event)
    form = ThankForm(posted(request), initial={"next_words": round.next_words if round else ""})
    if attempt(form, lambda: thanking.thank(event=event, by=request.user, **form.cleaned_data)):
        messages.success(request, _("A worker is writing to them now. Nobody is thanked twice."))
        return redirect(back)
    return show_form(
        request,
        form,
        title=ngettext("Thank %(n)s person who came", "Thank %(n)s people who came", number) % {"n": number},
        caption=event.title,
        lead=_thank_lead(event, round),
        back_url=back,
        submit=_("Thank them"),
    )


def _thank_lead(event, round):
    rule = FeedbackRule.objects.in_force_on(event.programme, today())
    words = _("Each is thanked in the way they chose, with a personal link to say how it was.")
    if round is not None:
        return f"{words} {_('They can answer until %(day)s.') % {'day': long_date(round.closes_on)}}"
    days = ngettext("They can answer for %(n)s day.", "They can answer for %(n)s days.", rule.open_days)
    return f"{words} {days % {'n': rule.open_days}}"


@form_page
def event_who_spoke(request, pk):
    """Note who spoke, by kind and not by name."""
    event = inside_event(request, pk)
    back = _back(request, event)
    allowed = rules.can_note_who_spoke(request.user, event)
    if not allowed:
        if not event.has_started:
            messages.error(request, allowed.why_not)
            return redirect(event)
        raise PermissionDenied
    row = WhoSpoke.objects.filter(event=event).first()
    names = ("lived_experience", "partners", "staff", "note")
    form = WhoSpokeForm(posted(request), initial={name: getattr(row, name) for name in names} if row else None)
    if attempt(form, lambda: speaking.note(event=event, by=request.user, **form.cleaned_data), edits=row):
        messages.success(request, _("We noted who spoke."))
        return redirect(back)
    return show_form(
        request,
        form,
        title=_("Who spoke?"),
        caption=event.title,
        lead=_("About how many of each kind of people said something to everybody. No names, no counting."),
        back_url=back,
        submit=_("Save"),
    )


def _back(request, event):
    return page_url(event) if can_manage_event(request.user, event) else reverse("event_feedback", args=[event.pk])


@form_page
def feedback_longer(request, pk):
    """Take answers until a later day."""
    round = managed_round(request, pk)
    form = MoreTimeForm(posted(request))
    act = partial(thanking.give_more_time, round=round, by=request.user)
    if attempt(form, lambda: act(**form.cleaned_data)):
        messages.success(request, _("People can answer until the new day."))
        return redirect(page_url(round.event))
    return show_form(
        request,
        form,
        title=_("Give people more time"),
        caption=round.event.title,
        lead=_("The last day to answer is %(day)s.") % {"day": long_date(round.closes_on)},
        back_url=page_url(round.event),
        submit=_("Save"),
    )


@form_page
def feedback_close(request, pk):
    """Take no more answers, so that the results can be seen."""
    round = managed_round(request, pk)
    form = SureForm(posted(request))
    if attempt(form, lambda: thanking.close(round=round, by=request.user)):
        messages.success(request, _("Feedback is closed. The results can be seen now."))
        return redirect(page_url(round.event))
    return show_form(
        request,
        form,
        title=_("Close feedback on this event?"),
        caption=round.event.title,
        lead=_("Nobody can answer after that, and it cannot be opened again. The results can be seen at once."),
        back_url=page_url(round.event),
        submit=_("Close it"),
        warning=True,
    )


@read_page
def event_report(request, pk, layout):
    """Draw the report on an event as a PDF, in standard or large print."""
    event = inside_event(request, pk)
    if layout not in documents.LAYOUTS:
        raise Http404
    allowed = rules.can_read_report(request.user, event)
    if not allowed:
        if event.status == event.Status.HELD:
            raise PermissionDenied
        messages.error(request, allowed.why_not)
        return redirect(event)
    try:
        content = documents.report_paper(EventReport(event), layout)
    except ActionError as error:
        messages.error(request, str(error))
        return redirect(event)
    return made_pdf(content, _("Report, %(event)s.pdf") % {"event": event.title})
