"""Make the files of a run from the columns, codes, account and day in force, which are kept with each download."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from payments.bank_files import queries
from payments.bank_files.bacs import MAX_STANDARD_18_PENCE, BankFile, Standard18
from payments.bank_files.columns import USUAL, BankFileColumn, Layout
from payments.bank_files.journal import Journal
from payments.bank_files.lists import RunList
from payments.bank_files.models.downloads import RunFileDownload
from payments.bank_files.models.setup import BankFileFormat, JournalFormat, PayingAccount
from wellbeing.lib.dates import is_working_day
from wellbeing.lib.errors import ActionError

Kind = RunFileDownload.Kind
# Bacs takes files up to 31 days ahead of their processing day.
MAX_DAYS_AHEAD = 31


class FileNotReadyError(ActionError):
    """Something a file needs is missing, or the day chosen cannot be."""


def bank_layout(programme):
    """Return the layout of a programme's bank file: its own, or the plain one."""
    row = BankFileFormat.objects.latest_of(programme)
    return row.terms if row else USUAL


def asks_for_day(run, kind):
    """Whether a processing day has to be chosen for this kind of file."""
    return kind == Kind.STANDARD_18 or (kind == Kind.BANK_FILE and bank_layout(run.programme).needs_date)


def missing(run, kind):
    """Say what has to be set up before this kind of file can be made; "" where nothing is missing."""
    account = PayingAccount.objects.effective_on(run.programme, timezone.localdate())
    if kind == Kind.STANDARD_18:
        if account is None:
            return _("A Standard 18 file needs the account the programme pays from, confirmed by a second person.")
        if not account.service_user_number:
            return _("A Standard 18 file needs your Service User Number. Enter it with the account you pay from.")
    if kind == Kind.BANK_FILE and account is None and bank_layout(run.programme).needs_paying_account:
        return _("Your columns name the account you pay from. Enter it, and have a second person confirm it.")
    if kind == Kind.JOURNAL and JournalFormat.objects.latest_of(run.programme) is None:
        return _("A journal needs your account codes.")
    return ""


def parameters(run, kind, day=None):
    """Return the parameters of a file of this kind that is made now; they are kept with its download.

    `day` is the processing day (a date). Raises FileNotReadyError when something is missing, or with the field `day`
    when it cannot be processed on that day.
    """
    sentence = missing(run, kind)
    if sentence:
        raise FileNotReadyError(sentence)
    if asks_for_day(run, kind):
        _check_day(kind, day)
    else:
        day = None
    today = timezone.localdate()
    if kind == Kind.JOURNAL:
        on = run.paid_on or timezone.localdate(run.signed_at)
        return {"layout": JournalFormat.objects.latest_of(run.programme).pk, "on": on.isoformat()}
    if kind == Kind.STANDARD_18:
        account = PayingAccount.objects.effective_on(run.programme, today)
        return {"account": account.pk, "day": day.isoformat(), "made_on": today.isoformat()}
    if kind == Kind.BANK_FILE:
        layout = bank_layout(run.programme)
        account = PayingAccount.objects.effective_on(run.programme, today) if layout.needs_paying_account else None
        return {
            "columns": [vars(column) for column in layout.columns],
            "headings": layout.headings,
            "amount": layout.amount,
            "date_format": layout.date_format,
            "capitals": layout.capitals,
            "day": day.isoformat() if day else None,
            "account": account.pk if account else None,
        }
    return {}


def _check_day(kind, day):
    today = timezone.localdate()
    if day is None:
        raise FileNotReadyError(_("Choose the day the bank processes the payments."), field="day")
    if not is_working_day(day):
        raise FileNotReadyError(_("Banks do not work on that day. Choose a working day."), field="day")
    # Bacs processes what it was sent the day before.
    if day < today or (kind == Kind.STANDARD_18 and day == today):
        raise FileNotReadyError(_("It is too late for that day. Choose a later working day."), field="day")
    if day > today + dt.timedelta(days=MAX_DAYS_AHEAD):
        raise FileNotReadyError(
            _("Choose a day within the next %(days)s days.") % {"days": MAX_DAYS_AHEAD}, field="day"
        )


def file_of(run, kind, made_with):
    """Make the RunFile of a run with `made_with`, from `parameters` or kept with a download."""
    account = PayingAccount.objects.get(pk=made_with["account"]) if made_with.get("account") else None
    day = dt.date.fromisoformat(made_with["day"]) if made_with.get("day") else None
    if kind == Kind.STANDARD_18:
        return Standard18(run, account=account, day=day, made_on=dt.date.fromisoformat(made_with["made_on"]))
    if kind == Kind.JOURNAL:
        layout = JournalFormat.objects.get(pk=made_with["layout"])
        return Journal(run, layout, on=dt.date.fromisoformat(made_with["on"]))
    if kind == Kind.BANK_FILE:
        return BankFile(run, _layout(made_with), day=day, account=account)
    return RunList(run, str(kind))


def _layout(made_with):
    if "columns" not in made_with:
        # Kept before there were columns to choose.
        return USUAL
    return Layout(
        columns=tuple(BankFileColumn(**column) for column in made_with["columns"]),
        headings=made_with["headings"],
        amount=made_with["amount"],
        date_format=made_with["date_format"],
        capitals=made_with["capitals"],
    )


def most_pence(kind):
    """Return the largest total of a file of this kind, in pence; None where there is no limit."""
    return MAX_STANDARD_18_PENCE if kind == Kind.STANDARD_18 else None


def inside(run, kind):
    """Count the entries and the pence of a file of this kind, made now. The database counts all but the journal."""
    if kind == Kind.JOURNAL:
        if missing(run, kind):
            return 0, 0
        file = file_of(run, kind, parameters(run, kind)).exhaust()
        return file.count, file.total_pence
    sums = queries.sums_by_file(run)
    return sums["bank"] if kind in RunFileDownload.PAYING else sums[str(kind)]
