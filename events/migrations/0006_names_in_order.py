"""Put rows in the order of people's names, whatever the collation of the server."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0008_names_found_and_sorted'),
        ('events', '0001_squashed_0005_text_lengths'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='attendance',
            options={'ordering': ['person__sort_key', 'pk'], 'verbose_name': 'attendance', 'verbose_name_plural': 'attendance'},
        ),
        migrations.AlterModelOptions(
            name='invitation',
            options={'ordering': ['person__sort_key', 'pk'], 'verbose_name': 'invitation', 'verbose_name_plural': 'invitations'},
        ),
    ]
