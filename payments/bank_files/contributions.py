"""Adds what bank files need to the steps that set a programme up."""

from django.urls import reverse
from django.utils.translation import gettext_lazy

from payments.bank_files import rules
from payments.bank_files.models.setup import BankFileFormat, PayingAccount
from programmes import registry as programmes_registry


def _with_an_account(programmes):
    return PayingAccount.objects.filter(programme__in=programmes, confirmed_at__isnull=False)


def _with_columns(programmes):
    return BankFileFormat.objects.filter(programme__in=programmes)


ACCOUNT = programmes_registry.SetupStep(
    title=gettext_lazy("Set the account the programme pays from"),
    detail=gettext_lazy("One person of finance enters it, another confirms it."),
    who=gettext_lazy("Finance"),
    order=50,
    done=_with_an_account,
    url=lambda programme: reverse("file_settings", args=[programme.slug]),
    may=rules.can_set_files,
)
COLUMNS = programmes_registry.SetupStep(
    title=gettext_lazy("Choose the columns of the bank file"),
    detail=gettext_lazy("Your bank says which it takes."),
    who=gettext_lazy("Finance"),
    order=60,
    done=_with_columns,
    url=lambda programme: reverse("bank_layout", args=[programme.slug]),
    may=rules.can_set_files,
)


def register():
    """Called once, when the app is ready."""
    programmes_registry.setup_steps += [ACCOUNT, COLUMNS]
