"""A field for who did something."""

from typing import TYPE_CHECKING, Any

from django.db import models

from wellbeing.lib.types import Text

if TYPE_CHECKING:
    from people.directory.models import Person


def who_field(verbose_name: Text, **options: Any) -> "models.ForeignKey[Person | None, Person | None]":
    """Make the field for the person who did something, empty until somebody has. They cannot be deleted."""
    return models.ForeignKey(
        "people.Person",
        verbose_name=verbose_name,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        **options,
    )
