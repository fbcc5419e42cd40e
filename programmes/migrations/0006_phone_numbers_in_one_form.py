"""Keep the phone numbers of programmes in one form."""

import wellbeing.lib.phones
from django.db import migrations


def rewrite(apps, schema_editor):
    """Write those of before in that form; a text that is no number stays as it was typed."""
    wellbeing.lib.phones.rewrite(apps.get_model("programmes", "Programme"), "contact_phone")


class Migration(migrations.Migration):

    dependencies = [
        ('programmes', '0005_names_in_order'),
    ]

    operations = [
        migrations.AlterField(
            model_name='programme',
            name='contact_phone',
            field=wellbeing.lib.phones.PhoneField(blank=True, max_length=40, verbose_name='their phone number'),
        ),
        migrations.AlterField(
            model_name='programmeevent',
            name='contact_phone',
            field=wellbeing.lib.phones.PhoneField(blank=True, max_length=40, verbose_name='their phone number'),
        ),
        migrations.RunPython(rewrite, migrations.RunPython.noop, elidable=True),
    ]
