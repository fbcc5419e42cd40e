"""Pages and files of the documents of a run."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from payments.runs import documents, queries, rules
from payments.runs.actions import runs
from payments.runs.forms.runs import AgainForm
from payments.runs.guards import run_for
from payments.runs.models.documents import Document, LetterDispatch
from payments.shared.downloads import sent
from wellbeing.lib.dates import short_date, time_of_day
from wellbeing.lib.errors import ActionError
from wellbeing.lib.form_pages import attempt, attempt_button, button_page, form_page, posted, read_page


@button_page
def payment_run_documents(request, pk):
    """Have workers make the letters, the schedule and the pack."""
    run = run_for(request, pk)
    rules.can_make_run(request.user, run.programme).insist(PermissionDenied)
    attempt_button(request, lambda: runs.make_documents(run=run, by=request.user))
    return redirect(run)


@form_page
def payment_run_again(request, pk, payment_pk=None):
    """Have every paper of a run, or one letter, made again with a reason. Earlier versions are kept."""
    run = run_for(request, pk)
    rules.can_make_run(request.user, run.programme).insist(PermissionDenied)
    ruling = rules.can_make_documents(request.user, run)
    if not ruling:
        messages.warning(request, ruling.why_not)
        return redirect(run)
    payment = None
    if payment_pk is not None:
        payment = run.payments.select_related("person").filter(pk=payment_pk).first()
        if payment is None:
            raise Http404
    form = AgainForm(posted(request))
    if attempt(
        form,
        lambda: runs.make_documents_again(
            run=run, by=request.user, reason=form.cleaned_data["reason"], payment=payment
        ),
    ):
        return redirect(run)
    context = {"run": run, "programme": run.programme, "payment": payment, "form": form}
    return render(request, "payments/runs/again.html", context)


@button_page
def payment_run_print(request, pk):
    """Send the letters that go by post as one PDF to print; record with each letter who took it and when."""
    run = run_for(request, pk)
    rules.can_make_run(request.user, run.programme).insist(PermissionDenied)
    if done := attempt_button(request, lambda: runs.print_letters(run=run, by=request.user)):
        return sent(done.result.file, file_name(done.result), "application/pdf")
    return redirect(run)


def papers_of(run):
    """Describe the papers about the whole run for its page: newest and older versions, and how the letters went."""
    newest: list[dict[str, str]] = []
    older: list[dict[str, str]] = []
    seen = set()
    for paper in run.documents.filter(payment=None).select_related("run", "payment").order_by("kind", "-version"):
        paper.run = run
        # The batch for the post is handed out by its own button, which records it.
        if paper.kind == Document.Kind.POST and paper.kind not in seen:
            seen.add(paper.kind)
            continue
        (older if paper.kind in seen else newest).append(_file(paper))
        seen.add(paper.kind)
    ways = queries.sendings(run)
    by_post = queries.letters(run, ~queries.BY_EMAIL).count()
    return {
        "newest": newest,
        "older": older,
        "orders": list(run.document_orders.exclude(reason="").select_related("by", "payment__person")),
        "has_post": Document.Kind.POST in seen,
        "by_post": by_post,
        "by_email": queries.letters(run, queries.BY_EMAIL).count(),
        "no_address": run.payments.filter(~queries.BY_EMAIL, person__postal_address="").count(),
        "emailed": ways.get(LetterDispatch.Way.EMAIL, 0),
        "printed": ways.get(LetterDispatch.Way.POST, 0),
    }


def _file(paper):
    detail = _("version %(n)s, made on %(day)s, %(time)s") % {
        "n": paper.version,
        "day": short_date(paper.made_at),
        "time": time_of_day(paper.made_at),
    }
    return {"name": file_name(paper), "url": reverse("document", args=[paper.pk]), "size": paper.size, "detail": detail}


@read_page
def document(request, pk):
    """Send one paper of a run to finance, or the letter of their own payment to a person, byte for byte as made."""
    document = get_object_or_404(
        Document.objects.visible_to(request.user).select_related("run", "payment__person"), pk=pk
    )
    try:
        documents.read(document)
    except ActionError as error:
        return render(request, "payments/runs/changed.html", {"why": str(error)}, status=409)
    return sent(document.file, file_name(document), "application/pdf")


def file_name(document):
    """Return the name a document gets on the reader's machine."""
    if document.payment:
        return _("Payment letter %(reference)s %(name)s.pdf") % {
            "reference": document.payment.reference,
            "name": document.payment.person.full_name.replace("/", " "),
        }
    names = {
        Document.Kind.SCHEDULE: _("Payment run %(reference)s.pdf"),
        Document.Kind.PACK: _("Payment run %(reference)s, schedule and letters.pdf"),
        Document.Kind.POST: _("Payment run %(reference)s, letters for the post.pdf"),
    }
    return names[document.kind] % {"reference": document.run.reference}
