"""Payment runs taken to where a test begins."""

from payments.runs.actions import runs


def pay(scene, run):
    """Take an open run all the way to paid, papers and all."""
    from django.utils import timezone

    from payments.bank_files.actions import downloads
    from payments.runs import documents as run_documents
    from payments.runs import queries as run_queries
    from people.models import Job

    runs.sign_off(run=run, by=scene.finance_two)
    run_documents.make_for_run(a_running_job(run))
    Job.objects.filter(kind=run_documents.JOB_KIND, subject_id=run.pk).update(status=Job.Status.DONE)
    if run_queries.bank_payments(run).exists() and not run.bank_downloads.exists():
        downloads.download(run=run, by=scene.finance)
    pay_all(run=run, by=scene.finance, on=timezone.localdate())
    run.refresh_from_db()


def pay_all(*, run, by, on):
    """Have every payment of a run made on one day: those by bank together, the others each with its proof."""
    from payments.runs import parts
    from payments.runs import queries as run_queries
    from payments.runs.actions import made

    if run_queries.bank_payments(run).exists():
        run = runs.mark_paid(run=run, by=by, on=on)
    proofs = {
        "cheque": {"reference": "000123"},
        "voucher": {"reference": "4321"},
        "cash": {"handed_over_by": "Fay Finance", "received_by": "The person"},
    }
    for payment, method in parts.parts_not_made(run):
        made.record(payment=payment, method=method, by=by, on=on, **proofs.get(method, {}))
    run.refresh_from_db()
    return run


def a_running_job(run):
    """The job of a run's papers, as a worker that has taken it holds it."""
    from payments.runs import documents as run_documents
    from people.models import Job

    job = Job.objects.filter(kind=run_documents.JOB_KIND, subject_id=run.pk).first()
    if job is None:
        job = Job.objects.create(kind=run_documents.JOB_KIND, subject_id=run.pk, status=Job.Status.RUNNING, attempts=1)
    return job
