"""Keeps the confirmations of bank details from before as those of the programmes whose finance gave them."""

from django.db import migrations
from django.db.models import F, Q


def keep_confirmations(apps, schema_editor):
    """Write a confirmation for each programme in whose finance the confirmer was then; count them from the last change."""
    details = apps.get_model("payments", "BankDetails")
    confirmation = apps.get_model("payments", "BankConfirmation")
    membership = apps.get_model("programmes", "Membership")
    details.objects.update(held_since=F("changed_at"))
    rows = []
    for row in details.objects.exclude(confirmed_at=None):
        day = row.confirmed_at.date()
        finance = membership.objects.filter(
            Q(ends_on=None) | Q(ends_on__gte=day), person=row.confirmed_by_id, role="finance", starts_on__lte=day
        )
        for programme_id in set(finance.values_list("programme", flat=True)):
            rows.append(
                confirmation(
                    bank_details=row,
                    programme_id=programme_id,
                    confirmed_by_id=row.confirmed_by_id,
                    confirmed_at=row.confirmed_at,
                    how=row.confirmed_how,
                )
            )
    confirmation.objects.bulk_create(rows, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("payments", "0022_safe_hands"), ("programmes", "0004_joinings_of_before")]

    operations = [migrations.RunPython(keep_confirmations, migrations.RunPython.noop, elidable=True)]
