"""Find people by a part of their address or number by an index; name NHS bodies among organisations."""

import django.contrib.postgres.indexes
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0020_language_of_words'),
    ]

    operations = [
        migrations.AlterField(
            model_name='organisation',
            name='kind',
            field=models.CharField(choices=[('charity', 'Charity'), ('health', 'NHS, health or care body'), ('funder', 'Funder'), ('other', 'Other')], default='charity', max_length=20, verbose_name='kind'),
        ),
        migrations.AlterField(
            model_name='organisationevent',
            name='kind',
            field=models.CharField(choices=[('charity', 'Charity'), ('health', 'NHS, health or care body'), ('funder', 'Funder'), ('other', 'Other')], default='charity', max_length=20, verbose_name='kind'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('email'), name='gin_trgm_ops'), name='people_found_by_email'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('phone'), name='gin_trgm_ops'), name='people_found_by_phone'),
        ),
    ]
