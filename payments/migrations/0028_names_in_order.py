"""Put rows in the order of people's names, whatever the collation of the server."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0008_names_found_and_sorted'),
        ('payments', '0027_ask_if_it_is_right'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='payment',
            options={'ordering': ['run', 'person__sort_key', 'pk'], 'verbose_name': 'payment', 'verbose_name_plural': 'payments'},
        ),
        migrations.AlterModelOptions(
            name='reportsubscription',
            options={'ordering': ['programme', 'kind', 'person__sort_key', 'pk'], 'verbose_name': 'monthly report', 'verbose_name_plural': 'monthly reports'},
        ),
    ]
