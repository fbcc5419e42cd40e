"""Add imports of people from spreadsheets."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import wellbeing.lib.texts
from django.db import migrations, models

from wellbeing.lib.migrations import AtOnce, InstallTriggers


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0020_language_of_words'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('programmes', '0023_directory'),
    ]

    operations = [
        AtOnce(
            operations=[
        migrations.CreateModel(
            name='ImportRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('effective_from', models.DateField(verbose_name='starts')),
                ('most_rows', models.PositiveIntegerField(verbose_name='most rows in a file')),
                ('most_bytes', models.PositiveIntegerField(verbose_name='most bytes in a file')),
                ('undo_days', models.PositiveSmallIntegerField(help_text='Then the file and its rows are deleted.', verbose_name='days in which it can be undone')),
                ('keep_days', models.PositiveSmallIntegerField(help_text='Counted from the day the file was sent.', verbose_name='days an unfinished import is kept')),
                ('programme', models.ForeignKey(blank=True, help_text='Empty: for every programme without one of its own.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='import_rules', to='programmes.programme', verbose_name='programme')),
            ],
            options={
                'verbose_name': 'rule of imports',
                'verbose_name_plural': 'rules of imports',
                'ordering': ['programme', '-effective_from'],
                'constraints': [models.UniqueConstraint(fields=('programme', 'effective_from'), name='one_import_rule_a_day', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('keep_days__range', (1, 90)), ('most_bytes__range', (1, 20971520)), ('most_rows__range', (1, 20000)), ('undo_days__range', (1, 90))), name='import_rule_within_reason')],
                'triggers': [pgtrigger.compiler.Trigger(name='import_rules_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9626d8fd8df19f1998460267a45c1e7e6fea1986', operation='UPDATE OR DELETE', pgid='pgtrigger_import_rules_are_kept_42071', table='programmes_importrule', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='PeopleImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('reading', 'The file is being read'), ('unreadable', 'Could not be read'), ('columns', 'To say which column is which'), ('checking', 'Every row is being checked'), ('checked', 'Checked, nobody brought in yet'), ('bringing', 'People are being brought in'), ('done', 'Brought in'), ('undoing', 'Being undone'), ('undone', 'Undone'), ('discarded', 'Thrown away')], default='reading', max_length=10, verbose_name='status')),
                ('problem', models.CharField(blank=True, max_length=500, verbose_name='why it could not be read')),
                ('original_name', wellbeing.lib.texts.LineField(max_length=200, verbose_name='name it arrived with')),
                ('file', models.FileField(blank=True, max_length=200, upload_to='imports', verbose_name='file')),
                ('sha256', models.CharField(max_length=64, verbose_name='fingerprint of the file')),
                ('size', models.PositiveIntegerField(verbose_name='bytes')),
                ('kind', models.CharField(blank=True, max_length=4, verbose_name='kind of file')),
                ('sheets', models.JSONField(default=list, verbose_name='sheets')),
                ('sheet', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='sheet that is read')),
                ('encoding', models.CharField(blank=True, max_length=20, verbose_name='encoding')),
                ('separator', models.CharField(blank=True, max_length=1, verbose_name='separator')),
                ('heading_row', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='row with the headings')),
                ('headings', models.JSONField(default=list, verbose_name='headings')),
                ('mapping', models.JSONField(default=list, verbose_name='what each column is for')),
                ('role', models.CharField(blank=True, default='lived_experience', max_length=20, verbose_name='role')),
                ('seat', models.CharField(blank=True, choices=[('lived_experience', 'Lived experience'), ('partner', 'Partner charity'), ('staff', 'Programme staff'), ('funder', 'Funder')], max_length=20, verbose_name='kind of group member')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='first day')),
                ('checked_against', models.CharField(blank=True, max_length=100, verbose_name='checked against')),
                ('sent_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='sent')),
                ('brought_at', models.DateTimeField(blank=True, null=True, verbose_name='brought in')),
                ('welcomed_at', models.DateTimeField(blank=True, null=True, verbose_name='welcome asked for')),
                ('undone_at', models.DateTimeField(blank=True, null=True, verbose_name='undone')),
                ('cleared_at', models.DateTimeField(blank=True, null=True, verbose_name='file and rows deleted')),
                ('brought_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='brought in by')),
                ('group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, to='programmes.group', verbose_name='group')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='people_imports', to='programmes.programme', verbose_name='programme')),
                ('rule', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='programmes.importrule', verbose_name='rule that holds for it')),
                ('sent_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='sent by')),
                ('undone_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='undone by')),
                ('welcomed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='welcome sent by')),
            ],
            options={
                'verbose_name': 'import of people',
                'verbose_name_plural': 'imports of people',
                'ordering': ['-sent_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('brought_at__isnull', False), ('status__in', ['done', 'undoing', 'undone'])), models.Q(('status__in', ['done', 'undoing', 'undone']), _negated=True), _connector='OR'), name='an_import_done_has_its_time'), models.CheckConstraint(condition=models.Q(('welcomed_at', None), ('brought_at__isnull', False), _connector='OR'), name='people_are_here_before_a_welcome'), models.CheckConstraint(condition=models.Q(('cleared_at', None), ('file', ''), _connector='OR'), name='a_cleared_import_has_no_file'), models.CheckConstraint(condition=models.Q(('original_name__regex', '[\\u0001-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]'), _negated=True), name='programmes_peopleimport_original_name_on_a_line')],
                'triggers': [pgtrigger.compiler.Trigger(name='import_status', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{reading:columns,reading:unreadable,reading:discarded,unreadable:discarded,columns:reading,columns:checking,columns:discarded,checking:checked,checking:discarded,checked:reading,checked:checking,checked:bringing,checked:discarded,bringing:done,bringing:checked,done:undoing,undoing:undone}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='d6e7aad9074f76aa246ae61c8972cbe154bfbb85', operation='UPDATE', pgid='pgtrigger_import_status_b2887', table='programmes_peopleimport', when='BEFORE')), pgtrigger.compiler.Trigger(name='all_rows_of_a_file_or_none', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."status" = \'done\' AND OLD."status" = \'bringing\')', func="IF EXISTS (SELECT FROM programmes_importrow r WHERE r.people_import_id = NEW.id AND r.status NOT IN ('added', 'here', 'left_out')) THEN RAISE EXCEPTION 'all rows of a file are brought in, or none'; END IF; RETURN NEW;", hash='3dddaa87bc8955f85ba564b067f428c9171763e7', operation='UPDATE OF "status"', pgid='pgtrigger_all_rows_of_a_file_or_none_27fa5', table='programmes_peopleimport', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_peopleimportevent" ("brought_at", "brought_by_id", "cleared_at", "encoding", "group_id", "heading_row", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "role", "rule_id", "seat", "sent_at", "sent_by_id", "separator", "sha256", "sheet", "size", "starts_on", "status", "undone_at", "undone_by_id", "welcomed_at", "welcomed_by_id") VALUES (NEW."brought_at", NEW."brought_by_id", NEW."cleared_at", NEW."encoding", NEW."group_id", NEW."heading_row", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."role", NEW."rule_id", NEW."seat", NEW."sent_at", NEW."sent_by_id", NEW."separator", NEW."sha256", NEW."sheet", NEW."size", NEW."starts_on", NEW."status", NEW."undone_at", NEW."undone_by_id", NEW."welcomed_at", NEW."welcomed_by_id"); RETURN NULL;', hash='d01788a921822cc1325799c70ed3c62c78538f9f', operation='INSERT', pgid='pgtrigger_insert_insert_69ed9', table='programmes_peopleimport', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."brought_at" IS DISTINCT FROM (NEW."brought_at") OR OLD."brought_by_id" IS DISTINCT FROM (NEW."brought_by_id") OR OLD."cleared_at" IS DISTINCT FROM (NEW."cleared_at") OR OLD."encoding" IS DISTINCT FROM (NEW."encoding") OR OLD."group_id" IS DISTINCT FROM (NEW."group_id") OR OLD."heading_row" IS DISTINCT FROM (NEW."heading_row") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."programme_id" IS DISTINCT FROM (NEW."programme_id") OR OLD."role" IS DISTINCT FROM (NEW."role") OR OLD."rule_id" IS DISTINCT FROM (NEW."rule_id") OR OLD."seat" IS DISTINCT FROM (NEW."seat") OR OLD."sent_at" IS DISTINCT FROM (NEW."sent_at") OR OLD."sent_by_id" IS DISTINCT FROM (NEW."sent_by_id") OR OLD."separator" IS DISTINCT FROM (NEW."separator") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."sheet" IS DISTINCT FROM (NEW."sheet") OR OLD."size" IS DISTINCT FROM (NEW."size") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on") OR OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."undone_at" IS DISTINCT FROM (NEW."undone_at") OR OLD."undone_by_id" IS DISTINCT FROM (NEW."undone_by_id") OR OLD."welcomed_at" IS DISTINCT FROM (NEW."welcomed_at") OR OLD."welcomed_by_id" IS DISTINCT FROM (NEW."welcomed_by_id"))', func='INSERT INTO "programmes_peopleimportevent" ("brought_at", "brought_by_id", "cleared_at", "encoding", "group_id", "heading_row", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "role", "rule_id", "seat", "sent_at", "sent_by_id", "separator", "sha256", "sheet", "size", "starts_on", "status", "undone_at", "undone_by_id", "welcomed_at", "welcomed_by_id") VALUES (NEW."brought_at", NEW."brought_by_id", NEW."cleared_at", NEW."encoding", NEW."group_id", NEW."heading_row", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."programme_id", NEW."role", NEW."rule_id", NEW."seat", NEW."sent_at", NEW."sent_by_id", NEW."separator", NEW."sha256", NEW."sheet", NEW."size", NEW."starts_on", NEW."status", NEW."undone_at", NEW."undone_by_id", NEW."welcomed_at", NEW."welcomed_by_id"); RETURN NULL;', hash='c720ac053a9494c2fa75c2eb13c610eff714e35a', operation='UPDATE', pgid='pgtrigger_update_update_4b127', table='programmes_peopleimport', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='ImportRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='row')),
                ('part', models.PositiveSmallIntegerField(default=1, verbose_name='part of the row')),
                ('cells', models.JSONField(default=list, verbose_name='cells')),
                ('details', models.JSONField(default=dict, verbose_name='what they say of a person')),
                ('problems', models.JSONField(default=list, verbose_name='problems')),
                ('status', models.CharField(choices=[('unchecked', 'Not checked yet'), ('problem', 'To put right'), ('ready', 'Ready'), ('here', 'Already in the programme'), ('left_out', 'Left out'), ('added', 'Brought in'), ('removed', 'Taken out again'), ('stayed', 'Stayed')], default='unchecked', max_length=10, verbose_name='status')),
                ('is_somebody_else', models.BooleanField(default=False, verbose_name='staff say that it is nobody we know')),
                ('stayed_because', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=500, verbose_name='why they stayed')),
                ('welcomed_at', models.DateTimeField(blank=True, null=True, verbose_name='welcomed')),
                ('changed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='put right by')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person', verbose_name='person')),
                ('same_as', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person', verbose_name='staff say that it is')),
                ('people_import', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='programmes.peopleimport', verbose_name='import')),
            ],
            options={
                'verbose_name': 'row of an import',
                'verbose_name_plural': 'rows of imports',
                'indexes': [models.Index(models.F('people_import'), models.F('status'), name='import_rows_by_status')],
                'ordering': ['number', 'part'],
                'constraints': [models.UniqueConstraint(fields=('people_import', 'number', 'part'), name='one_import_row_each'), models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['ready', 'added']), _negated=True), ('problems', []), _connector='OR'), name='a_ready_row_has_no_problem'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('stayed_because')), 500)), name='programmes_importrow_stayed_because_fits')],
                'triggers': [pgtrigger.compiler.Trigger(name='import_row_status', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{unchecked:problem,unchecked:ready,unchecked:here,unchecked:left_out,problem:ready,problem:here,problem:left_out,problem:unchecked,ready:added,ready:problem,ready:here,ready:left_out,ready:unchecked,here:problem,here:ready,here:left_out,here:unchecked,left_out:unchecked,left_out:problem,left_out:ready,left_out:here,added:removed,added:stayed}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='e8de59f49f20da443f1521e0702ecb358db4b1d3', operation='UPDATE', pgid='pgtrigger_import_row_status_bf0d8', table='programmes_importrow', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='PeopleImportEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('status', models.CharField(choices=[('reading', 'The file is being read'), ('unreadable', 'Could not be read'), ('columns', 'To say which column is which'), ('checking', 'Every row is being checked'), ('checked', 'Checked, nobody brought in yet'), ('bringing', 'People are being brought in'), ('done', 'Brought in'), ('undoing', 'Being undone'), ('undone', 'Undone'), ('discarded', 'Thrown away')], default='reading', max_length=10, verbose_name='status')),
                ('sha256', models.CharField(max_length=64, verbose_name='fingerprint of the file')),
                ('size', models.PositiveIntegerField(verbose_name='bytes')),
                ('kind', models.CharField(blank=True, max_length=4, verbose_name='kind of file')),
                ('sheet', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='sheet that is read')),
                ('encoding', models.CharField(blank=True, max_length=20, verbose_name='encoding')),
                ('separator', models.CharField(blank=True, max_length=1, verbose_name='separator')),
                ('heading_row', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='row with the headings')),
                ('role', models.CharField(blank=True, default='lived_experience', max_length=20, verbose_name='role')),
                ('seat', models.CharField(blank=True, choices=[('lived_experience', 'Lived experience'), ('partner', 'Partner charity'), ('staff', 'Programme staff'), ('funder', 'Funder')], max_length=20, verbose_name='kind of group member')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='first day')),
                ('sent_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='sent')),
                ('brought_at', models.DateTimeField(blank=True, null=True, verbose_name='brought in')),
                ('welcomed_at', models.DateTimeField(blank=True, null=True, verbose_name='welcome asked for')),
                ('undone_at', models.DateTimeField(blank=True, null=True, verbose_name='undone')),
                ('cleared_at', models.DateTimeField(blank=True, null=True, verbose_name='file and rows deleted')),
                ('brought_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='brought in by')),
                ('group', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.group', verbose_name='group')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='programmes.peopleimport')),
                ('programme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.programme', verbose_name='programme')),
                ('rule', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.importrule', verbose_name='rule that holds for it')),
                ('sent_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='sent by')),
                ('undone_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='undone by')),
                ('welcomed_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='welcome sent by')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9fc1e7a10a985d0b3f7f5e8a40cba1d4d0045dc5', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5f679', table='programmes_peopleimportevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='RememberedColumn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('heading', wellbeing.lib.texts.LineField(max_length=200, verbose_name='heading')),
                ('target', models.CharField(blank=True, max_length=20, verbose_name='what it is for')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='remembered_columns', to='programmes.programme', verbose_name='programme')),
            ],
            options={
                'verbose_name': 'remembered column',
                'verbose_name_plural': 'remembered columns',
                'ordering': ['programme', 'heading'],
                'constraints': [models.UniqueConstraint(fields=('programme', 'heading'), name='one_target_per_heading'), models.CheckConstraint(condition=models.Q(('heading__regex', '[\\u0001-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]'), _negated=True), name='programmes_rememberedcolumn_heading_on_a_line')],
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='membership',
            name='roles_are_kept',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='membership',
            trigger=pgtrigger.compiler.Trigger(name='roles_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT FROM programmes_importrow r JOIN programmes_peopleimport i ON i.id = r.people_import_id JOIN people_person p ON p.id = r.person_id WHERE r.person_id = OLD.person_id AND r.status = 'added' AND i.status = 'undoing' AND i.programme_id = OLD.programme_id AND p.user_id IS NULL AND p.joined_at IS NULL) THEN RETURN OLD; END IF; RAISE EXCEPTION 'Cannot delete rows from programmes_membership table'; RETURN OLD;", hash='c5b6358c138fd6dedfd36d1422b917c0bfc81bdf', operation='DELETE', pgid='pgtrigger_roles_are_kept_69abd', table='programmes_membership', when='BEFORE')),
        ),
            ],
        ),
        InstallTriggers(['importrule', 'peopleimport', 'importrow', 'peopleimportevent']),
    ]
