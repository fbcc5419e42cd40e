"""Put rows in the order of people's names, whatever the collation of the server."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0008_names_found_and_sorted'),
        ('programmes', '0001_squashed_0004_joinings_of_before'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='creatorright',
            options={'ordering': ['person__sort_key', 'pk'], 'verbose_name': 'right to set up programmes', 'verbose_name_plural': 'rights to set up programmes'},
        ),
        migrations.AlterModelOptions(
            name='membership',
            options={'ordering': ['person__sort_key', 'role'], 'verbose_name': 'role in a programme', 'verbose_name_plural': 'roles in programmes'},
        ),
        migrations.AlterModelOptions(
            name='term',
            options={'ordering': ['group', 'person__sort_key'], 'verbose_name': 'term of office', 'verbose_name_plural': 'terms of office'},
        ),
    ]
