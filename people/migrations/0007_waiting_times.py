"""People with an account have joined."""

from django.db import migrations
from django.db.models import F

# The first waiting times are rows of people/reference_data.py, which is loaded after migrating.


def people_with_accounts_have_joined(apps, schema_editor):
    """Say of each person with an account that they joined on the day they were added."""
    apps.get_model("people", "Person").objects.exclude(user=None).update(joined_at=F("created_at"))


class Migration(migrations.Migration):
    dependencies = [("people", "0006_safe_hands")]

    operations = [
        migrations.RunPython(people_with_accounts_have_joined, migrations.RunPython.noop, elidable=True),
    ]
