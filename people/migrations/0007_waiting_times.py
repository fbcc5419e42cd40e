"""How long safety steps wait, and that people with an account have joined."""

import datetime as dt

from django.db import migrations
from django.db.models import F

# Three days: over a weekend, so that somebody who does not read mail on Saturday can still say no on Monday.
HOURS = {"new_address": 72, "bank_after_address": 72, "new_finance": 72}


def add_times(apps, schema_editor):
    """Write the first row of each waiting time."""
    apps.get_model("people", "WaitingTime").objects.bulk_create(
        [
            apps.get_model("people", "WaitingTime")(kind=kind, hours=hours, effective_from=dt.date(2020, 1, 1))
            for kind, hours in HOURS.items()
        ]
    )


def people_with_accounts_have_joined(apps, schema_editor):
    """Say of each person with an account that they joined on the day they were added."""
    apps.get_model("people", "Person").objects.exclude(user=None).update(joined_at=F("created_at"))


class Migration(migrations.Migration):
    dependencies = [("people", "0006_safe_hands")]

    operations = [
        migrations.RunPython(add_times, migrations.RunPython.noop),
        migrations.RunPython(people_with_accounts_have_joined, migrations.RunPython.noop),
    ]
