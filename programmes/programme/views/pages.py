"""The page that most forms of this app stand on."""

from django.shortcuts import render

FORM_PAGE = "programmes/programme/form.html"


def show_form(
    request, form, *, title, back_url, submit, caption="", lead="", warning=False, template=FORM_PAGE, **context
):
    """Show a page with one form: `title`, perhaps a `caption` above and a `lead` below it, and a way back.

    `template` is another that extends FORM_PAGE.
    """
    return render(
        request,
        template,
        {
            "form": form,
            "title": title,
            "caption": caption,
            "lead": lead,
            "back_url": back_url,
            "submit": submit,
            "warning": warning,
            "programme": getattr(request, "programme", None),
            **context,
        },
    )
