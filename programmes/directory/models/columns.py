"""The columns of the list of people that a reader chose."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class ColumnChoice(models.Model):
    """The columns in which somebody reads lists of people, in every programme of theirs."""

    person = models.OneToOneField(
        "people.Person", verbose_name=_("person"), on_delete=models.CASCADE, related_name="column_choice"
    )
    columns = ArrayField(models.CharField(max_length=30), verbose_name=_("columns"), blank=True)

    # Where two records of one person are put together, it goes with the record it was about.
    goes_with_its_record = True

    class Meta:
        verbose_name = _("choice of columns")
        verbose_name_plural = _("choices of columns")

    def __str__(self) -> str:
        return ", ".join(self.columns)
