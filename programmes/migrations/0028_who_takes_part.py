"""Add the profile of the area and reports on who takes part."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import wellbeing.lib.texts
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0026_questions_about_fairness'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('programmes', '0027_doubles'),
    ]

    operations = [
        migrations.CreateModel(
            name='AreaShare',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.SlugField(max_length=30, verbose_name='question')),
                ('option', models.SlugField(max_length=40, verbose_name='answer')),
                ('percent', models.DecimalField(decimal_places=1, max_digits=4, verbose_name='share in the area, in per cent')),
                ('source', wellbeing.lib.texts.LineField(max_length=200, verbose_name='where the number is from')),
                ('counted_on', models.DateField(verbose_name='day it is of')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='area_shares', to='programmes.programme', verbose_name='programme')),
                ('set_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='typed in by')),
            ],
            options={
                'verbose_name': 'share of a group in the area',
                'verbose_name_plural': 'profile of the area',
                'ordering': ['programme', 'question', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='AreaShareEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('question', models.SlugField(db_index=False, max_length=30, verbose_name='question')),
                ('option', models.SlugField(db_index=False, max_length=40, verbose_name='answer')),
                ('percent', models.DecimalField(decimal_places=1, max_digits=4, verbose_name='share in the area, in per cent')),
                ('source', wellbeing.lib.texts.LineField(max_length=200, verbose_name='where the number is from')),
                ('counted_on', models.DateField(verbose_name='day it is of')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='programmes.areashare')),
                ('programme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.programme', verbose_name='programme')),
                ('set_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='typed in by')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ParticipationReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_on', models.DateField(verbose_name='from')),
                ('last_on', models.DateField(verbose_name='until')),
                ('made_on', models.DateField(verbose_name='made')),
                ('content', models.JSONField(verbose_name='bands')),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='made by')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='participation_reports', to='programmes.programme', verbose_name='programme')),
            ],
            options={
                'verbose_name': 'report on who takes part',
                'verbose_name_plural': 'reports on who takes part',
                'ordering': ['programme', '-first_on'],
            },
        ),
        migrations.AddConstraint(
            model_name='areashare',
            constraint=models.UniqueConstraint(fields=('programme', 'question', 'option'), name='one_area_share_each'),
        ),
        migrations.AddConstraint(
            model_name='areashare',
            constraint=models.CheckConstraint(condition=models.Q(('percent__range', (0, 100))), name='area_share_of_a_hundred'),
        ),
        migrations.AddConstraint(
            model_name='areashare',
            constraint=models.CheckConstraint(condition=models.Q(('source__regex', '[\\u0001-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]'), _negated=True), name='programmes_areashare_source_on_a_line'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='areashare',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_areashareevent" ("counted_on", "id", "option", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "question", "set_by_id", "source") VALUES (NEW."counted_on", NEW."id", NEW."option", NEW."percent", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."question", NEW."set_by_id", NEW."source"); RETURN NULL;', hash='53ce9d7e32681e5170576497fa8b3297027f0e5a', operation='INSERT', pgid='pgtrigger_insert_insert_72b5a', table='programmes_areashare', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='areashare',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "programmes_areashareevent" ("counted_on", "id", "option", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "question", "set_by_id", "source") VALUES (NEW."counted_on", NEW."id", NEW."option", NEW."percent", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."programme_id", NEW."question", NEW."set_by_id", NEW."source"); RETURN NULL;', hash='cb5d140f1e7df5dae0663dbaf9e41e25ea18b25c', operation='UPDATE', pgid='pgtrigger_update_update_ca24b', table='programmes_areashare', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='areashareevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2996fc97dbcc3d2c6086d63a75f982023ed02bbd', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_13401', table='programmes_areashareevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='participationreport',
            constraint=models.UniqueConstraint(fields=('programme', 'first_on'), name='one_participation_report_each'),
        ),
        migrations.AddConstraint(
            model_name='participationreport',
            constraint=models.CheckConstraint(condition=models.Q(('last_on__gt', models.F('first_on')), ('made_on__gt', models.F('last_on'))), name='participation_report_of_a_time_that_is_over'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='participationreport',
            trigger=pgtrigger.compiler.Trigger(name='participation_reports_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='94fa340b0fa67228d970a1c3f18481679e4738d8', operation='UPDATE OR DELETE', pgid='pgtrigger_participation_reports_are_kept_a5141', table='programmes_participationreport', when='BEFORE')),
        ),
    ]
