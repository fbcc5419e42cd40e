"""Find people by a part of their address or number by an index; name NHS bodies among organisations."""

import django.contrib.postgres.indexes
import django.db.models.functions.text
from django.db import migrations, models

from wellbeing.lib.migrations import AtOnce


def kind(model_name):
    """Return the operation that names NHS bodies in the kinds of `model_name`."""
    choices = [('charity', 'Charity'), ('health', 'NHS, health or care body'), ('funder', 'Funder'), ('other', 'Other')]
    field = models.CharField(choices=choices, default='charity', max_length=20, verbose_name='kind')
    return migrations.AlterField(model_name=model_name, name='kind', field=field)


def found_by(field):
    """Return the operation that makes the index for a part of `field`."""
    part = django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper(field), name='gin_trgm_ops')
    index = django.contrib.postgres.indexes.GinIndex(part, name=f'people_found_by_{field}')
    return migrations.AddIndex(model_name='person', index=index)


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0020_language_of_words'),
    ]

    operations = [AtOnce([kind('organisation'), kind('organisationevent'), found_by('email'), found_by('phone')])]
