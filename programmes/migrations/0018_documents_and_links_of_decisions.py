"""Keep documents of proposals, what they rest on, and which decision agreed words."""

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import programmes.decisions.models.files
import wellbeing.lib.texts
from django.db import migrations, models

from wellbeing.lib.migrations import AtOnce, InstallTriggers


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0020_language_of_words'),
        ('programmes', '0017_what_we_heard_and_impact'),
    ]

    operations = [
        AtOnce(
            operations=[migrations.CreateModel(
                name='DecisionFile',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('original_name', wellbeing.lib.texts.LineField(max_length=200, verbose_name='name it arrived with')),
                    ('content_type', models.CharField(max_length=60, verbose_name='type')),
                    ('size', models.PositiveIntegerField(verbose_name='bytes')),
                    ('sha256', models.CharField(max_length=64, verbose_name='fingerprint as it arrived')),
                    ('status', models.CharField(choices=[('checking', 'Being checked'), ('ready', 'Ready'), ('refused', 'Could not be read')], default='checking', max_length=10, verbose_name='status')),
                    ('problem', models.CharField(blank=True, max_length=300, verbose_name='what is wrong with it')),
                    ('tries', models.PositiveSmallIntegerField(default=0, verbose_name='times a worker tried to open it')),
                    ('taken_at', models.DateTimeField(blank=True, null=True, verbose_name='taken by a worker')),
                    ('added_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='added')),
                    ('title', wellbeing.lib.texts.LineField(max_length=150, verbose_name='name of the document')),
                    ('is_easy_read', models.BooleanField(default=False, verbose_name='an Easy Read version')),
                    ('file', models.FileField(max_length=200, upload_to=programmes.decisions.models.files.decision_file_path, verbose_name='file')),
                    ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='added by')),
                    ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='programmes.decision', verbose_name='decision')),
                ],
                options={
                    'verbose_name': 'document of a proposal',
                    'verbose_name_plural': 'documents of proposals',
                    'ordering': ['decision', 'pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('file', ''), ('status', 'refused')), models.Q(models.Q(('status', 'refused'), _negated=True), models.Q(('file', ''), _negated=True)), _connector='OR'), name='document_has_its_file_unless_refused'), models.CheckConstraint(condition=models.Q(('title__regex', '[\\u0001-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]'), _negated=True), name='programmes_decisionfile_title_on_a_line'), models.CheckConstraint(condition=models.Q(('original_name__regex', '[\\u0001-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]'), _negated=True), name='programmes_decisionfile_original_name_on_a_line')],
                    'triggers': [pgtrigger.compiler.Trigger(name='documents_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='d23e145dc9400c2b3f87e1847df31488618bfe43', operation='DELETE', pgid='pgtrigger_documents_are_kept_b70f3', table='programmes_decisionfile', when='BEFORE')), pgtrigger.compiler.Trigger(name='documents_never_change_once_checked', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."status" IN (\'ready\', \'refused\'))', func='RAISE EXCEPTION \'pgtrigger: Cannot update of "decision_id", "title", "file", "sha256", "status" rows from % table\', TG_TABLE_NAME;', hash='8005064c43e1ba6b09a6ec191d885f20e4f596b6', operation='UPDATE OF "decision_id", "title", "file", "sha256", "status"', pgid='pgtrigger_documents_never_change_once_checked_4f19f', table='programmes_decisionfile', when='BEFORE')), pgtrigger.compiler.Trigger(name='documents_come_while_it_is_open', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE state text;', func="SELECT status INTO state FROM programmes_decision WHERE id = NEW.decision_id FOR SHARE; IF state NOT IN ('gathering', 'shaping', 'deciding') THEN RAISE EXCEPTION 'nothing is added once the decision is %', state; END IF; RETURN NEW;", hash='d8d84c799e3f84301541064936a677b7371a093e', operation='INSERT', pgid='pgtrigger_documents_come_while_it_is_open_b1c1c', table='programmes_decisionfile', when='BEFORE'))],
                },
            )],
        ),
        AtOnce(
            operations=[pgtrigger.migrations.RemoveTrigger(
                model_name='agreedterm',
                name='insert_insert',
            ), pgtrigger.migrations.RemoveTrigger(
                model_name='agreedterm',
                name='update_update',
            ), migrations.AddField(
                model_name='agreedterm',
                name='decision',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agreed_terms', to='programmes.decision', verbose_name='decision that agreed it'),
            ), migrations.AddField(
                model_name='agreedtermevent',
                name='decision',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.decision', verbose_name='decision that agreed it'),
            ), migrations.AddField(
                model_name='decision',
                name='contributions',
                field=models.ManyToManyField(blank=True, related_name='decisions', to='programmes.contribution', verbose_name='what we heard about it'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='agreedterm',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_agreedtermevent" ("agreed_at", "agreed_on", "decision_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "replaces", "term", "why") VALUES (NEW."agreed_at", NEW."agreed_on", NEW."decision_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."replaces", NEW."term", NEW."why"); RETURN NULL;', hash='4e1df2415df6ca387d424ca3004175edd28841a9', operation='INSERT', pgid='pgtrigger_insert_insert_bc4bc', table='programmes_agreedterm', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='agreedterm',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "programmes_agreedtermevent" ("agreed_at", "agreed_on", "decision_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "replaces", "term", "why") VALUES (NEW."agreed_at", NEW."agreed_on", NEW."decision_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."programme_id", NEW."replaces", NEW."term", NEW."why"); RETURN NULL;', hash='ac2c8ac07e2958b29e5670b2048e5de7459c99e3', operation='UPDATE', pgid='pgtrigger_update_update_777cb', table='programmes_agreedterm', when='AFTER')),
            )],
        ),
        InstallTriggers(
            models=['decisionfile'],
        ),
    ]
