"""The impact page of a programme, what it said before, and its paper."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from people.jobs import queries as job_queries
from programmes.heard import queries as heard_queries
from programmes.impact import documents, queries, rules, wording
from programmes.impact.actions import papers
from programmes.impact.forms import PaperForm
from programmes.impact.guards import shared_programme_or_404, writable_programme
from programmes.impact.models import ImpactPaper
from programmes.programme.guards import programme_or_404
from wellbeing.lib.dates import today
from wellbeing.lib.files import private_file
from wellbeing.lib.form_pages import attempt, attempt_button, button_page, form_page, posted, read_page
from wellbeing.lib.public_pages import public_page

PAPERS_SHOWN = 12


def _shown(programme, fewest):
    impact = queries.impact_of(programme, today(), fewest)
    return {
        "programme": programme,
        "impact": impact,
        "answers": wording.answers_in_words(impact),
        "replies": wording.replies_in_words(impact),
    }


@read_page
def impact(request, slug):
    """Show everybody in the programme its vision, its aims, what people do and what changed."""
    programme = programme_or_404(request, slug)
    context = _shown(programme, heard_queries.fewest_for_members(today()))
    may_write = bool(rules.can_write(request.user, programme))
    context |= {
        "may_write": may_write,
        "may_have_paper": bool(rules.can_ask_for_paper(request.user, programme)),
        "is_shared": queries.is_shared(programme),
        "has_earlier": bool(queries.earlier_visions(programme, today()))
        or queries.earlier_aims(programme, today()).exists(),
        "planned": queries.planned_visions(programme, today()) if may_write else [],
        "papers": queries.papers_of(programme).exclude(made_at=None).exists(),
        "links_to_said": True,
    }
    return render(request, "programmes/impact/impact.html", context)


@public_page
def impact_public(request, slug):
    """Show the same to everybody, once the programme shares it; counts are those that the public may read."""
    programme = shared_programme_or_404(slug)
    context = _shown(programme, heard_queries.fewest_for_everybody(today()))
    latest = queries.papers_of(programme).exclude(made_at=None)
    context |= {"is_public": True, "public_papers": _latest_of_each_layout(latest)}
    return render(request, "programmes/impact/impact.html", context)


def _latest_of_each_layout(rows):
    found: dict[str, ImpactPaper] = {}
    for row in rows:
        found.setdefault(row.layout, row)
    return list(found.values())


@read_page
def impact_earlier(request, slug):
    """Show the visions and aims that no longer hold."""
    programme = programme_or_404(request, slug)
    return render(
        request,
        "programmes/impact/earlier.html",
        {
            "programme": programme,
            "visions": queries.earlier_visions(programme, today()),
            "aims": queries.earlier_aims(programme, today()),
        },
    )


@form_page
def impact_papers(request, slug):
    """Have the paper made, and open those that were made before."""
    programme = programme_or_404(request, slug)
    rules.can_ask_for_paper(request.user, programme).insist(PermissionDenied)
    form = PaperForm(posted(request))
    if attempt(form, lambda: papers.ask_for_paper(programme=programme, by=request.user, **form.cleaned_data)):
        messages.success(request, _("The paper is being made. It will be on this page soon."))
        return redirect("impact_papers", slug)
    rows = list(queries.papers_of(programme)[:PAPERS_SHOWN])
    job = job_queries.making(documents.JOB_KIND, rows)
    context = {
        "programme": programme,
        "form": form,
        "papers": [row for row in rows if row.is_made],
        "job": job,
        "refresh_seconds": job.refresh_seconds if job else None,
    }
    return render(request, "programmes/impact/papers.html", context)


@require_safe
def impact_paper(request, pk):
    """Send a paper that was made, to those who may read the page."""
    paper = get_object_or_404(ImpactPaper.objects.select_related("programme"), pk=pk)
    if paper.made_at is None or not rules.can_see_paper(request.user, paper):
        raise Http404
    try:
        return private_file(paper.file, name=f"impact-{paper.programme.slug}.pdf", content_type="application/pdf")
    except FileNotFoundError:
        raise Http404 from None


@button_page
def impact_share(request, slug):
    """Let everybody read the page."""
    programme = writable_programme(request, slug)
    if attempt_button(request, lambda: papers.share(programme=programme, by=request.user)):
        messages.success(request, _("Everybody who has the link can read this page now."))
    return redirect("impact", slug)


@button_page
def impact_stop_sharing(request, slug):
    """Let only people of the programme read the page again."""
    programme = writable_programme(request, slug)
    if attempt_button(request, lambda: papers.stop_sharing(programme=programme, by=request.user)):
        messages.success(request, _("Only people of the programme can read this page now."))
    return redirect("impact", slug)
