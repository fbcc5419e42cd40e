"""Keep people's phone numbers in one form."""

import wellbeing.lib.phones
from django.db import migrations


def rewrite(apps, schema_editor):
    """Write those of before in that form; a text that is no number stays as it was typed."""
    wellbeing.lib.phones.rewrite(apps.get_model("people", "Person"), "phone")


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0008_names_found_and_sorted'),
    ]

    operations = [
        migrations.AlterField(
            model_name='person',
            name='phone',
            field=wellbeing.lib.phones.PhoneField(blank=True, max_length=40, verbose_name='phone number'),
        ),
        migrations.AlterField(
            model_name='personevent',
            name='phone',
            field=wellbeing.lib.phones.PhoneField(blank=True, max_length=40, verbose_name='phone number'),
        ),
        migrations.RunPython(rewrite, migrations.RunPython.noop, elidable=True),
    ]
