"""Add what privacy keeps: rules, requests, complaints, looks, and what is due."""

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
        ('people', '0021_found_by_address'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        AtOnce(
            operations=[
        migrations.CreateModel(
            name='Complaint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', wellbeing.lib.texts.LimitedTextField(max_length=4000, verbose_name='what it is about')),
                ('status', models.CharField(choices=[('made', 'Not acknowledged yet'), ('acknowledged', 'Being looked into'), ('answered', 'Answered')], default='made', max_length=15, verbose_name='status')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='made')),
                ('acknowledge_by', models.DateField(verbose_name='acknowledge by')),
                ('made_how', wellbeing.lib.texts.WordsField(blank=True, max_length=300, verbose_name='how they complained')),
                ('acknowledged_at', models.DateTimeField(blank=True, null=True, verbose_name='acknowledged')),
                ('answer', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=4000, verbose_name='our answer')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered')),
                ('acknowledged_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='acknowledged by')),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='answered by')),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='written down by')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='complaints', to='people.person', verbose_name='person')),
            ],
            options={
                'verbose_name': 'complaint about data',
                'verbose_name_plural': 'complaints about data',
                'ordering': ['-made_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='complaint_says_what'), models.CheckConstraint(condition=models.Q(models.Q(('made_by', None), ('made_how', '')), models.Q(('made_by__isnull', False), models.Q(('made_how', ''), _negated=True)), _connector='OR'), name='complaint_for_another_says_how'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'answered'), _negated=True), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='complaint_answered_says_what'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('words')), 4000)), name='people_complaint_words_fits'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('answer')), 4000)), name='people_complaint_answer_fits')],
                'triggers': [pgtrigger.compiler.Trigger(name='complaint_steps', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{made:acknowledged,made:answered,acknowledged:answered}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='ef809ab0260a33f9e1038a4b07f9723851956094', operation='UPDATE', pgid='pgtrigger_complaint_steps_1ca64', table='people_complaint', when='BEFORE')), pgtrigger.compiler.Trigger(name='complaints_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='50284e70db85c4cf9b9f650849216aa74ddf6a73', operation='DELETE', pgid='pgtrigger_complaints_are_kept_0bb87', table='people_complaint', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_complaintevent" ("acknowledge_by", "acknowledged_at", "acknowledged_by_id", "answer", "answered_at", "answered_by_id", "id", "made_at", "made_by_id", "made_how", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "status", "words") VALUES (NEW."acknowledge_by", NEW."acknowledged_at", NEW."acknowledged_by_id", NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."id", NEW."made_at", NEW."made_by_id", NEW."made_how", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."status", NEW."words"); RETURN NULL;', hash='2866cbc9366cd80d190c1059c1eccdd6b3c19c61', operation='INSERT', pgid='pgtrigger_insert_insert_c2efc', table='people_complaint', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "people_complaintevent" ("acknowledge_by", "acknowledged_at", "acknowledged_by_id", "answer", "answered_at", "answered_by_id", "id", "made_at", "made_by_id", "made_how", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "status", "words") VALUES (NEW."acknowledge_by", NEW."acknowledged_at", NEW."acknowledged_by_id", NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."id", NEW."made_at", NEW."made_by_id", NEW."made_how", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."status", NEW."words"); RETURN NULL;', hash='ea1da360d180210ecc3c66b2b60df9109d22c8bc', operation='UPDATE', pgid='pgtrigger_update_update_631b5', table='people_complaint', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='ComplaintEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('words', wellbeing.lib.texts.LimitedTextField(max_length=4000, verbose_name='what it is about')),
                ('status', models.CharField(choices=[('made', 'Not acknowledged yet'), ('acknowledged', 'Being looked into'), ('answered', 'Answered')], default='made', max_length=15, verbose_name='status')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='made')),
                ('acknowledge_by', models.DateField(verbose_name='acknowledge by')),
                ('made_how', wellbeing.lib.texts.WordsField(blank=True, max_length=300, verbose_name='how they complained')),
                ('acknowledged_at', models.DateTimeField(blank=True, null=True, verbose_name='acknowledged')),
                ('answer', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=4000, verbose_name='our answer')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered')),
                ('acknowledged_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='acknowledged by')),
                ('answered_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='answered by')),
                ('made_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='written down by')),
                ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='person')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='people.complaint')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e9af6185059a5ccf91fdda70f54205d4eff636ba', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7593e', table='people_complaintevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='DueForRetention',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20, verbose_name='kind')),
                ('subject_id', models.BigIntegerField(verbose_name='subject')),
                ('since', models.DateField(verbose_name='kept since')),
                ('listed_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='listed')),
                ('removed_on', models.DateField(verbose_name='goes on')),
                ('done_at', models.DateTimeField(blank=True, null=True, verbose_name='removed')),
                ('held_at', models.DateTimeField(blank=True, null=True, verbose_name='held')),
                ('held_why', wellbeing.lib.texts.WordsField(blank=True, max_length=300, verbose_name='why it stays')),
                ('problem', models.CharField(blank=True, max_length=300, verbose_name='why it could not be removed')),
                ('held_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='held by')),
            ],
            options={
                'verbose_name': 'due to be removed',
                'verbose_name_plural': 'due to be removed',
                'ordering': ['removed_on', 'kind', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('done_at', None)), fields=('kind', 'subject_id'), name='one_line_per_thing_due'), models.CheckConstraint(condition=models.Q(models.Q(('held_at', None), ('held_by', None), ('held_why', '')), models.Q(('done_at', None), ('held_at__isnull', False), ('held_by__isnull', False), models.Q(('held_why', ''), _negated=True)), _connector='OR'), name='held_says_who_and_why')],
                'triggers': [pgtrigger.compiler.Trigger(name='retention_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='075e19cbb9805ace8734c5591988cef7ed48cdf7', operation='DELETE', pgid='pgtrigger_retention_is_kept_16260', table='people_dueforretention', when='BEFORE')), pgtrigger.compiler.Trigger(name='retention_is_only_answered', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."subject_id" IS DISTINCT FROM (NEW."subject_id") OR OLD."since" IS DISTINCT FROM (NEW."since") OR OLD."listed_on" IS DISTINCT FROM (NEW."listed_on"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='6856d67bc2af16c84bba38312267aec591468acf', operation='UPDATE', pgid='pgtrigger_retention_is_only_answered_e4a79', table='people_dueforretention', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='EmergencyLook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', wellbeing.lib.texts.WordsField(max_length=500, verbose_name='why')),
                ('opened_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='opened')),
                ('closes_at', models.DateTimeField(verbose_name='open until')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='emergency_looks', to='people.person', verbose_name='person')),
                ('reader', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='opened by')),
            ],
            options={
                'verbose_name': 'look in an emergency',
                'verbose_name_plural': 'looks in emergencies',
                'ordering': ['-opened_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='emergency_look_says_why'), models.CheckConstraint(condition=models.Q(('closes_at__gt', models.F('opened_at'))), name='emergency_look_ends')],
                'triggers': [pgtrigger.compiler.Trigger(name='emergency_looks_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='eade9e37fbe16476430ea2dda6a6fd0a36071fb6', operation='UPDATE OR DELETE', pgid='pgtrigger_emergency_looks_stay_14fc1', table='people_emergencylook', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_emergencylookevent" ("closes_at", "id", "opened_at", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reader_id", "reason") VALUES (NEW."closes_at", NEW."id", NEW."opened_at", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reader_id", NEW."reason"); RETURN NULL;', hash='80f19ef95391ac5bfe2c543f12f441c477530f30', operation='INSERT', pgid='pgtrigger_insert_insert_4b9e1', table='people_emergencylook', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "people_emergencylookevent" ("closes_at", "id", "opened_at", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reader_id", "reason") VALUES (NEW."closes_at", NEW."id", NEW."opened_at", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reader_id", NEW."reason"); RETURN NULL;', hash='4b3beb33ecc49aaf733a30b0a786e8c39fc90e66', operation='UPDATE', pgid='pgtrigger_update_update_a918f', table='people_emergencylook', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='EmergencyLookEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('reason', wellbeing.lib.texts.WordsField(max_length=500, verbose_name='why')),
                ('opened_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='opened')),
                ('closes_at', models.DateTimeField(verbose_name='open until')),
                ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='person')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='people.emergencylook')),
                ('reader', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='opened by')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='920a694e8c61ab73f41cba70a71d13f2b9dc362a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_23646', table='people_emergencylookevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='Look',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('needs', 'What you need to take part'), ('bank', 'Your bank details'), ('monitoring', 'Answers about equality'), ('notes', 'Notes about you'), ('copy', 'Your copy of what we hold')], max_length=12, verbose_name='what was read')),
                ('role', models.CharField(blank=True, max_length=40, verbose_name='in the role of')),
                ('on', models.DateField(default=django.utils.timezone.localdate, verbose_name='day')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='looks', to='people.person', verbose_name='person')),
                ('reader', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='reader')),
            ],
            options={
                'verbose_name': 'look',
                'verbose_name_plural': 'looks',
                'ordering': ['-on', 'kind'],
                'constraints': [models.UniqueConstraint(fields=('person', 'on', 'reader', 'kind'), name='one_look_per_day')],
                'triggers': [pgtrigger.compiler.Trigger(name='looks_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5e7bf846a220d465177cf386f069570f1bf8ae33', operation='UPDATE OR DELETE', pgid='pgtrigger_looks_stay_c9efe', table='people_look', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='PrivacyRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('copy', 'A copy of what we hold'), ('erasure', 'To be removed')], max_length=10, verbose_name='what they ask for')),
                ('status', models.CharField(choices=[('asked', 'Asked for'), ('confirmed', 'Being done'), ('done', 'Done'), ('refused', 'Refused'), ('withdrawn', 'Taken back')], default='asked', max_length=10, verbose_name='status')),
                ('words', wellbeing.lib.texts.WordsField(blank=True, max_length=1000, verbose_name='in their words')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='asked')),
                ('due_on', models.DateField(verbose_name='answer by')),
                ('asked_how', wellbeing.lib.texts.WordsField(blank=True, max_length=300, verbose_name='how they asked')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided')),
                ('proof', wellbeing.lib.texts.WordsField(blank=True, max_length=300, verbose_name='how it was made sure that it is them')),
                ('ground', models.CharField(blank=True, choices=[('identity', 'We could not make sure that it is them'), ('law', 'The law asks us to keep it'), ('claim', 'It is needed for a legal claim'), ('excessive', 'It is the same as asked before, a short time ago')], max_length=10, verbose_name='reason in law')),
                ('refused_why', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=2000, verbose_name='why it was refused')),
                ('done_at', models.DateTimeField(blank=True, null=True, verbose_name='done')),
                ('asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='written down by')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='decided by')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='privacy_requests', to='people.person', verbose_name='person')),
            ],
            options={
                'verbose_name': "request about one's data",
                'verbose_name_plural': "requests about one's data",
                'ordering': ['-asked_at', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('status__in', ['asked', 'confirmed'])), fields=('person', 'kind'), name='one_open_privacy_request_per_kind'), models.CheckConstraint(condition=models.Q(models.Q(('asked_by', None), ('asked_how', '')), models.Q(('asked_by__isnull', False), models.Q(('asked_how', ''), _negated=True)), _connector='OR'), name='privacy_request_for_another_says_how'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'refused'), _negated=True), models.Q(models.Q(('ground', ''), _negated=True), models.Q(('refused_why', ''), _negated=True), ('decided_by__isnull', False)), _connector='OR'), name='privacy_request_refused_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['confirmed', 'done']), _negated=True), models.Q(('proof', ''), _negated=True), _connector='OR'), name='privacy_request_is_proved'), models.CheckConstraint(condition=models.Q(('kind', 'copy'), models.Q(('status__in', ['confirmed', 'done']), _negated=True), models.Q(('decided_by__isnull', False), models.Q(('decided_by', models.F('person')), _negated=True)), _connector='OR'), name='erasure_is_confirmed_by_another'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('refused_why')), 2000)), name='people_privacyrequest_refused_why_fits')],
                'triggers': [pgtrigger.compiler.Trigger(name='privacy_request_steps', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{asked:confirmed,asked:refused,asked:withdrawn,confirmed:done}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='a18223672c6a138e2872553303a7749dc3541b41', operation='UPDATE', pgid='pgtrigger_privacy_request_steps_ceff9', table='people_privacyrequest', when='BEFORE')), pgtrigger.compiler.Trigger(name='privacy_requests_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='44b73d053c0301f86d75df2ef356b78d80b238e6', operation='DELETE', pgid='pgtrigger_privacy_requests_are_kept_25841', table='people_privacyrequest', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_privacyrequestevent" ("asked_at", "asked_by_id", "asked_how", "decided_at", "decided_by_id", "done_at", "due_on", "ground", "id", "kind", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proof", "refused_why", "status", "words") VALUES (NEW."asked_at", NEW."asked_by_id", NEW."asked_how", NEW."decided_at", NEW."decided_by_id", NEW."done_at", NEW."due_on", NEW."ground", NEW."id", NEW."kind", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."proof", NEW."refused_why", NEW."status", NEW."words"); RETURN NULL;', hash='7060a634777ee94f05238e76a5a5772047aef37d', operation='INSERT', pgid='pgtrigger_insert_insert_5f126', table='people_privacyrequest', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "people_privacyrequestevent" ("asked_at", "asked_by_id", "asked_how", "decided_at", "decided_by_id", "done_at", "due_on", "ground", "id", "kind", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proof", "refused_why", "status", "words") VALUES (NEW."asked_at", NEW."asked_by_id", NEW."asked_how", NEW."decided_at", NEW."decided_by_id", NEW."done_at", NEW."due_on", NEW."ground", NEW."id", NEW."kind", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."proof", NEW."refused_why", NEW."status", NEW."words"); RETURN NULL;', hash='891923e6100cc9bc62a253ae3d9801882e33361a', operation='UPDATE', pgid='pgtrigger_update_update_f4404', table='people_privacyrequest', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('because', models.CharField(default='asked', max_length=20, verbose_name='because')),
                ('reference', models.CharField(max_length=20, unique=True, verbose_name='reference')),
                ('counts', models.JSONField(verbose_name='rows')),
                ('kept', models.JSONField(verbose_name='what stays')),
                ('to_look_at', models.JSONField(default=list, verbose_name='files of others that name them')),
                ('done_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='done')),
                ('told_at', models.DateTimeField(blank=True, null=True, verbose_name='certificate sent')),
                ('last_kept_until', models.DateField(blank=True, null=True, verbose_name='records of accounts stay until')),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='confirmed by')),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='erasure', to='people.person', verbose_name='record of the person')),
                ('request', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='erasure', to='people.privacyrequest', verbose_name='request')),
            ],
            options={
                'verbose_name': 'erasure',
                'verbose_name_plural': 'erasures',
                'ordering': ['-done_at', '-pk'],
                'triggers': [pgtrigger.compiler.Trigger(name='erasures_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='af25564a44303ed8c6b05a8232d2568cedb2018b', operation='DELETE', pgid='pgtrigger_erasures_are_kept_494f2', table='people_erasure', when='BEFORE')), pgtrigger.compiler.Trigger(name='erasures_never_change', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."request_id" IS DISTINCT FROM (NEW."request_id") OR OLD."because" IS DISTINCT FROM (NEW."because") OR OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."counts" IS DISTINCT FROM (NEW."counts") OR OLD."kept" IS DISTINCT FROM (NEW."kept") OR OLD."to_look_at" IS DISTINCT FROM (NEW."to_look_at") OR OLD."done_at" IS DISTINCT FROM (NEW."done_at") OR OLD."confirmed_by_id" IS DISTINCT FROM (NEW."confirmed_by_id") OR OLD."last_kept_until" IS DISTINCT FROM (NEW."last_kept_until"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='ff1fd42661ddf024eb8dcf332fe1f41047071f79', operation='UPDATE', pgid='pgtrigger_erasures_never_change_15d94', table='people_erasure', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='CopyFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='asked for')),
                ('sha256', models.CharField(blank=True, max_length=64, verbose_name='fingerprint')),
                ('size', models.PositiveIntegerField(default=0, verbose_name='bytes')),
                ('made_at', models.DateTimeField(blank=True, null=True, verbose_name='made')),
                ('format', models.CharField(choices=[('json', 'All of it, for another program (JSON)'), ('pdf', 'To read and to print (PDF)'), ('zip', 'The files that we hold (ZIP)')], max_length=5, verbose_name='kind of file')),
                ('file', models.FileField(blank=True, max_length=200, upload_to='copies/%Y/%m', verbose_name='file')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='people.privacyrequest', verbose_name='request')),
            ],
            options={
                'verbose_name': 'file of a copy',
                'verbose_name_plural': 'files of copies',
                'ordering': ['request', 'format'],
                'constraints': [models.UniqueConstraint(fields=('request', 'format'), name='one_file_per_copy_and_format'), models.CheckConstraint(condition=models.Q(models.Q(('file', ''), ('made_at__isnull', True), ('sha256', ''), ('size', 0)), models.Q(('made_at__isnull', False), ('size__gt', 0), models.Q(('file', ''), _negated=True), models.Q(('sha256', ''), _negated=True)), _connector='OR'), name='copy_made_has_its_file')],
            },
        ),
        migrations.CreateModel(
            name='PrivacyRequestEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('copy', 'A copy of what we hold'), ('erasure', 'To be removed')], max_length=10, verbose_name='what they ask for')),
                ('status', models.CharField(choices=[('asked', 'Asked for'), ('confirmed', 'Being done'), ('done', 'Done'), ('refused', 'Refused'), ('withdrawn', 'Taken back')], default='asked', max_length=10, verbose_name='status')),
                ('words', wellbeing.lib.texts.WordsField(blank=True, max_length=1000, verbose_name='in their words')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='asked')),
                ('due_on', models.DateField(verbose_name='answer by')),
                ('asked_how', wellbeing.lib.texts.WordsField(blank=True, max_length=300, verbose_name='how they asked')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided')),
                ('proof', wellbeing.lib.texts.WordsField(blank=True, max_length=300, verbose_name='how it was made sure that it is them')),
                ('ground', models.CharField(blank=True, choices=[('identity', 'We could not make sure that it is them'), ('law', 'The law asks us to keep it'), ('claim', 'It is needed for a legal claim'), ('excessive', 'It is the same as asked before, a short time ago')], max_length=10, verbose_name='reason in law')),
                ('refused_why', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=2000, verbose_name='why it was refused')),
                ('done_at', models.DateTimeField(blank=True, null=True, verbose_name='done')),
                ('asked_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='written down by')),
                ('decided_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='decided by')),
                ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='person')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='people.privacyrequest')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='928c99ce5218b2fceb7f145fd4a8e2bb334e4bfe', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_aa7ab', table='people_privacyrequestevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='PrivacyRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('answer', 'to answer somebody who asks for a copy or to be removed'), ('acknowledge', 'to acknowledge a complaint'), ('copy_kept', "a copy of somebody's data waits to be downloaded"), ('listed', 'what is due to be removed is listed before it is'), ('emergency', 'access needs are open after a reason of emergency'), ('left', 'details of people after their last role ended'), ('unanswered', 'people a programme added who never said that it is them'), ('messages', 'words of messages'), ('looks', 'who looked at what'), ('accounts', 'records of accounts, after the end of their financial year')], max_length=20, verbose_name='what for')),
                ('number', models.PositiveSmallIntegerField(verbose_name='how many')),
                ('unit', models.CharField(choices=[('hours', 'hours'), ('days', 'days'), ('months', 'months'), ('years', 'years')], max_length=10, verbose_name='unit')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='why this long')),
                ('effective_from', models.DateField(verbose_name='applies from')),
            ],
            options={
                'verbose_name': 'time of privacy',
                'verbose_name_plural': 'times of privacy',
                'ordering': ['kind', '-effective_from'],
                'constraints': [models.UniqueConstraint(fields=('kind', 'effective_from'), name='one_privacy_rule_per_day'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='privacy_rule_of_one_at_least')],
                'triggers': [pgtrigger.compiler.Trigger(name='privacy_rules_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0a209c6df14810820e40dd98ac8a69b404c11c9e', operation='UPDATE OR DELETE', pgid='pgtrigger_privacy_rules_are_kept_f3585', table='people_privacyrule', when='BEFORE'))],
            },
        ),
            ],
        ),
        InstallTriggers(['complaint', 'complaintevent', 'dueforretention', 'emergencylook', 'emergencylookevent', 'look', 'privacyrequest', 'erasure', 'privacyrequestevent', 'privacyrule']),
    ]
