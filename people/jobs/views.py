"""Watch long work, and start it again when it stopped."""

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.vary import vary_on_headers

from people import registry
from people.jobs import actions
from people.jobs.models import Job
from wellbeing.lib.errors import ActionError
from wellbeing.lib.form_pages import button_page, read_page


@read_page
@never_cache
@vary_on_headers("Accept")
def job(request, pk):
    """Show how far a piece of long work is: a page, or JSON for the script that keeps the page up to date.

    JSON: status (waiting, running, done, failed), state (the progress component's word for it), done, total, percent,
    text, message (the same), finished, next_url (where to go once it is done, else "").
    """
    job = _visible_job(request, pk)
    next_url = registry.job_kinds[job.kind].url(job)
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        return JsonResponse(
            {
                "status": job.status,
                "state": job.state,
                "done": job.done,
                "total": job.total,
                "percent": job.percent,
                "text": job.text,
                "message": job.text,
                "finished": job.is_finished,
                "next_url": next_url if job.status == Job.Status.DONE else "",
            }
        )
    return render(
        request,
        "people/jobs/job.html",
        {"job": job, "next_url": next_url, "refresh_seconds": job.refresh_seconds},
    )


@button_page
def job_try_again(request, pk):
    """Start failed work again and show its progress."""
    job = _visible_job(request, pk)
    try:
        job = actions.try_again(job=job, by=request.user)
    except ActionError as error:
        messages.error(request, str(error))
    return redirect(reverse("job", args=[job.pk]))


def _visible_job(request, pk):
    job = get_object_or_404(Job, pk=pk)
    kind = registry.job_kinds.get(job.kind)
    if kind is None or not kind.can_see(request.user, job):
        raise Http404
    return job
