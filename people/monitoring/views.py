"""Pages on which somebody answers questions about fairness for themselves. Nobody else has a page with answers."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from people.monitoring import actions, queries
from people.monitoring.forms import AnswerForm
from wellbeing.lib.dates import today
from wellbeing.lib.form_pages import attempt, attempt_button, button_page, form_page, posted, read_page


@read_page
def monitoring(request):
    """Show the reader the questions, what they answered, why we ask and who sees it."""
    asked = queries.own(request.user.person, today())
    context = {
        "promise": queries.promise(today()),
        "asked": asked,
        "first_open": next((one.question for one in asked if one.answer is None), None),
        "has_answers": any(one.answer for one in asked),
    }
    return render(request, "people/monitoring/monitoring.html", context)


@form_page
def monitoring_question(request, about):
    """Answer one question, or change the answer; then go on to the next that is open."""
    asked = queries.own(request.user.person, today())
    place = next((place for place, one in enumerate(asked) if one.question.key == about), None)
    if place is None:
        raise Http404
    question, answer = asked[place].question, asked[place].answer
    initial = {"option": answer.option, "own_words": answer.own_words} if answer else {}
    form = AnswerForm(posted(request), question=question, initial=initial)
    act = partial(actions.answer, person=request.user.person, question=question, by=request.user)
    following = next((one.question for one in asked[place + 1 :] if one.answer is None), None)
    go_on = reverse("monitoring_question", args=[following.key]) if following else reverse("monitoring")
    if attempt(form, lambda: act(**form.cleaned_data)):
        messages.success(request, _("Your answer is saved."))
        return redirect(go_on)
    context = {"question": question, "answer": answer, "form": form, "go_on": go_on, "number": place + 1}
    return render(request, "people/monitoring/question.html", context | {"how_many": len(asked)})


@button_page
def monitoring_take_back(request, about=""):
    """Take one answer back, or all of them."""
    act = partial(actions.take_back, person=request.user.person, by=request.user)
    if done := attempt_button(request, lambda: act(question=about)):
        if done.result:
            messages.success(
                request,
                _("It is taken back. We have no answer of yours any more to this.")
                if about
                else _("Your answers are taken back. We have none of them any more."),
            )
        else:
            messages.info(request, _("There was no answer to take back."))
    return redirect("monitoring")


@button_page
def monitoring_not_now(request):
    """Ask the reader no more on the home page."""
    if attempt_button(request, lambda: actions.not_now(person=request.user.person, by=request.user)):
        messages.success(request, _("We will not ask again. If you change your mind, look under “Your details”."))
    return redirect("home")
