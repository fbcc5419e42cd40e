"""The page on which somebody says whether a second record is theirs."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from programmes.doubles import actions, queries
from programmes.doubles.forms import AnswerForm
from programmes.programme.views.pages import show_form
from wellbeing.lib.form_pages import attempt, form_page, posted


@form_page
def merge_answer(request, pk):
    """Say whether a second record is theirs; 404 for everybody who is not asked, and once it is answered."""
    merge = get_object_or_404(queries.questions_to(request.user), pk=pk)
    form = AnswerForm(posted(request), name=merge.record_name)
    if attempt(form, lambda: _answer(request, merge, form.cleaned_data["answer"])):
        return redirect("home")
    return show_form(
        request,
        form,
        title=_("Is this record yours, too?"),
        caption=merge.programme.name,
        lead=_(
            "The programme has a second record, added for somebody with this name. If it is yours, all of it moves to"
            " your own record, and nothing is lost."
        ),
        back_url=reverse("home"),
        submit=_("Send"),
    )


def _answer(request, merge, answer):
    if answer == "yes":
        actions.accept(merge=merge, by=request.user)
        messages.success(request, _("Both records are one now."))
    else:
        actions.decline(merge=merge, by=request.user)
        messages.success(request, _("It is noted that this record is somebody else's."))
    return True
