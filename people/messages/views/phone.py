"""The demo's phones: every text message the demo has sent, on the phone that got it, with a box to answer it."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from people.messages.demo import demo_only
from people.messages.forms import DemoAnswerForm
from people.messages.models import DemoText
from people.messages.texts import actions, demo, queries
from wellbeing.lib import phones
from wellbeing.lib.form_pages import attempt, posted


@require_safe
@demo_only
def demo_phones(request):
    """List the demo's phones, the one with the latest text first."""
    return render(request, "people/messages/demo/phones.html", {"phones": _phones()})


@require_http_methods(["GET", "HEAD", "POST"])
@demo_only
def demo_phone(request, pk):
    """Show the texts of the phone that has the text `pk`, and send an answer as that phone, as a provider brings it."""
    number = get_object_or_404(DemoText, pk=pk).number
    form = DemoAnswerForm(posted(request))
    if attempt(form, lambda: _answer(number, form.cleaned_data["words"])):
        # To the newest text, which stands above the box.
        return redirect(f"{reverse('demo_phone', args=[pk])}#newest")
    context = {
        "phones": _phones(),
        "here": number,
        "name": queries.names_of_numbers([number]).get(number, ""),
        "number": phones.shown(number),
        "texts": DemoText.objects.filter(number=number),
        "form": form,
    }
    return render(request, "people/messages/demo/phone.html", context)


def _answer(number, words):
    ident = demo.written(number, words)
    return actions.take_text(provider_ref=ident, number=number, words=words, by=None)


def _phones():
    """Return a line for each phone, the latest first: its number, whose it is, its latest text and its page."""
    latest = queries.latest_demo_texts()
    names = queries.names_of_numbers(text.number for text in latest)
    return [
        {
            "pk": text.pk,
            "number": text.number,
            "shown": phones.shown(text.number),
            "name": names.get(text.number, ""),
            "words": text.words,
            "at": text.at,
        }
        for text in latest
    ]
