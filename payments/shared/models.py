"""Running numbers for the references of claims and payment runs."""

from django.db import models, transaction
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _


class NumberingManager(models.Manager):
    """Hands out numbers. Two workers asking at once get two numbers: the row is locked until the transaction ends."""

    def next_claim(self, programme):
        """Take the next claim number of `programme`. Raises RuntimeError outside the transaction that uses it."""
        return self._next(programme, "last_claim")

    def next_run(self, programme):
        """Take the next run number of `programme`. Raises RuntimeError outside the transaction that uses it."""
        return self._next(programme, "last_run")

    def _next(self, programme, field):
        if not transaction.get_connection().in_atomic_block:
            raise RuntimeError("a number is given inside the transaction that uses it")
        if not self.filter(programme=programme).exists():
            # Carry on after claims and runs that were loaded without this counter. Two at once insert one row.
            self.bulk_create(
                [
                    self.model(
                        programme=programme,
                        last_claim=highest_number(programme.claims),
                        last_run=highest_number(programme.payment_runs),
                    )
                ],
                ignore_conflicts=True,
            )
        row = self.select_for_update().get(programme=programme)
        number = getattr(row, field) + 1
        setattr(row, field, number)
        row.save(update_fields=[field])
        return number


def highest_number(rows):
    """Return the highest number that ends a reference ("CODE-0012", "CODE-R0012") among `rows`, or 0."""
    ends = rows.filter(reference__regex=r"-R?[0-9]{1,9}$").annotate(
        number=Cast(
            models.Func(models.F("reference"), models.Value("([0-9]+)$"), function="SUBSTRING"),
            models.IntegerField(),
        )
    )
    return ends.aggregate(highest=models.Max("number"))["highest"] or 0


class ReferenceCounter(models.Model):
    """The last numbers given in one programme. Gaps are possible: a refused claim keeps its number."""

    programme = models.OneToOneField(
        "programmes.Programme", verbose_name=_("programme"), on_delete=models.CASCADE, related_name="+"
    )
    last_claim = models.PositiveIntegerField(_("last claim"), default=0)
    last_run = models.PositiveIntegerField(_("last payment run"), default=0)

    objects = NumberingManager()

    class Meta:
        verbose_name = _("running numbers")
        verbose_name_plural = _("running numbers")

    def __str__(self):
        return f"{self.programme}: {self.last_claim}, {self.last_run}"
