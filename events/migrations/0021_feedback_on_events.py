"""Add feedback on events: questions, who is thanked and asked, counts of answers, and who spoke."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
import events.link_keys
import pgtrigger.compiler
import uuid
import wellbeing.lib.texts
from django.db import migrations, models

from wellbeing.lib.migrations import AtOnce, InstallTriggers


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0020_places_and_choosing'),
        ('people', '0020_language_of_words'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('programmes', '0021_drafts_of_decisions'),
    ]

    operations = [
        AtOnce(
            operations=[migrations.CreateModel(
                name='FeedbackQuestion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('effective_from', models.DateField(verbose_name='asked from')),
                    ('position', models.PositiveSmallIntegerField(verbose_name='place in the order')),
                    ('words', wellbeing.lib.texts.LineField(max_length=150, verbose_name='question')),
                    ('programme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='feedback_questions', to='programmes.programme', verbose_name='programme')),
                ],
                options={
                    'verbose_name': 'question about events',
                    'verbose_name_plural': 'questions about events',
                    'ordering': ['effective_from', 'position', 'pk'],
                    'constraints': [models.UniqueConstraint(fields=('programme', 'effective_from', 'position'), name='one_feedback_question_per_place', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='feedback_question_says_something'), models.CheckConstraint(condition=models.Q(('words__regex', '[\\u0001-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]'), _negated=True), name='events_feedbackquestion_words_on_a_line')],
                    'triggers': [pgtrigger.compiler.Trigger(name='feedback_questions_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d94c08b4c23de8f5e8d6af912f724e8650ef0e57', operation='UPDATE OR DELETE', pgid='pgtrigger_feedback_questions_stay_1a26a', table='events_feedbackquestion', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='FeedbackRound',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('asked_on', models.DateField(verbose_name='asked from')),
                    ('closes_on', models.DateField(verbose_name='last day to answer')),
                    ('fewest', models.PositiveSmallIntegerField(help_text='The number of the day people were asked: they answer because of what it promises.', verbose_name='answers of a group that are shown, at least')),
                    ('next_words', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=1000, verbose_name='what happens next')),
                    ('status', models.CharField(choices=[('open', 'Open'), ('closed', 'Closed')], default='open', max_length=10, verbose_name='status')),
                    ('closed_on', models.DateField(blank=True, null=True, verbose_name='closed')),
                    ('event', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='feedback', to='events.event', verbose_name='event')),
                    ('started_by', models.ForeignKey(blank=True, help_text='Empty where it began by itself, as the rule says.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='started by')),
                ],
                options={
                    'verbose_name': 'feedback on an event',
                    'verbose_name_plural': 'feedback on events',
                    'ordering': ['-asked_on', '-pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('closes_on__gte', models.F('asked_on'))), name='feedback_closes_after_it_opens'), models.CheckConstraint(condition=models.Q(('fewest__gte', 3)), name='feedback_hides_the_few'), models.CheckConstraint(condition=models.Q(models.Q(('closed_on', None), ('status', 'open')), models.Q(('closed_on__isnull', False), ('status', 'closed')), _connector='OR'), name='feedback_closed_on_a_day'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('next_words')), 1000)), name='events_feedbackround_next_words_fits')],
                    'triggers': [pgtrigger.compiler.Trigger(name='feedback_steps', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{open:closed}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='389f01458176468631986d7c4dac3e2310f54987', operation='UPDATE', pgid='pgtrigger_feedback_steps_aed5b', table='events_feedbackround', when='BEFORE')), pgtrigger.compiler.Trigger(name='feedback_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='3733eabd09ecdac4baa390f304d0dec848633f72', operation='DELETE', pgid='pgtrigger_feedback_is_kept_f56b1', table='events_feedbackround', when='BEFORE')), pgtrigger.compiler.Trigger(name='feedback_keeps_its_promise', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."event_id" IS DISTINCT FROM (NEW."event_id") OR OLD."fewest" IS DISTINCT FROM (NEW."fewest"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='67b8329f055e0d7724e998c9ad4fe9681bbcda1f', operation='UPDATE', pgid='pgtrigger_feedback_keeps_its_promise_1ea6f', table='events_feedbackround', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_feedbackroundevent" ("asked_on", "closed_on", "closes_on", "event_id", "fewest", "id", "next_words", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "started_by_id", "status") VALUES (NEW."asked_on", NEW."closed_on", NEW."closes_on", NEW."event_id", NEW."fewest", NEW."id", NEW."next_words", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."started_by_id", NEW."status"); RETURN NULL;', hash='17aa8d01994806e92e6d5cf5fd0166057274ccec', operation='INSERT', pgid='pgtrigger_insert_insert_0ad35', table='events_feedbackround', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "events_feedbackroundevent" ("asked_on", "closed_on", "closes_on", "event_id", "fewest", "id", "next_words", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "started_by_id", "status") VALUES (NEW."asked_on", NEW."closed_on", NEW."closes_on", NEW."event_id", NEW."fewest", NEW."id", NEW."next_words", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."started_by_id", NEW."status"); RETURN NULL;', hash='b505347174713d6443f9af81657aef78b7c659ab', operation='UPDATE', pgid='pgtrigger_update_update_82191', table='events_feedbackround', when='AFTER'))],
                },
            ), migrations.CreateModel(
                name='FeedbackAsked',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('side', models.CharField(choices=[('lived_experience', 'People with lived experience'), ('staff', 'Staff and partners')], max_length=20, verbose_name='group')),
                    ('link_key', models.CharField(default=events.link_keys.new_link_key, editable=False, max_length=40, unique=True, verbose_name='key of the personal link')),
                    ('asked_on', models.DateField(verbose_name='thanked and asked')),
                    ('answered_on', models.DateField(blank=True, null=True, verbose_name='answered')),
                    ('way', models.CharField(blank=True, choices=[('page', 'Online'), ('phone', 'By phone'), ('paper', 'On paper')], max_length=10, verbose_name='how')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='feedback_asked', to='people.person', verbose_name='person')),
                    ('taken_by', models.ForeignKey(blank=True, help_text='Who entered the answers for them. Empty when they answered themselves.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='answers entered by')),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='asked', to='events.feedbackround', verbose_name='feedback')),
                ],
                options={
                    'verbose_name': 'person asked about an event',
                    'verbose_name_plural': 'people asked about events',
                    'ordering': ['person__sort_key', 'pk'],
                    'constraints': [models.UniqueConstraint(fields=('round', 'person'), name='thanked_once_for_an_event'), models.CheckConstraint(condition=models.Q(models.Q(('answered_on', None), ('way', '')), models.Q(('answered_on__isnull', False), models.Q(('way', ''), _negated=True)), _connector='OR'), name='feedback_answered_some_way'), models.CheckConstraint(condition=models.Q(models.Q(('taken_by', None), ('way__in', ['', 'page'])), models.Q(('way__in', ['phone', 'paper']), ('taken_by__isnull', False)), _connector='OR'), name='feedback_entered_by_somebody')],
                    'triggers': [pgtrigger.compiler.Trigger(name='thanked_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='6c5823c19bf6ebff9eea674bfa0a3f9108fcdb88', operation='DELETE', pgid='pgtrigger_thanked_are_kept_51470', table='events_feedbackasked', when='BEFORE')), pgtrigger.compiler.Trigger(name='thanked_only_answer', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."round_id" IS DISTINCT FROM (NEW."round_id") OR OLD."side" IS DISTINCT FROM (NEW."side") OR OLD."link_key" IS DISTINCT FROM (NEW."link_key") OR OLD."asked_on" IS DISTINCT FROM (NEW."asked_on"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='53c8a6c79797c3da49e09dc3fa1834c4abe03df9', operation='UPDATE', pgid='pgtrigger_thanked_only_answer_d9590', table='events_feedbackasked', when='BEFORE')), pgtrigger.compiler.Trigger(name='thanked_answer_once_while_open', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE state text;', func="IF TG_OP = 'UPDATE' AND OLD.answered_on IS NOT NULL THEN IF (OLD.answered_on, OLD.way) IS DISTINCT FROM (NEW.answered_on, NEW.way) THEN RAISE EXCEPTION 'somebody answers about an event once'; END IF; RETURN NEW; END IF; SELECT status INTO state FROM events_feedbackround WHERE id = NEW.round_id FOR SHARE; IF state IS DISTINCT FROM 'open' THEN RAISE EXCEPTION 'people are asked and answer while feedback is open'; END IF; RETURN NEW;", hash='9d2279f1aa241f29b359e04df66b5525376f4ce8', operation='INSERT OR UPDATE OF "round_id", "side", "link_key", "asked_on", "answered_on", "way", "taken_by_id"', pgid='pgtrigger_thanked_answer_once_while_open_20779', table='events_feedbackasked', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_feedbackaskedevent" ("asked_on", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_id", "side") VALUES (NEW."asked_on", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."round_id", NEW."side"); RETURN NULL;', hash='d546f444e5be4f2f2dcd736270ebe14b4e4065f8', operation='INSERT', pgid='pgtrigger_insert_insert_30483', table='events_feedbackasked', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."asked_on" IS DISTINCT FROM (NEW."asked_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."round_id" IS DISTINCT FROM (NEW."round_id") OR OLD."side" IS DISTINCT FROM (NEW."side"))', func='INSERT INTO "events_feedbackaskedevent" ("asked_on", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_id", "side") VALUES (NEW."asked_on", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."round_id", NEW."side"); RETURN NULL;', hash='18d41351e04ab33b2ce2efa95ca6304a02e2ff47', operation='UPDATE', pgid='pgtrigger_update_update_77d34', table='events_feedbackasked', when='AFTER'))],
                },
            ), migrations.CreateModel(
                name='FeedbackAskedEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('side', models.CharField(choices=[('lived_experience', 'People with lived experience'), ('staff', 'Staff and partners')], max_length=20, verbose_name='group')),
                    ('asked_on', models.DateField(verbose_name='thanked and asked')),
                    ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='person')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='events.feedbackasked')),
                    ('round', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.feedbackround', verbose_name='feedback')),
                ],
                options={
                    'abstract': False,
                    'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ab7eb6b934e417882204cef781cb123e3bcb1115', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_fb987', table='events_feedbackaskedevent', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='FeedbackRoundEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('asked_on', models.DateField(verbose_name='asked from')),
                    ('closes_on', models.DateField(verbose_name='last day to answer')),
                    ('fewest', models.PositiveSmallIntegerField(help_text='The number of the day people were asked: they answer because of what it promises.', verbose_name='answers of a group that are shown, at least')),
                    ('next_words', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=1000, verbose_name='what happens next')),
                    ('status', models.CharField(choices=[('open', 'Open'), ('closed', 'Closed')], default='open', max_length=10, verbose_name='status')),
                    ('closed_on', models.DateField(blank=True, null=True, verbose_name='closed')),
                    ('event', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.event', verbose_name='event')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='events.feedbackround')),
                    ('started_by', models.ForeignKey(blank=True, db_constraint=False, help_text='Empty where it began by itself, as the rule says.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='started by')),
                ],
                options={
                    'abstract': False,
                    'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2d3360a35a4de5c4f40c719378c9c0ea39ba099c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_708eb', table='events_feedbackroundevent', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='FeedbackRule',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('effective_from', models.DateField(verbose_name='from')),
                    ('thank_after_days', models.PositiveSmallIntegerField(verbose_name='days after the event until who came is thanked')),
                    ('thank_within_days', models.PositiveSmallIntegerField(help_text='After that staff decide whether to thank them still.', verbose_name='days after the event until which they are thanked by themselves')),
                    ('open_days', models.PositiveSmallIntegerField(verbose_name='days they can answer')),
                ('after_meetings', models.BooleanField(default=False, verbose_name='thanks by itself after meetings, too')),
                    ('programme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='feedback_rules', to='programmes.programme', verbose_name='programme')),
                    ('set_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='set by')),
                ],
                options={
                    'verbose_name': 'rule of feedback',
                    'verbose_name_plural': 'rules of feedback',
                    'ordering': ['programme', '-effective_from'],
                    'constraints': [models.UniqueConstraint(fields=('programme', 'effective_from'), name='one_feedback_rule_a_day', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('thank_within_days__gte', models.F('thank_after_days'))), name='feedback_rule_thanks_in_time'), models.CheckConstraint(condition=models.Q(('open_days__gte', 1)), name='feedback_rule_is_open_for_days')],
                    'triggers': [pgtrigger.compiler.Trigger(name='feedback_rules_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='480da29c03f7a0419de9db1486fa2925e428051c', operation='UPDATE OR DELETE', pgid='pgtrigger_feedback_rules_stay_36592', table='events_feedbackrule', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='FeedbackTally',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('side', models.CharField(choices=[('lived_experience', 'People with lived experience'), ('staff', 'Staff and partners')], max_length=20, verbose_name='group')),
                    ('value', models.PositiveSmallIntegerField(choices=[(5, 'Yes'), (3, 'Partly'), (1, 'No'), (0, 'Does not apply')], verbose_name='answer')),
                    ('number', models.PositiveIntegerField(default=0, verbose_name='how often')),
                    ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tallies', to='events.feedbackquestion', verbose_name='question')),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tallies', to='events.feedbackround', verbose_name='feedback')),
                ],
                options={
                    'verbose_name': 'count of answers about an event',
                    'verbose_name_plural': 'counts of answers about events',
                    'ordering': ['pk'],
                    'constraints': [models.UniqueConstraint(fields=('round', 'question', 'side', 'value'), name='one_feedback_tally_per_answer'), models.CheckConstraint(condition=models.Q(('value__in', [0, 1, 3, 5])), name='feedback_tally_of_an_answer')],
                    'triggers': [pgtrigger.compiler.Trigger(name='feedback_tallies_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='46caa9d630b8f7f4a8bf6a8ddf33b59d339cfd74', operation='DELETE', pgid='pgtrigger_feedback_tallies_are_kept_54cd3', table='events_feedbacktally', when='BEFORE')), pgtrigger.compiler.Trigger(name='feedback_tallies_begin_at_nought', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF NEW.number <> 0 THEN RAISE EXCEPTION 'a count begins at nought'; END IF; RETURN NEW;", hash='7de7d74954eb1dd3fb1b85881ea01e90ead83ada', operation='INSERT', pgid='pgtrigger_feedback_tallies_begin_at_nought_107ff', table='events_feedbacktally', when='BEFORE')), pgtrigger.compiler.Trigger(name='feedback_tallies_count_answers', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT 1 FROM after a LEFT JOIN before b ON b.id = a.id WHERE b.id IS NULL OR (a.round_id, a.question_id, a.side, a.value) IS DISTINCT FROM (b.round_id, b.question_id, b.side, b.value) OR a.number NOT IN (b.number, b.number + 1)) THEN RAISE EXCEPTION 'a count goes up by one answer at a time'; END IF; IF EXISTS (SELECT 1 FROM after a JOIN events_feedbackround r ON r.id = a.round_id WHERE r.status <> 'open') THEN RAISE EXCEPTION 'answers are counted while feedback is open'; END IF; IF EXISTS (SELECT 1 FROM events_feedbacktally t WHERE t.round_id IN (SELECT round_id FROM after) GROUP BY t.round_id, t.question_id, t.side HAVING sum(t.number) > (SELECT count(*) FROM events_feedbackasked k WHERE k.round_id = t.round_id AND k.side = t.side AND k.answered_on IS NOT NULL)) THEN RAISE EXCEPTION 'there are more answers than people who answered'; END IF; RETURN NULL;", hash='5d3235eba4b0d7df9affe090571a66db3faac693', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_feedback_tallies_count_answers_6ea41', referencing='REFERENCING OLD TABLE AS before  NEW TABLE AS after ', table='events_feedbacktally', when='AFTER'))],
                },
            ), migrations.CreateModel(
                name='FeedbackWords',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False, verbose_name='id')),
                    ('side', models.CharField(choices=[('lived_experience', 'People with lived experience'), ('staff', 'Staff and partners')], max_length=20, verbose_name='group')),
                    ('topic', models.CharField(choices=[('worked', 'What worked well'), ('different', 'What should be different')], max_length=10, verbose_name='about')),
                    ('words', wellbeing.lib.texts.LimitedTextField(max_length=2000, verbose_name='own words')),
                    ('readers', models.CharField(choices=[('staff', 'Only the staff of the programme'), ('results', 'Everybody who reads the results: staff, facilitators, finance, the steering group and funders')], default='staff', max_length=10, verbose_name='who may read it')),
                    ('name', wellbeing.lib.texts.LineField(blank=True, max_length=100, verbose_name='name they put to it')),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='words', to='events.feedbackround', verbose_name='feedback')),
                ],
                options={
                    'verbose_name': 'own words about an event',
                    'verbose_name_plural': 'own words about events',
                    'ordering': ['pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='feedback_words_say_something'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('words')), 2000)), name='events_feedbackwords_words_fits'), models.CheckConstraint(condition=models.Q(('name__regex', '[\\u0001-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]'), _negated=True), name='events_feedbackwords_name_on_a_line')],
                    'triggers': [pgtrigger.compiler.Trigger(name='feedback_words_close_with_it', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE state text; of_round bigint;', func="of_round := CASE WHEN TG_OP = 'DELETE' THEN OLD.round_id ELSE NEW.round_id END; SELECT status INTO state FROM events_feedbackround WHERE id = of_round FOR SHARE; IF state IS DISTINCT FROM 'open' THEN RAISE EXCEPTION 'words are written while feedback is open'; END IF; IF TG_OP = 'UPDATE' THEN RAISE EXCEPTION 'words stay as they were written'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;", hash='2c81bbe4e89810f4399b3620cee485510d7797a3', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_feedback_words_close_with_it_6aad8', table='events_feedbackwords', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='WhoSpoke',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('lived_experience', models.CharField(choices=[('not_there', 'None of them were there'), ('nobody', 'Nobody'), ('a_few', 'A few'), ('half', 'About half'), ('most', 'Most or all')], max_length=10, verbose_name='people with lived experience')),
                    ('partners', models.CharField(choices=[('not_there', 'None of them were there'), ('nobody', 'Nobody'), ('a_few', 'A few'), ('half', 'About half'), ('most', 'Most or all')], max_length=10, verbose_name='partners')),
                    ('staff', models.CharField(choices=[('not_there', 'None of them were there'), ('nobody', 'Nobody'), ('a_few', 'A few'), ('half', 'About half'), ('most', 'Most or all')], max_length=10, verbose_name='staff')),
                    ('note', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=1000, verbose_name='note')),
                    ('noted_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='noted')),
                    ('event', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='who_spoke', to='events.event', verbose_name='event')),
                    ('noted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='noted by')),
                ],
                options={
                    'verbose_name': 'who spoke at an event',
                    'verbose_name_plural': 'who spoke at events',
                    'ordering': ['-noted_at', '-pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('note')), 1000)), name='events_whospoke_note_fits')],
                    'triggers': [pgtrigger.compiler.Trigger(name='who_spoke_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='0f51caaa0530ed366832d60df99e4ea62a098530', operation='DELETE', pgid='pgtrigger_who_spoke_is_kept_13741', table='events_whospoke', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_whospokeevent" ("event_id", "id", "lived_experience", "note", "noted_at", "noted_by_id", "partners", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "staff") VALUES (NEW."event_id", NEW."id", NEW."lived_experience", NEW."note", NEW."noted_at", NEW."noted_by_id", NEW."partners", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."staff"); RETURN NULL;', hash='156abaa66cc93c3e8ef654ed051f501ba07daea1', operation='INSERT', pgid='pgtrigger_insert_insert_6f6df', table='events_whospoke', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "events_whospokeevent" ("event_id", "id", "lived_experience", "note", "noted_at", "noted_by_id", "partners", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "staff") VALUES (NEW."event_id", NEW."id", NEW."lived_experience", NEW."note", NEW."noted_at", NEW."noted_by_id", NEW."partners", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."staff"); RETURN NULL;', hash='7f47f08ee1daeed0770d982083d49351e083a306', operation='UPDATE', pgid='pgtrigger_update_update_8381a', table='events_whospoke', when='AFTER'))],
                },
            ), migrations.CreateModel(
                name='WhoSpokeEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('lived_experience', models.CharField(choices=[('not_there', 'None of them were there'), ('nobody', 'Nobody'), ('a_few', 'A few'), ('half', 'About half'), ('most', 'Most or all')], max_length=10, verbose_name='people with lived experience')),
                    ('partners', models.CharField(choices=[('not_there', 'None of them were there'), ('nobody', 'Nobody'), ('a_few', 'A few'), ('half', 'About half'), ('most', 'Most or all')], max_length=10, verbose_name='partners')),
                    ('staff', models.CharField(choices=[('not_there', 'None of them were there'), ('nobody', 'Nobody'), ('a_few', 'A few'), ('half', 'About half'), ('most', 'Most or all')], max_length=10, verbose_name='staff')),
                    ('note', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=1000, verbose_name='note')),
                    ('noted_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='noted')),
                    ('event', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.event', verbose_name='event')),
                    ('noted_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='noted by')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='events.whospoke')),
                ],
                options={
                    'abstract': False,
                    'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ac5a61e1a5a69cc20c682d4a5ae3196d0ab0ee98', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_fda27', table='events_whospokeevent', when='BEFORE'))],
                },
            )],
        ),
        InstallTriggers(
            models=['feedbackasked', 'feedbackaskedevent', 'feedbackquestion', 'feedbackround', 'feedbackroundevent', 'feedbackrule', 'feedbacktally', 'feedbackwords', 'whospoke', 'whospokeevent'],
        ),
    ]
