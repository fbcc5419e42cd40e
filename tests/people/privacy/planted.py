"""Give somebody of the world of `tests.world` values that nobody else has, in every field, today and before."""

import itertools

import pgtrigger
from django.db import DataError, IntegrityError, models, transaction
from django.utils import timezone

from payments.models import Advance, Claim, Document, DocumentRequest, Payment, PaymentItem, PaymentRun
from people.models import Notice, Person
from people.privacy.values import LEAST_WORDS
from people.privacy.walking import classed, everything_about
from programmes.models import Contribution, Decision
from wellbeing.lib.errors import ActionError
from wellbeing.whose_rows import NOT_HANDED_OUT

PENCE = ("money", "payroll", "voucher", "donation", "waived", "advance_recovered")


def settle(person):
    """Bring all money of `person` to an end, so that they can be removed."""
    unpaid = PaymentRun.objects.filter(status__in=["open", "signed", "exported"])
    nothing = {f"{name}_pence": None for name in PENCE}
    with pgtrigger.ignore(), transaction.atomic():
        PaymentItem.objects.filter(claim__person=person).exclude(claim__status="paid").delete()
        for model, path in (
            (PaymentItem, "payment__run__in"),
            (Document, "run__in"),
            (DocumentRequest, "run__in"),
            (Payment, "run__in"),
        ):
            rows = model.objects.filter(**{path: unpaid})
            rows._raw_delete(rows.db)
        Claim.objects.filter(person=person).exclude(status__in=["paid", "declined", "withdrawn"]).update(
            status="draft",
            submitted_at=None,
            submitted_by=None,
            entered_by=None,
            entered_how="",
            **{"approved_by": None, "approved_at": None, "approved_pence": None, "pay_by": None, **nothing},
        )
        for advance in Advance.objects.filter(person=person):
            Advance.objects.filter(pk=advance.pk).update(
                closed_at=timezone.now(), closed_by=advance.recorded_by, closed_reason="Spent"
            )


class Planted:
    """The values planted about `person`: those a copy has to hold, and those that nothing may hold afterwards."""

    def __init__(self, person, name, words):
        self.person, self.name = person, name
        self.numbers = itertools.count(1)
        self.words = words
        self.in_copy, self.gone = set(), set()

    def plant(self):
        """Write values of their own into every personal and sensitive text of theirs, and into words of others."""
        with pgtrigger.ignore():
            self._name_before()
            for rows in list(everything_about(self.person)):
                for one in classed(rows.label):
                    self._plant(rows, one)
            self._in_words_of_others()
        self.person = Person.objects.get(pk=self.person.pk)
        self.gone.add(self.person.full_name)

    def _name_before(self):
        """Let them have had another name, which only the history knows."""
        before = f"{self.name} {self._word()} Before"
        self.person.history.update(full_name=before)
        self.in_copy.add(before)
        self.gone.add(before)

    def _word(self):
        return f"{self.words}{next(self.numbers):04d}zq"

    def _plant(self, rows, one):
        if not isinstance(one, models.CharField | models.TextField) or one.choices:
            return
        if isinstance(one, models.GeneratedField | models.FileField) or one.unique:
            return
        value = self._value(rows, one)
        if value is None or not self._written(rows.model, rows.pks, one.name, value):
            return
        hidden = NOT_HANDED_OUT.get(rows.label, "").split()
        if one.name not in hidden:
            self.in_copy.add(value)
        if rows.whose.at_erasure != "accounts":
            self.gone.add(value)

    def _value(self, rows, one):
        number = next(self.numbers)
        if isinstance(one, models.EmailField) or one.name in {"to_address", "to", "address", "number"}:
            return None if rows.label != "people.Person" else f"reach{number}zq@example.org"
        if one.name in {"phone", "sort_code", "account_number", "last_digits", "account_digits", "account_index"}:
            return None
        if one.name == "full_name" and rows.label == "people.Person":
            return f"{self.name} {self._word()}"
        value = f"{self.words} {number:04d}zq {'x' * LEAST_WORDS}"
        return value if one.max_length is None or len(value) <= one.max_length else None

    def _written(self, model, pks, name, value):
        try:
            with transaction.atomic():
                changes = {name: value}
                if name == "email" and model is Person:
                    changes["address_changed_at"] = timezone.now()
                return bool(model._base_manager.filter(pk__in=pks[:1]).update(**changes))
        except (IntegrityError, DataError, ActionError):
            # The database wants something else there, such as a reference of one form.
            return False

    def _in_words_of_others(self):
        """Let other people name them."""
        person = Person.objects.get(pk=self.person.pk)
        said = f"Yesterday {person.full_name} rang; write to {person.email.upper()}."
        others = Notice.objects.exclude(person=person)
        others.filter(pk__in=list(others.values_list("pk", flat=True)[:2])).update(
            text_body=said, html_body=f"<p>{said}</p>", subject=said[:200]
        )
        Decision.objects.update(background=said)
        Contribution.objects.update(theme=said[:100])
