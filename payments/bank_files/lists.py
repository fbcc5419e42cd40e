"""Make the lists of a run that never go to the bank: vouchers to give, donations to make, fees for payroll."""

from django.utils.translation import gettext as _

from payments.bank_files import queries
from payments.bank_files.bacs import CHUNK, RunFile
from wellbeing.lib.spreadsheets import MONEY, TEXT, csv_line, csv_row

VOUCHERS, DONATIONS, PAYROLL = "vouchers", "donations", "payroll"
# The sum of a payment that each list is about.
FIELDS = {VOUCHERS: "voucher_pence", DONATIONS: "donation_pence", PAYROLL: "payroll_pence"}


class RunList(RunFile):
    """One of the lists of a signed run as CSV with headings: a line for each payment that has such a part.

    `kind` is VOUCHERS, DONATIONS or PAYROLL. Vouchers say where to send them.
    """

    def __init__(self, run, kind):
        super().__init__(run)
        self.kind = kind

    def entries(self):
        """See RunFile. Headings count for nothing."""
        field = FIELDS[self.kind]
        contact = [_("Email"), _("Postal address")] if self.kind == VOUCHERS else []
        yield csv_line([_("Reference"), _("Name"), *contact, _("Amount"), _("Claims")]), 0, 0
        payments = queries.payments_with(self.run, field).order_by("reference")
        for payment in payments.iterator(chunk_size=CHUNK):
            person, pence = payment.person, getattr(payment, field)
            contact = [person.email, person.postal_address] if self.kind == VOUCHERS else []
            # One line for each payment: an address of several lines becomes one.
            texts = [" ".join(text.split()) for text in (payment.reference, person.full_name, *contact)]
            kinds = [*(TEXT for _text in texts), MONEY, TEXT]
            yield csv_row(kinds, [*texts, pence, payment.claim_references]), 1, pence
