"""Hand out a file of a run, with a record of who took it."""

import datetime as dt

from django.utils.translation import gettext as _

from payments.bank_files import registry, rules
from payments.bank_files.journal import purpose_label
from payments.bank_files.models.downloads import RunFileDownload
from payments.bank_files.queries import taken_before
from payments.bank_files.wording import nothing_in
from payments.payees.account_values import BankError
from payments.runs.actions import runs
from payments.runs.models.runs import PaymentRun
from people.models import User
from wellbeing.lib.actions import action


@action
def download(
    *,
    run: PaymentRun,
    by: User,
    kind: str = RunFileDownload.Kind.BANK_FILE,
    again: bool = False,
    day: dt.date | None = None,
) -> RunFileDownload:
    """Record that `by` downloads a file of a signed run. Returns the RunFileDownload, which says what is in it.

    `day` is the processing day, for files that say it. Raises ActionError when something the file needs is missing,
    and, without `again`, when it was downloaded before: sent to the bank twice, in either of its two forms, it pays
    everyone twice. Locks the run.
    """
    run = PaymentRun.objects.select_for_update(of=("self",)).select_related("programme").get(pk=run.pk)
    rules.can_download_bank_file(by, run).insist(BankError)
    if taken_before(run, kind).exists() and not again:
        raise BankError(
            _("This file has been downloaded before. Tick the box if you need it once more."), field="again"
        )
    made_with = registry.parameters(run, kind, day)
    file = registry.file_of(run, kind, made_with).exhaust()
    if not file.count:
        raise BankError(nothing_in(kind))
    most = registry.most_pence(kind)
    if most is not None and file.total_pence > most:
        raise BankError(_("The total is too large for one Standard 18 file. Use the bank file (CSV)."))
    if kind == RunFileDownload.Kind.JOURNAL and file.missing:
        names = ", ".join(str(purpose_label(purpose)) for purpose in file.missing)
        raise BankError(_("Set an account code first for: %(names)s.") % {"names": names})
    if kind != RunFileDownload.Kind.JOURNAL:
        runs.mark_exported(run=run, by=by, bank_file=kind in RunFileDownload.PAYING)
    return RunFileDownload.objects.create(
        run=run,
        by=by.person,
        kind=kind,
        made_with=made_with,
        sha256=file.sha256,
        payments_count=file.count,
        total_pence=file.total_pence,
    )
