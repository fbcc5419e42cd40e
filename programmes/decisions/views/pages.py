"""The page that the forms of a proposal stand on."""

from django.urls import reverse

from programmes.programme.views.pages import show_form


def form_of(request, decision, form, *, title, submit, **more):
    """Show a page with one form about `decision`, and the way back to it; `more` as `show_form` takes it.

    With `draft_kind` the form is one whose words are kept, see `with_draft`.
    """
    return show_form(
        request,
        form,
        decision=decision,
        title=title,
        caption=decision.title,
        back_url=reverse("decision", args=[decision.pk]),
        submit=submit,
        **({"template": "programmes/decisions/kept_form.html"} if "draft_kind" in more else {}),
        **more,
    )
