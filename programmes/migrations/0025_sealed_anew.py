"""Add the sealing anew of records in which words were replaced."""

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
from django.db import migrations, models

from wellbeing.lib.migrations import AtOnce, InstallTriggers


class Migration(migrations.Migration):

    dependencies = [
        ('programmes', '0024_import_people_from_spreadsheets'),
    ]

    operations = [
        AtOnce(
            operations=[
        migrations.CreateModel(
            name='Resealing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest_before', models.CharField(max_length=64, verbose_name='seal before')),
                ('changed_record', models.BooleanField(verbose_name='its own record changed')),
                ('resealed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='sealed anew')),
                ('seal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='resealings', to='programmes.seal', verbose_name='seal')),
            ],
            options={
                'verbose_name': 'new seal',
                'verbose_name_plural': 'new seals',
                'ordering': ['-resealed_at', '-pk'],
                'triggers': [pgtrigger.compiler.Trigger(name='resealings_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d14d53898b410e7f274ca818fac8237041f95126', operation='UPDATE OR DELETE', pgid='pgtrigger_resealings_stay_bea9f', table='programmes_resealing', when='BEFORE'))],
            },
        ),
            ],
        ),
        InstallTriggers(['resealing']),
    ]
