"""Ask by 4Pi how working together went, without keeping who answered how."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
import pgtrigger.compiler
import uuid
import wellbeing.lib.texts
from django.db import migrations, models

from wellbeing.lib.migrations import AtOnce, InstallTriggers


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0020_language_of_words'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('programmes', '0018_documents_and_links_of_decisions'),
    ]

    operations = [
        AtOnce(
            operations=[migrations.CreateModel(
                name='ReviewRule',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('effective_from', models.DateField(verbose_name='from')),
                    ('fewest', models.PositiveSmallIntegerField(verbose_name='answers of a group that are shown, at least')),
                    ('low_mean', models.DecimalField(decimal_places=1, max_digits=2, verbose_name='a mean below this is low')),
                    ('open_days', models.PositiveSmallIntegerField(verbose_name='days a review is usually open')),
                    ('programme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='review_rules', to='programmes.programme', verbose_name='programme')),
                    ('set_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='set by')),
                ],
                options={
                    'verbose_name': 'rule of reviews',
                    'verbose_name_plural': 'rules of reviews',
                    'ordering': ['programme', '-effective_from'],
                    'constraints': [models.UniqueConstraint(fields=('programme', 'effective_from'), name='one_review_rule_a_day', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('fewest__gte', 3)), name='review_rule_hides_the_few'), models.CheckConstraint(condition=models.Q(('low_mean__gte', 1), ('low_mean__lte', 5)), name='review_rule_low_is_a_step'), models.CheckConstraint(condition=models.Q(('open_days__gte', 1)), name='review_rule_is_open_for_days')],
                    'triggers': [pgtrigger.compiler.Trigger(name='review_rules_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e3e5b7c2788628cc3f5e76cfffc34d31f0a3e426', operation='UPDATE OR DELETE', pgid='pgtrigger_review_rules_stay_68587', table='programmes_reviewrule', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='ReviewStatement',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('effective_from', models.DateField(verbose_name='asked from')),
                    ('section', models.CharField(choices=[('principles', 'Principles'), ('purpose', 'Purpose'), ('presence', 'Presence'), ('process', 'Process'), ('impact', 'Impact')], max_length=10, verbose_name='section')),
                    ('position', models.PositiveSmallIntegerField(verbose_name='place in its section')),
                    ('words', wellbeing.lib.texts.LineField(max_length=200, verbose_name='statement')),
                    ('staff_words', wellbeing.lib.texts.LineField(blank=True, max_length=200, verbose_name='statement for staff')),
                    ('programme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='review_statements', to='programmes.programme', verbose_name='programme')),
                ],
                options={
                    'verbose_name': 'statement of a review',
                    'verbose_name_plural': 'statements of reviews',
                    'ordering': ['effective_from', 'pk'],
                    'constraints': [models.UniqueConstraint(fields=('programme', 'effective_from', 'section', 'position'), name='one_review_statement_per_place', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='review_statement_says_something'), models.CheckConstraint(condition=models.Q(('words__regex', '[\\u0001-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]'), _negated=True), name='programmes_reviewstatement_words_on_a_line'), models.CheckConstraint(condition=models.Q(('staff_words__regex', '[\\u0001-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]'), _negated=True), name='programmes_reviewstatement_staff_words_on_a_line')],
                    'triggers': [pgtrigger.compiler.Trigger(name='review_statements_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='e83f9635a10b36807bdd8312f7be3b9a6de8956e', operation='UPDATE', pgid='pgtrigger_review_statements_stay_b3716', table='programmes_reviewstatement', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='ReviewRound',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('title', wellbeing.lib.texts.LineField(max_length=150, verbose_name='name')),
                    ('about', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=2000, verbose_name='what it is about')),
                    ('opens_on', models.DateField(verbose_name='asked from')),
                    ('closes_on', models.DateField(verbose_name='last day to answer')),
                    ('asks_lived_experience', models.BooleanField(default=True, verbose_name='people with lived experience are asked')),
                    ('asks_staff', models.BooleanField(default=True, verbose_name='staff are asked')),
                    ('asks_steering', models.BooleanField(default=False, verbose_name='the steering group is asked')),
                    ('status', models.CharField(choices=[('planned', 'Planned'), ('open', 'Open'), ('closed', 'Closed'), ('published', 'Shared with everyone')], default='planned', max_length=10, verbose_name='status')),
                    ('closed_on', models.DateField(blank=True, null=True, verbose_name='closed')),
                    ('published_on', models.DateField(blank=True, null=True, verbose_name='shared')),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='made by')),
                    ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='review_rounds', to='programmes.programme', verbose_name='programme')),
                    ('rule', models.ForeignKey(blank=True, help_text='The one of the day it was opened: people answer because of what it promises.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='programmes.reviewrule', verbose_name='rule for what is shown')),
                ],
                options={
                    'verbose_name': '4Pi review',
                    'verbose_name_plural': '4Pi reviews',
                    'ordering': ['-opens_on', '-pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('closes_on__gte', models.F('opens_on'))), name='review_closes_after_it_opens'), models.CheckConstraint(condition=models.Q(('asks_lived_experience', True), ('asks_staff', True), ('asks_steering', True), _connector='OR'), name='review_asks_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('rule', None), ('status', 'planned')), models.Q(models.Q(('status', 'planned'), _negated=True), ('rule__isnull', False)), _connector='OR'), name='review_is_opened_under_a_rule'), models.CheckConstraint(condition=models.Q(models.Q(('closed_on', None), ('status__in', ['planned', 'open'])), models.Q(('status__in', ['closed', 'published']), ('closed_on__isnull', False)), _connector='OR'), name='review_closed_on_a_day'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'published'), ('published_on__isnull', False)), models.Q(models.Q(('status', 'published'), _negated=True), ('published_on', None)), _connector='OR'), name='review_published_on_a_day'), models.CheckConstraint(condition=models.Q(('title__regex', '[\\u0001-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]'), _negated=True), name='programmes_reviewround_title_on_a_line'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('about')), 2000)), name='programmes_reviewround_about_fits')],
                    'triggers': [pgtrigger.compiler.Trigger(name='review_steps', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{planned:open,open:closed,closed:published}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='e331ea6c385947d2754c17a360f1745a50e0572c', operation='UPDATE', pgid='pgtrigger_review_steps_bc5c7', table='programmes_reviewround', when='BEFORE')), pgtrigger.compiler.Trigger(name='reviews_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='51331e305645a46a8990dd385ce7120b59fe5430', operation='DELETE', pgid='pgtrigger_reviews_are_kept_589d7', table='programmes_reviewround', when='BEFORE')), pgtrigger.compiler.Trigger(name='review_rule_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."rule_id" IS DISTINCT FROM (NEW."rule_id") AND OLD."rule_id" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='14b6e285e56b427287e6d37b98db9a122013cb99', operation='UPDATE', pgid='pgtrigger_review_rule_stays_0dfb9', table='programmes_reviewround', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_reviewroundevent" ("about", "asks_lived_experience", "asks_staff", "asks_steering", "closed_on", "closes_on", "id", "made_by_id", "opens_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "published_on", "rule_id", "status", "title") VALUES (NEW."about", NEW."asks_lived_experience", NEW."asks_staff", NEW."asks_steering", NEW."closed_on", NEW."closes_on", NEW."id", NEW."made_by_id", NEW."opens_on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."published_on", NEW."rule_id", NEW."status", NEW."title"); RETURN NULL;', hash='8a349141567ae570ecadb2a45d239fc5a024ceed', operation='INSERT', pgid='pgtrigger_insert_insert_5b502', table='programmes_reviewround', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "programmes_reviewroundevent" ("about", "asks_lived_experience", "asks_staff", "asks_steering", "closed_on", "closes_on", "id", "made_by_id", "opens_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "published_on", "rule_id", "status", "title") VALUES (NEW."about", NEW."asks_lived_experience", NEW."asks_staff", NEW."asks_steering", NEW."closed_on", NEW."closes_on", NEW."id", NEW."made_by_id", NEW."opens_on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."programme_id", NEW."published_on", NEW."rule_id", NEW."status", NEW."title"); RETURN NULL;', hash='49261f0065e454c48df15ab30e8e760fa9f30558', operation='UPDATE', pgid='pgtrigger_update_update_b9fad', table='programmes_reviewround', when='AFTER'))],
                },
            ), migrations.CreateModel(
                name='ReviewAsked',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('side', models.CharField(choices=[('lived_experience', 'People with lived experience'), ('staff', 'Staff'), ('others', 'Others on the steering group')], max_length=20, verbose_name='group')),
                    ('link_key', models.CharField(editable=False, max_length=40, unique=True, verbose_name='key of the personal link')),
                    ('asked_on', models.DateField(verbose_name='asked')),
                    ('answered_on', models.DateField(blank=True, null=True, verbose_name='answered')),
                    ('way', models.CharField(blank=True, choices=[('page', 'Online'), ('phone', 'By phone'), ('paper', 'On paper')], max_length=10, verbose_name='how')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews_asked', to='people.person', verbose_name='person')),
                    ('taken_by', models.ForeignKey(blank=True, help_text='Who entered the answers for them. Empty when they answered themselves.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='answers entered by')),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='asked', to='programmes.reviewround', verbose_name='review')),
                ],
                options={
                    'verbose_name': 'person asked in a review',
                    'verbose_name_plural': 'people asked in reviews',
                    'ordering': ['person__sort_key', 'pk'],
                    'constraints': [models.UniqueConstraint(fields=('round', 'person'), name='asked_once_in_a_review'), models.CheckConstraint(condition=models.Q(models.Q(('answered_on', None), ('way', '')), models.Q(('answered_on__isnull', False), models.Q(('way', ''), _negated=True)), _connector='OR'), name='review_answered_some_way'), models.CheckConstraint(condition=models.Q(models.Q(('taken_by', None), ('way__in', ['', 'page'])), models.Q(('way__in', ['phone', 'paper']), ('taken_by__isnull', False)), _connector='OR'), name='review_answers_entered_by_somebody')],
                    'triggers': [pgtrigger.compiler.Trigger(name='asked_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='b0993f02d9f5c8b88b8624e445ed342be38610bb', operation='DELETE', pgid='pgtrigger_asked_are_kept_dc4a4', table='programmes_reviewasked', when='BEFORE')), pgtrigger.compiler.Trigger(name='asked_only_answer', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."round_id" IS DISTINCT FROM (NEW."round_id") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."side" IS DISTINCT FROM (NEW."side") OR OLD."link_key" IS DISTINCT FROM (NEW."link_key") OR OLD."asked_on" IS DISTINCT FROM (NEW."asked_on"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='411dbfbb887489043501c5cdbe80c7b421df1907', operation='UPDATE', pgid='pgtrigger_asked_only_answer_7305e', table='programmes_reviewasked', when='BEFORE')), pgtrigger.compiler.Trigger(name='asked_answer_once_while_open', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE state text;', func="IF TG_OP = 'UPDATE' AND OLD.answered_on IS NOT NULL THEN RAISE EXCEPTION 'somebody answers a review once'; END IF; SELECT status INTO state FROM programmes_reviewround WHERE id = NEW.round_id FOR SHARE; IF state IS DISTINCT FROM 'open' THEN RAISE EXCEPTION 'people are asked and answer while a review is open'; END IF; RETURN NEW;", hash='1250484897c88f8c7469616bddce3e60782b6588', operation='INSERT OR UPDATE', pgid='pgtrigger_asked_answer_once_while_open_bd408', table='programmes_reviewasked', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_reviewaskedevent" ("asked_on", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_id", "side") VALUES (NEW."asked_on", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."round_id", NEW."side"); RETURN NULL;', hash='c69690d3f9ff620718d3050e31d454332ca0a7b7', operation='INSERT', pgid='pgtrigger_insert_insert_95c75', table='programmes_reviewasked', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."asked_on" IS DISTINCT FROM (NEW."asked_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."round_id" IS DISTINCT FROM (NEW."round_id") OR OLD."side" IS DISTINCT FROM (NEW."side"))', func='INSERT INTO "programmes_reviewaskedevent" ("asked_on", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_id", "side") VALUES (NEW."asked_on", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."round_id", NEW."side"); RETURN NULL;', hash='bdb44604b2e7fb1a08f66141ef0ded1fc4fc5830', operation='UPDATE', pgid='pgtrigger_update_update_dd8e4', table='programmes_reviewasked', when='AFTER'))],
                },
            ), migrations.CreateModel(
                name='ReviewAction',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('point', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='review_action', to='programmes.actionpoint', verbose_name='action')),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='programmes.reviewround', verbose_name='review')),
                    ('statement', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='programmes.reviewstatement', verbose_name='statement')),
                ],
                options={
                    'verbose_name': 'action from a review',
                    'verbose_name_plural': 'actions from reviews',
                    'ordering': ['point__due_on', 'pk'],
                    'triggers': [pgtrigger.compiler.Trigger(name='review_actions_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f34b78c601fcafc6ec2aaafb287793b74465ea3d', operation='UPDATE OR DELETE', pgid='pgtrigger_review_actions_stay_72fc4', table='programmes_reviewaction', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_reviewactionevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "point_id", "round_id", "statement_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."point_id", NEW."round_id", NEW."statement_id"); RETURN NULL;', hash='bab10123adf5aafd900fc5d7b7fb81aa838ffc09', operation='INSERT', pgid='pgtrigger_insert_insert_7f6a0', table='programmes_reviewaction', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "programmes_reviewactionevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "point_id", "round_id", "statement_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."point_id", NEW."round_id", NEW."statement_id"); RETURN NULL;', hash='3ee260393d53395f0bb7a893c01f4d70ea890a34', operation='UPDATE', pgid='pgtrigger_update_update_0c79e', table='programmes_reviewaction', when='AFTER'))],
                },
            ), migrations.CreateModel(
                name='ResultsPaper',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('layout', models.CharField(choices=[('standard', 'Standard print'), ('large-print', 'Large print, 18 point'), ('easy-read', 'Easy Read layout, one statement a line')], max_length=12, verbose_name='print')),
                    ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='asked for')),
                    ('file', models.FileField(blank=True, max_length=200, upload_to='reviews/%Y/%m', verbose_name='file')),
                    ('sha256', models.CharField(blank=True, max_length=64, verbose_name='fingerprint')),
                    ('size', models.PositiveIntegerField(default=0, verbose_name='bytes')),
                    ('made_at', models.DateTimeField(blank=True, null=True, verbose_name='made')),
                    ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='asked for by')),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='programmes.reviewround', verbose_name='review')),
                ],
                options={
                    'verbose_name': 'paper of results',
                    'verbose_name_plural': 'papers of results',
                    'ordering': ['round', 'layout'],
                    'constraints': [models.UniqueConstraint(fields=('round', 'layout'), name='one_results_paper_per_layout'), models.CheckConstraint(condition=models.Q(models.Q(('file', ''), ('made_at__isnull', True), ('sha256', ''), ('size', 0)), models.Q(('made_at__isnull', False), ('size__gt', 0), models.Q(('file', ''), _negated=True), models.Q(('sha256', ''), _negated=True)), _connector='OR'), name='results_paper_made_has_its_file')],
                    'triggers': [pgtrigger.compiler.Trigger(name='results_papers_never_change', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."made_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='41d73376102b6114651c0609d4495b9f31be5b52', operation='UPDATE', pgid='pgtrigger_results_papers_never_change_87af5', table='programmes_resultspaper', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='ReviewRoundEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('title', wellbeing.lib.texts.LineField(max_length=150, verbose_name='name')),
                    ('about', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=2000, verbose_name='what it is about')),
                    ('opens_on', models.DateField(verbose_name='asked from')),
                    ('closes_on', models.DateField(verbose_name='last day to answer')),
                    ('asks_lived_experience', models.BooleanField(default=True, verbose_name='people with lived experience are asked')),
                    ('asks_staff', models.BooleanField(default=True, verbose_name='staff are asked')),
                    ('asks_steering', models.BooleanField(default=False, verbose_name='the steering group is asked')),
                    ('status', models.CharField(choices=[('planned', 'Planned'), ('open', 'Open'), ('closed', 'Closed'), ('published', 'Shared with everyone')], default='planned', max_length=10, verbose_name='status')),
                    ('closed_on', models.DateField(blank=True, null=True, verbose_name='closed')),
                    ('published_on', models.DateField(blank=True, null=True, verbose_name='shared')),
                    ('made_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='made by')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='programmes.reviewround')),
                    ('programme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.programme', verbose_name='programme')),
                    ('rule', models.ForeignKey(blank=True, db_constraint=False, help_text='The one of the day it was opened: people answer because of what it promises.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.reviewrule', verbose_name='rule for what is shown')),
                ],
                options={
                    'abstract': False,
                    'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6b4ce7c975274a88092237fb719ee139359ad6d8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a8c41', table='programmes_reviewroundevent', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='ReviewTally',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('side', models.CharField(choices=[('lived_experience', 'People with lived experience'), ('staff', 'Staff'), ('others', 'Others on the steering group')], max_length=20, verbose_name='group')),
                    ('value', models.PositiveSmallIntegerField(verbose_name='answer')),
                    ('number', models.PositiveIntegerField(default=0, verbose_name='how often')),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tallies', to='programmes.reviewround', verbose_name='review')),
                    ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tallies', to='programmes.reviewstatement', verbose_name='statement')),
                ],
                options={
                    'verbose_name': 'count of answers',
                    'verbose_name_plural': 'counts of answers',
                    'ordering': ['pk'],
                    'constraints': [models.UniqueConstraint(fields=('round', 'statement', 'side', 'value'), name='one_review_tally_per_answer'), models.CheckConstraint(condition=models.Q(('value__lte', 5)), name='review_tally_of_a_step')],
                    'triggers': [pgtrigger.compiler.Trigger(name='review_tallies_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='b5bf30eebdd55c85fe33f486ab85f9ef3b00f9f6', operation='DELETE', pgid='pgtrigger_review_tallies_are_kept_7d6c8', table='programmes_reviewtally', when='BEFORE')), pgtrigger.compiler.Trigger(name='review_tallies_begin_at_nought', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF NEW.number <> 0 THEN RAISE EXCEPTION 'a count begins at nought'; END IF; RETURN NEW;", hash='9411e6cfbd4f2d28a4a0d6149c0bd245cb3f8f7c', operation='INSERT', pgid='pgtrigger_review_tallies_begin_at_nought_5de24', table='programmes_reviewtally', when='BEFORE')), pgtrigger.compiler.Trigger(name='review_tallies_count_answers_given', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT 1 FROM after a LEFT JOIN before b ON b.id = a.id WHERE b.id IS NULL OR (a.round_id, a.statement_id, a.side, a.value) IS DISTINCT FROM (b.round_id, b.statement_id, b.side, b.value) OR a.number NOT IN (b.number, b.number + 1)) THEN RAISE EXCEPTION 'a count goes up by one answer at a time'; END IF; IF EXISTS (SELECT 1 FROM after a JOIN programmes_reviewround r ON r.id = a.round_id WHERE r.status <> 'open') THEN RAISE EXCEPTION 'answers are counted while a review is open'; END IF; IF EXISTS (SELECT 1 FROM programmes_reviewtally t WHERE t.round_id IN (SELECT round_id FROM after) GROUP BY t.round_id, t.statement_id, t.side HAVING sum(t.number) > (SELECT count(*) FROM programmes_reviewasked k WHERE k.round_id = t.round_id AND k.side = t.side AND k.answered_on IS NOT NULL)) THEN RAISE EXCEPTION 'there are more answers than people who answered'; END IF; RETURN NULL;", hash='ac5a45a7c2becc5fcd2c04281c150c5f50fa1a96', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_review_tallies_count_answers_given_fab80', referencing='REFERENCING OLD TABLE AS before  NEW TABLE AS after ', table='programmes_reviewtally', when='AFTER'))],
                },
            ), migrations.CreateModel(
                name='ReviewComment',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False, verbose_name='id')),
                    ('section', models.CharField(choices=[('principles', 'Principles'), ('purpose', 'Purpose'), ('presence', 'Presence'), ('process', 'Process'), ('impact', 'Impact')], max_length=10, verbose_name='section')),
                    ('side', models.CharField(choices=[('lived_experience', 'People with lived experience'), ('staff', 'Staff'), ('others', 'Others on the steering group')], max_length=20, verbose_name='group')),
                    ('words', wellbeing.lib.texts.LimitedTextField(max_length=2000, verbose_name='comment')),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='programmes.reviewround', verbose_name='review')),
                ],
                options={
                    'verbose_name': 'comment in a review',
                    'verbose_name_plural': 'comments in reviews',
                    'ordering': ['pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='review_comment_says_something'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('words')), 2000)), name='programmes_reviewcomment_words_fits')],
                    'triggers': [pgtrigger.compiler.Trigger(name='review_comments_close_with_the_review', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE state text; of_round bigint;', func="of_round := CASE WHEN TG_OP = 'DELETE' THEN OLD.round_id ELSE NEW.round_id END; SELECT status INTO state FROM programmes_reviewround WHERE id = of_round FOR SHARE; IF state IS DISTINCT FROM 'open' THEN RAISE EXCEPTION 'comments are written while a review is open'; END IF; IF TG_OP = 'UPDATE' THEN RAISE EXCEPTION 'a comment stays as it was written'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;", hash='048c773fa825711344f19b5b5de68f8cfd96de41', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_review_comments_close_with_the_review_2c465', table='programmes_reviewcomment', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='ReviewAskedEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('side', models.CharField(choices=[('lived_experience', 'People with lived experience'), ('staff', 'Staff'), ('others', 'Others on the steering group')], max_length=20, verbose_name='group')),
                    ('asked_on', models.DateField(verbose_name='asked')),
                    ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='person')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='programmes.reviewasked')),
                    ('round', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.reviewround', verbose_name='review')),
                ],
                options={
                    'abstract': False,
                    'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d12cfd05fa8e8dea3c53d503ef80f26f1bee2fb9', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b3241', table='programmes_reviewaskedevent', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='ReviewActionEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='programmes.reviewaction')),
                    ('point', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.actionpoint', verbose_name='action')),
                    ('round', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.reviewround', verbose_name='review')),
                    ('statement', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.reviewstatement', verbose_name='statement')),
                ],
                options={
                    'abstract': False,
                    'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9c2d902dcddcb35f95394a8ba0134bc766d8d610', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4c870', table='programmes_reviewactionevent', when='BEFORE'))],
                },
            )],
        ),
        InstallTriggers(
            models=['resultspaper', 'reviewaction', 'reviewactionevent', 'reviewasked', 'reviewaskedevent', 'reviewcomment', 'reviewround', 'reviewroundevent', 'reviewrule', 'reviewstatement', 'reviewtally'],
        ),
    ]
