"""The page that most forms of this app stand on."""

from django.shortcuts import render


def show_form(request, form, *, title, back_url, submit, caption="", lead="", warning=False, **context):
    """Show a page with one form: `title`, perhaps a `caption` above and a `lead` below it, and a way back."""
    return render(
        request,
        "programmes/programme/form.html",
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
