"""Offer letters in more sizes of print, and in the layout of Easy Read."""

from django.db import migrations, models

CHOICES = [
    ('standard', 'Standard print'),
    ('16', 'Large print (16 point)'),
    ('18', 'Large print (18 point)'),
    ('20', 'Large print (20 point)'),
    ('24', 'Large print (24 point)'),
    ('easy_read', 'Easy Read layout (one sentence on each line)'),
]


def name_the_size(apps, schema_editor):
    """Large print was 18 point. History keeps the name it had."""
    apps.get_model("people", "Person").objects.filter(letter_size="large").update(letter_size="18")


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0014_mailings'),
    ]

    operations = [
        migrations.AlterField(
            model_name='person',
            name='letter_size',
            field=models.CharField(choices=CHOICES, default='standard', max_length=10, verbose_name='letters and papers'),
        ),
        migrations.AlterField(
            model_name='personevent',
            name='letter_size',
            field=models.CharField(choices=CHOICES, default='standard', max_length=10, verbose_name='letters and papers'),
        ),
        migrations.RunPython(name_the_size, migrations.RunPython.noop, elidable=True),
    ]
