"""Pages on which members say what they think, and others answer or write it down."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from people.directory.models import Person
from programmes.decisions import rules
from programmes.decisions.actions import proposing, speaking
from programmes.decisions.forms.speaking import (
    AnswerForm,
    ClosingForm,
    InterestForm,
    LateViewForm,
    PositionForm,
    QuestionForm,
    RecordedPositionForm,
    ReplyForm,
    TakeBackForm,
    ThoughtForm,
)
from programmes.decisions.guards import proposal_or_404
from programmes.decisions.models import DecisionDraft, Objection, Question
from programmes.decisions.page import DecisionPage
from programmes.decisions.views.drafts import with_draft
from programmes.decisions.views.pages import form_of
from programmes.groups import queries as group_queries
from programmes.groups.models import Interest
from programmes.programme.models.groups import Term
from wellbeing.lib.dates import today
from wellbeing.lib.form_pages import attempt, form_page, posted


@form_page
def decision_position(request, pk):
    """Give a view as a member, or change it. Words that arrive after the decision are kept, and may join it."""
    decision = proposal_or_404(request, pk)
    page = DecisionPage(decision, request.user, today())
    if decision.decided_on and page.may_add_late:
        return _decided_meanwhile(request, decision)
    rules.can_take_position(request.user, decision, page.term).insist(PermissionDenied)
    mine = page.mine
    initial = (
        {"stance": mine.stance, "reason": mine.reason, "matters": mine.matters, "named": mine.named} if mine else None
    )
    form = PositionForm(posted(request), initial=initial, decision=decision)
    act = partial(speaking.take_position, decision=decision, by=request.user)
    words = {_("The proposal"): f"{decision.title}. {decision.wording}"}
    if attempt(form, lambda: act(**form.cleaned_data), edits=decision, facts=words):
        messages.success(request, _("Thank you. You can change this until the decision is made."))
        return redirect("decision", pk)
    if request.method == "POST":
        # It is shown with the wording as it is now, and sent again about that one.
        decision = proposal_or_404(request, pk)
        data: Any = form.data
        data = data.copy()
        data["version"] = str(decision.version_id)
        form.data = data
    return render(
        request,
        "programmes/decisions/decision_position.html",
        {
            "programme": decision.programme,
            "decision": decision,
            "form": form,
            "page": page,
            **with_draft(request, decision, form, DecisionDraft.Kind.VIEW),
        },
    )


def _decided_meanwhile(request, decision):
    """Show what a member was writing when the decision was made, to be added to it as said afterwards."""
    form = LateViewForm(posted(request), method=decision.method)
    act = partial(speaking.say_after, decision=decision, by=request.user)
    # The form of a view that was being written arrives without it, and is shown first.
    if "after" in request.GET and attempt(form, lambda: act(**form.cleaned_data)):
        messages.success(request, _("Your words stand beside the decision, as said after it."))
        return redirect("decision", decision.pk)
    kept = with_draft(request, decision, form, DecisionDraft.Kind.VIEW)
    return render(
        request,
        "programmes/decisions/decision_late.html",
        {
            "programme": decision.programme,
            "decision": decision,
            "form": form,
            "was_writing": bool(request.POST) or kept["draft"] is not None,
            **kept,
        },
    )


@form_page
def decision_position_for(request, pk):
    """Write down the view of a member who gave it by phone, by letter or at a meeting."""
    decision = proposal_or_404(request, pk)
    rules.can_record_for(request.user, decision).insist(PermissionDenied)
    serving = Term.objects.effective_on(today()).filter(group=decision.group)
    members = Person.objects.filter(pk__in=serving.values("person")).exclude(pk=request.user.person.pk)
    form = RecordedPositionForm(posted(request), members=members.order_by("sort_key", "pk"), method=decision.method)
    act = partial(speaking.record_position, decision=decision, by=request.user)
    if attempt(form, lambda: act(**form.cleaned_data)):
        messages.success(request, _("The view is written down. The member gets a message that says so."))
        return redirect("decision", pk)
    return form_of(
        request,
        decision,
        form,
        title=_("Write down a member's view"),
        lead=decision.wording,
        submit=_("Write it down"),
    )


@form_page
def decision_thought(request, pk):
    """Say what one thinks of a proposal that is talked over, or pass."""
    decision = proposal_or_404(request, pk)
    page = DecisionPage(decision, request.user, today())
    if not page.may_think:
        raise PermissionDenied
    mine = page.my_thought
    names = ("words", "matters", "passes", "named")
    form = ThoughtForm(posted(request), initial={name: getattr(mine, name) for name in names} if mine else None)
    act = partial(speaking.think, decision=decision, by=request.user)
    if attempt(form, lambda: act(**form.cleaned_data)):
        messages.success(request, _("Thank you. The group can read it."))
        return redirect("decision", pk)
    return form_of(
        request,
        decision,
        form,
        title=_("Your first thoughts"),
        lead=decision.wording,
        submit=_("Save my thoughts"),
        **with_draft(request, decision, form, DecisionDraft.Kind.THOUGHT),
    )


@form_page
def decision_question(request, pk):
    """Ask something about a proposal."""
    decision = proposal_or_404(request, pk)
    term = group_queries.term_of(request.user, decision.group, today())
    rules.can_talk(request.user, decision, term).insist(PermissionDenied)
    form = QuestionForm(posted(request))
    act = partial(speaking.ask_question, decision=decision, by=request.user)
    if attempt(form, lambda: act(**form.cleaned_data)):
        messages.success(request, _("Your question stands under the proposal. We will tell you when it has an answer."))
        return redirect("decision", pk)
    return form_of(
        request,
        decision,
        form,
        title=_("Ask a question"),
        submit=_("Ask"),
        **with_draft(request, decision, form, DecisionDraft.Kind.QUESTION),
    )


@form_page
def question_answer(request, pk, question):
    """Answer a question about a proposal."""
    decision = proposal_or_404(request, pk)
    row = get_object_or_404(Question, pk=question, decision=decision)
    rules.can_answer(request.user, decision).insist(PermissionDenied)
    form = AnswerForm(posted(request))
    if attempt(form, lambda: speaking.answer_question(question=row, by=request.user, **form.cleaned_data)):
        messages.success(request, _("Your answer stands under the question."))
        return redirect("decision", pk)
    return form_of(request, decision, form, title=_("Answer a question"), lead=row.words, submit=_("Answer"))


@form_page
def objection_reply(request, pk, objection):
    """Answer one objection with reasons."""
    decision, row = _objection(request, pk, objection)
    rules.can_answer(request.user, decision).insist(PermissionDenied)
    form = ReplyForm(posted(request))
    if attempt(form, lambda: speaking.reply_to_objection(objection=row, by=request.user, **form.cleaned_data)):
        messages.success(request, _("Your answer stands under the objection. The member is asked if it is enough."))
        return redirect("decision", pk)
    return form_of(request, decision, form, title=_("Answer an objection"), lead=row.words, submit=_("Answer"))


@form_page
def objection_close(request, pk, objection):
    """Say whether the answer to one's own objection is enough; a colleague writes it down for a member who rang."""
    decision, row = _objection(request, pk, objection)
    mine = row.person_id == request.user.person.pk
    allowed = rules.can_close_objection if mine else rules.can_record_for
    allowed(request.user, row if mine else decision).insist(PermissionDenied)
    act = speaking.close_objection if mine else speaking.record_closing
    form = ClosingForm(posted(request))
    if not mine:
        form.fields["closed_as"].label = _("Did they say that the answer is enough?")
    if attempt(form, lambda: act(objection=row, by=request.user, **form.cleaned_data)):
        messages.success(request, _("It is written down beside the objection."))
        return redirect("decision", pk)
    answers = list(row.replies.order_by("pk"))
    lead = "\n\n".join([f"“{row.words}”", *(answer.words for answer in answers[-1:])])
    return form_of(request, decision, form, title=_("The answer to an objection"), lead=lead, submit=_("Save"))


@form_page
def decision_interest(request, pk):
    """Declare an interest in a decision, as a member; or take it back."""
    decision = proposal_or_404(request, pk)
    term = group_queries.term_of(request.user, decision.group, today())
    rules.can_declare(request.user, decision, term).insist(PermissionDenied)
    declared = decision.declared_interests.filter(person=request.user.person, taken_back_on=None).first()
    if declared:
        back = TakeBackForm(posted(request))
        if attempt(back, lambda: proposing.take_back_interest(declared=declared, by=request.user, **back.cleaned_data)):
            messages.success(request, _("You take part in this decision again."))
            return redirect("decision", pk)
        return form_of(
            request, decision, back, title=_("Take back your interest"), lead=declared.outline, submit=_("Take it back")
        )
    mine = Interest.objects.held_on(today()).filter(group=decision.group, person=request.user.person)
    form = InterestForm(posted(request), interests=mine)
    act = partial(proposing.declare_interest, decision=decision, by=request.user)
    if attempt(form, lambda: act(**form.cleaned_data)):
        messages.success(request, _("Thank you. You take no part in this decision and are not counted in it."))
        return redirect("decision", pk)
    return form_of(
        request,
        decision,
        form,
        title=_("Declare an interest"),
        lead=_("You then take no part in this decision. You do not count towards the members it needs."),
        submit=_("Declare it"),
    )


def _objection(request, pk, objection):
    decision = proposal_or_404(request, pk)
    rows = Objection.objects.select_related("decision__programme", "decision__group", "person", "position")
    return decision, get_object_or_404(rows, pk=objection, decision=decision)
