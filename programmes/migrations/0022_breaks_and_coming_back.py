"""Add breaks from a programme, and wishes to come back to it."""

import django.contrib.postgres.constraints
import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
import pgtrigger.compiler
import wellbeing.lib.texts
from django.db import migrations, models

from wellbeing.lib.migrations import AtOnce, InstallTriggers


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0020_language_of_words'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('programmes', '0021_drafts_of_decisions'),
    ]

    operations = [
        AtOnce(
            operations=[
        migrations.CreateModel(
            name='Comeback',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=2000, verbose_name='what they would like')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='asked')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered')),
                ('is_welcome', models.BooleanField(blank=True, null=True, verbose_name='come back')),
                ('answer', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=2000, verbose_name='what they were told')),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='answered by')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comebacks', to='people.person', verbose_name='person')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comebacks', to='programmes.programme', verbose_name='programme')),
            ],
            options={
                'verbose_name': 'wish to come back',
                'verbose_name_plural': 'wishes to come back',
                'ordering': ['asked_at', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('answered_at', None)), fields=('person', 'programme'), name='one_comeback_waits'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None), ('answered_by', None), ('is_welcome', None)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False), ('is_welcome', True)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False), ('is_welcome', False), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='comeback_is_answered_whole'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('words')), 2000)), name='programmes_comeback_words_fits'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('answer')), 2000)), name='programmes_comeback_answer_fits')],
                'triggers': [pgtrigger.compiler.Trigger(name='comebacks_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='6dd54a153f7bc285f1dde7f3c439ae18a580d2c1', operation='DELETE', pgid='pgtrigger_comebacks_are_kept_1212d', table='programmes_comeback', when='BEFORE')), pgtrigger.compiler.Trigger(name='comebacks_stay_as_answered', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."answered_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='7df07d6577771ecf3f19d9dd42c6867698a99a21', operation='UPDATE', pgid='pgtrigger_comebacks_stay_as_answered_92861', table='programmes_comeback', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_comebackevent" ("answer", "answered_at", "answered_by_id", "asked_at", "id", "is_welcome", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "words") VALUES (NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."asked_at", NEW."id", NEW."is_welcome", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."words"); RETURN NULL;', hash='9ed137cbbd1339ff0ba31b2ea49ff1ac0cc7d26b', operation='INSERT', pgid='pgtrigger_insert_insert_315a8', table='programmes_comeback', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "programmes_comebackevent" ("answer", "answered_at", "answered_by_id", "asked_at", "id", "is_welcome", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "words") VALUES (NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."asked_at", NEW."id", NEW."is_welcome", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."programme_id", NEW."words"); RETURN NULL;', hash='144ed02db3f32a8653439dd8fefb29cb77000abc', operation='UPDATE', pgid='pgtrigger_update_update_704e3', table='programmes_comeback', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='ComebackEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('words', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=2000, verbose_name='what they would like')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='asked')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered')),
                ('is_welcome', models.BooleanField(blank=True, null=True, verbose_name='come back')),
                ('answer', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=2000, verbose_name='what they were told')),
                ('answered_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='answered by')),
                ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='person')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='programmes.comeback')),
                ('programme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.programme', verbose_name='programme')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='010752b876740347ade5b24453966807b1bd79b2', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_481dd', table='programmes_comebackevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='Pause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='last day')),
                ('set_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='noted')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pauses', to='people.person', verbose_name='person')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pauses', to='programmes.programme', verbose_name='programme')),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='noted by')),
            ],
            options={
                'verbose_name': 'break',
                'verbose_name_plural': 'breaks',
                'ordering': ['-starts_on', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='pause_ends_after_it_begins'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('person', '='), ('programme', '='), (models.Func('starts_on', 'ends_on', models.Value('[]'), function='daterange'), '&&')], name='one_pause_at_a_time')],
                'triggers': [pgtrigger.compiler.Trigger(name='pauses_stay_of_their_person', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."programme_id" IS DISTINCT FROM (NEW."programme_id") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='06eb8f7a23bbb0551921cae98e5fd956828a332a', operation='UPDATE', pgid='pgtrigger_pauses_stay_of_their_person_bffb7', table='programmes_pause', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_pauseevent" ("ends_on", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "set_at", "set_by_id", "starts_on") VALUES (NEW."ends_on", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."set_at", NEW."set_by_id", NEW."starts_on"); RETURN NULL;', hash='28d18e91db8ecce69dcaa867a1fc05fd729123c0', operation='INSERT', pgid='pgtrigger_insert_insert_49df5', table='programmes_pause', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "programmes_pauseevent" ("ends_on", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "set_at", "set_by_id", "starts_on") VALUES (NEW."ends_on", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."programme_id", NEW."set_at", NEW."set_by_id", NEW."starts_on"); RETURN NULL;', hash='643532fc678c593c309092fd52bf551baf15279c', operation='UPDATE', pgid='pgtrigger_update_update_bb37b', table='programmes_pause', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_pauseevent" ("ends_on", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "set_at", "set_by_id", "starts_on") VALUES (OLD."ends_on", OLD."id", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."programme_id", OLD."set_at", OLD."set_by_id", OLD."starts_on"); RETURN NULL;', hash='9ca22c75319dd1ec9127d536e1fb30581c14f115', operation='DELETE', pgid='pgtrigger_delete_delete_34943', table='programmes_pause', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='PauseEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('starts_on', models.DateField(verbose_name='from')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='last day')),
                ('set_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='noted')),
                ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='person')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='programmes.pause')),
                ('programme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.programme', verbose_name='programme')),
                ('set_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='noted by')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ca7302b3df8ab87121271f0e40666c5b25e4c3e3', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ab1af', table='programmes_pauseevent', when='BEFORE'))],
            },
        ),
            ],
        ),
        InstallTriggers(['comeback', 'comebackevent', 'pause', 'pauseevent']),
    ]
