"""Add access as work: what is arranged for an event, what each person needs at it, and how far that was met."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import events.link_keys
import pgtrigger.compiler
import wellbeing.lib.texts
from django.db import migrations, models

from wellbeing.lib.migrations import AtOnce, InstallTriggers


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0016_meeting_papers'),
        ('people', '0020_language_of_words'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        AtOnce(
            operations=[
                migrations.CreateModel(
                    name='ArrangementDays',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(blank=True, choices=[('large_print', 'Large print'), ('easy_read', 'Easy Read'), ('braille', 'Braille'), ('audio', 'Audio'), ('bsl', 'British Sign Language interpreter'), ('lip_speaker', 'Lip speaker'), ('hearing_loop', 'Hearing loop'), ('captions', 'Captions or speech-to-text'), ('language', 'Interpreter for another language'), ('supporter', 'Supporter or personal assistant comes too'), ('step_free', 'Step-free way in'), ('parking', 'Parking close by'), ('transport', 'Accessible transport, such as a taxi'), ('assistance_dog', 'Assistance dog'), ('quiet_room', 'Quiet room or rest space'), ('breaks', 'Regular breaks'), ('diet', 'Food and drink'), ('other', 'Something else')], max_length=20, verbose_name='need')),
                        ('effective_from', models.DateField(verbose_name='starts')),
                        ('days_before', models.PositiveSmallIntegerField(verbose_name='days before the event')),
                    ],
                    options={
                        'verbose_name': 'days before an event that an arrangement must be done',
                        'verbose_name_plural': 'days before an event that arrangements must be done',
                        'ordering': ['kind', '-effective_from'],
                        'constraints': [models.UniqueConstraint(fields=('kind', 'effective_from'), name='one_arrangement_days_a_day'), models.CheckConstraint(condition=models.Q(('days_before__lte', 365)), name='arrangement_days_within_a_year')],
                        'triggers': [pgtrigger.compiler.Trigger(name='arrangement_days_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f3c48af149e6c45ca94090a6d75e261a55e0bbfa', operation='UPDATE OR DELETE', pgid='pgtrigger_arrangement_days_stay_e7d51', table='events_arrangementdays', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Arrangement',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('large_print', 'Large print'), ('easy_read', 'Easy Read'), ('braille', 'Braille'), ('audio', 'Audio'), ('bsl', 'British Sign Language interpreter'), ('lip_speaker', 'Lip speaker'), ('hearing_loop', 'Hearing loop'), ('captions', 'Captions or speech-to-text'), ('language', 'Interpreter for another language'), ('supporter', 'Supporter or personal assistant comes too'), ('step_free', 'Step-free way in'), ('parking', 'Parking close by'), ('transport', 'Accessible transport, such as a taxi'), ('assistance_dog', 'Assistance dog'), ('quiet_room', 'Quiet room or rest space'), ('breaks', 'Regular breaks'), ('diet', 'Food and drink'), ('other', 'Something else')], default='other', max_length=20, verbose_name='need')),
                        ('title', wellbeing.lib.texts.LineField(max_length=150, verbose_name='what is to be arranged')),
                        ('due_on', models.DateField(verbose_name='to be done by')),
                        ('how', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=2000, verbose_name='how it is arranged')),
                        ('status', models.CharField(choices=[('to_do', 'To do'), ('done', 'Done'), ('dropped', 'No longer needed')], default='to_do', max_length=10, verbose_name='status')),
                        ('dropped_why', models.CharField(blank=True, choices=[('nobody_comes', 'Nobody who needed it is coming'), ('not_needed', 'Nobody needs it any more'), ('cancelled', 'The event was cancelled'), ('together', 'Another arrangement covers it'), ('taken_out', 'Taken out by a colleague')], max_length=15, verbose_name='why it is no longer needed')),
                        ('change', models.CharField(blank=True, choices=[('moved', 'The day, time or place of the event changed after this was arranged'), ('fell_away', 'It had been arranged. Cancel what is booked')], max_length=10, verbose_name='what changed since it was arranged')),
                        ('for_caterer', models.BooleanField(default=False, verbose_name="on the caterer's list")),
                        ('for_venue', models.BooleanField(default=False, verbose_name="on the venue's list")),
                        ('for_facilitators', models.BooleanField(default=False, verbose_name="in the facilitators' brief")),
                        ('for_desk', models.BooleanField(default=False, verbose_name="on the front desk's list")),
                        ('done_at', models.DateTimeField(blank=True, null=True, verbose_name='done')),
                        ('added_by', models.ForeignKey(blank=True, help_text='Empty where a need that somebody named made it.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='added by')),
                        ('done_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='done by')),
                        ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='arrangements', to='events.event', verbose_name='event')),
                        ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='who sees to it')),
                    ],
                    options={
                        'verbose_name': 'arrangement',
                        'verbose_name_plural': 'arrangements',
                        'ordering': ['due_on', 'title', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('done_at__isnull', False), ('done_by__isnull', False), ('status', 'done')), models.Q(models.Q(('status', 'done'), _negated=True), ('done_at', None), ('done_by', None)), _connector='OR'), name='arrangement_done_says_by_whom'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'dropped'), models.Q(('dropped_why', ''), _negated=True)), models.Q(models.Q(('status', 'dropped'), _negated=True), ('dropped_why', '')), _connector='OR'), name='arrangement_dropped_says_why'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='arrangement_has_a_title'), models.CheckConstraint(condition=models.Q(('owner', None), ('status', 'done'), _negated=True), name='arrangement_done_has_an_owner'), models.CheckConstraint(condition=models.Q(('title__regex', '[\\u0001-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]'), _negated=True), name='events_arrangement_title_on_a_line'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('how')), 2000)), name='events_arrangement_how_fits')],
                        'triggers': [pgtrigger.compiler.Trigger(name='arrangement_status', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{to_do:done,to_do:dropped,done:to_do,done:dropped,dropped:to_do}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='4a1db283aaaeaf65031a185e5539812f712b8146', operation='UPDATE', pgid='pgtrigger_arrangement_status_b21ea', table='events_arrangement', when='BEFORE')), pgtrigger.compiler.Trigger(name='arrangements_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='d5df4696d1d693e6261d59ecc485b903609b9d21', operation='DELETE', pgid='pgtrigger_arrangements_are_kept_1e319', table='events_arrangement', when='BEFORE')), pgtrigger.compiler.Trigger(name='arrangements_stay_of_their_event', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."event_id" IS DISTINCT FROM (NEW."event_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='797ddc40b53cd8d443e27eca08a52f2944d59dac', operation='UPDATE', pgid='pgtrigger_arrangements_stay_of_their_event_ee8e1', table='events_arrangement', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_arrangementevent" ("added_by_id", "change", "done_at", "done_by_id", "dropped_why", "due_on", "event_id", "for_caterer", "for_desk", "for_facilitators", "for_venue", "how", "id", "kind", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "status", "title") VALUES (NEW."added_by_id", NEW."change", NEW."done_at", NEW."done_by_id", NEW."dropped_why", NEW."due_on", NEW."event_id", NEW."for_caterer", NEW."for_desk", NEW."for_facilitators", NEW."for_venue", NEW."how", NEW."id", NEW."kind", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."status", NEW."title"); RETURN NULL;', hash='cc2335253de2732a3c3b9c3bfc0a66215aae2009', operation='INSERT', pgid='pgtrigger_insert_insert_450ad', table='events_arrangement', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "events_arrangementevent" ("added_by_id", "change", "done_at", "done_by_id", "dropped_why", "due_on", "event_id", "for_caterer", "for_desk", "for_facilitators", "for_venue", "how", "id", "kind", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "status", "title") VALUES (NEW."added_by_id", NEW."change", NEW."done_at", NEW."done_by_id", NEW."dropped_why", NEW."due_on", NEW."event_id", NEW."for_caterer", NEW."for_desk", NEW."for_facilitators", NEW."for_venue", NEW."how", NEW."id", NEW."kind", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."status", NEW."title"); RETURN NULL;', hash='13b9581a43f34a242c9a7d68c36c3b6c594d9243', operation='UPDATE', pgid='pgtrigger_update_update_bedd0', table='events_arrangement', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='ArrangementEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('kind', models.CharField(choices=[('large_print', 'Large print'), ('easy_read', 'Easy Read'), ('braille', 'Braille'), ('audio', 'Audio'), ('bsl', 'British Sign Language interpreter'), ('lip_speaker', 'Lip speaker'), ('hearing_loop', 'Hearing loop'), ('captions', 'Captions or speech-to-text'), ('language', 'Interpreter for another language'), ('supporter', 'Supporter or personal assistant comes too'), ('step_free', 'Step-free way in'), ('parking', 'Parking close by'), ('transport', 'Accessible transport, such as a taxi'), ('assistance_dog', 'Assistance dog'), ('quiet_room', 'Quiet room or rest space'), ('breaks', 'Regular breaks'), ('diet', 'Food and drink'), ('other', 'Something else')], default='other', max_length=20, verbose_name='need')),
                        ('title', wellbeing.lib.texts.LineField(max_length=150, verbose_name='what is to be arranged')),
                        ('due_on', models.DateField(verbose_name='to be done by')),
                        ('how', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=2000, verbose_name='how it is arranged')),
                        ('status', models.CharField(choices=[('to_do', 'To do'), ('done', 'Done'), ('dropped', 'No longer needed')], default='to_do', max_length=10, verbose_name='status')),
                        ('dropped_why', models.CharField(blank=True, choices=[('nobody_comes', 'Nobody who needed it is coming'), ('not_needed', 'Nobody needs it any more'), ('cancelled', 'The event was cancelled'), ('together', 'Another arrangement covers it'), ('taken_out', 'Taken out by a colleague')], max_length=15, verbose_name='why it is no longer needed')),
                        ('change', models.CharField(blank=True, choices=[('moved', 'The day, time or place of the event changed after this was arranged'), ('fell_away', 'It had been arranged. Cancel what is booked')], max_length=10, verbose_name='what changed since it was arranged')),
                        ('for_caterer', models.BooleanField(default=False, verbose_name="on the caterer's list")),
                        ('for_venue', models.BooleanField(default=False, verbose_name="on the venue's list")),
                        ('for_facilitators', models.BooleanField(default=False, verbose_name="in the facilitators' brief")),
                        ('for_desk', models.BooleanField(default=False, verbose_name="on the front desk's list")),
                        ('done_at', models.DateTimeField(blank=True, null=True, verbose_name='done')),
                        ('added_by', models.ForeignKey(blank=True, db_constraint=False, help_text='Empty where a need that somebody named made it.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='added by')),
                        ('done_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='done by')),
                        ('event', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.event', verbose_name='event')),
                        ('owner', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='who sees to it')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='events.arrangement')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c990d62f995c4732f3424eef0881b991bff0989b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_df71c', table='events_arrangementevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='EventNeed',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('large_print', 'Large print'), ('easy_read', 'Easy Read'), ('braille', 'Braille'), ('audio', 'Audio'), ('bsl', 'British Sign Language interpreter'), ('lip_speaker', 'Lip speaker'), ('hearing_loop', 'Hearing loop'), ('captions', 'Captions or speech-to-text'), ('language', 'Interpreter for another language'), ('supporter', 'Supporter or personal assistant comes too'), ('step_free', 'Step-free way in'), ('parking', 'Parking close by'), ('transport', 'Accessible transport, such as a taxi'), ('assistance_dog', 'Assistance dog'), ('quiet_room', 'Quiet room or rest space'), ('breaks', 'Regular breaks'), ('diet', 'Food and drink'), ('other', 'Something else')], max_length=20, verbose_name='need')),
                        ('words', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=6000, verbose_name='in their words')),
                        ('change', models.CharField(blank=True, choices=[('new', 'New'), ('changed', 'Changed'), ('gone', 'No longer needed')], max_length=10, verbose_name='what is new')),
                        ('words_before', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=6000, verbose_name='words before')),
                        ('gone_at', models.DateTimeField(blank=True, null=True, verbose_name='no longer needed since')),
                        ('result', models.CharField(blank=True, choices=[('met', 'Met'), ('partly', 'Partly met'), ('not_met', 'Not met')], max_length=10, verbose_name='how far it was met')),
                        ('note', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=2000, verbose_name='how it went')),
                        ('recorded_at', models.DateTimeField(blank=True, null=True, verbose_name='recorded')),
                        ('reply', models.CharField(blank=True, choices=[('so', 'That is so'), ('not_so', 'That is not so')], max_length=10, verbose_name='what they say')),
                        ('reply_words', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=2000, verbose_name='in their own words, afterwards')),
                        ('replied_at', models.DateTimeField(blank=True, null=True, verbose_name='replied')),
                        ('arrangement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='needs', to='events.arrangement', verbose_name='arrangement')),
                        ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='needs', to='events.event', verbose_name='event')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='event_needs', to='people.person', verbose_name='person')),
                        ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='recorded by')),
                        ('reply_taken_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='reply written down by')),
                    ],
                    options={
                        'verbose_name': 'access need at an event',
                        'verbose_name_plural': 'access needs at events',
                        'ordering': ['person__sort_key', 'kind', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('event', 'person', 'kind'), name='one_need_of_a_kind_at_an_event'), models.CheckConstraint(condition=models.Q(models.Q(('recorded_at', None), ('recorded_by', None), ('result', '')), models.Q(models.Q(('result', ''), _negated=True), ('recorded_at__isnull', False), ('recorded_by__isnull', False)), _connector='OR'), name='need_result_says_by_whom'), models.CheckConstraint(condition=models.Q(('result', 'met'), models.Q(('note', ''), _negated=True), ('result', ''), _connector='OR'), name='need_not_met_says_how_it_went'), models.CheckConstraint(condition=models.Q(models.Q(('replied_at', None), ('reply', ''), ('reply_taken_by', None), ('reply_words', '')), models.Q(models.Q(('reply', ''), _negated=True), models.Q(('result', ''), _negated=True), ('replied_at__isnull', False)), _connector='OR'), name='need_reply_is_about_a_result'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('words')), 6000)), name='events_eventneed_words_fits'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('words_before')), 6000)), name='events_eventneed_words_before_fits'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('note')), 2000)), name='events_eventneed_note_fits'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('reply_words')), 2000)), name='events_eventneed_reply_words_fits')],
                        'triggers': [pgtrigger.compiler.Trigger(name='event_needs_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='27d4c1cc01e9f9ff480ccb94c5cc26e3c691c091', operation='DELETE', pgid='pgtrigger_event_needs_are_kept_c9b59', table='events_eventneed', when='BEFORE')), pgtrigger.compiler.Trigger(name='event_needs_stay_at_their_event', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF TG_OP = 'UPDATE' AND OLD.event_id <> NEW.event_id THEN RAISE EXCEPTION 'a need stays at its event'; END IF; IF NOT EXISTS (SELECT 1 FROM events_arrangement a WHERE a.id = NEW.arrangement_id AND a.event_id = NEW.event_id) THEN RAISE EXCEPTION 'a need is arranged for at its own event'; END IF; RETURN NEW;", hash='03e4e5b3d1e24ade3f89194a30b14674259b8f75', operation='INSERT OR UPDATE', pgid='pgtrigger_event_needs_stay_at_their_event_0ff68', table='events_eventneed', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_eventneedevent" ("arrangement_id", "change", "event_id", "gone_at", "id", "kind", "note", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "replied_at", "reply", "reply_taken_by_id", "reply_words", "result", "words", "words_before") VALUES (NEW."arrangement_id", NEW."change", NEW."event_id", NEW."gone_at", NEW."id", NEW."kind", NEW."note", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."replied_at", NEW."reply", NEW."reply_taken_by_id", NEW."reply_words", NEW."result", NEW."words", NEW."words_before"); RETURN NULL;', hash='8204b13209eb120530c3a38a0592de6bb219c8cb', operation='INSERT', pgid='pgtrigger_insert_insert_4d14e', table='events_eventneed', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "events_eventneedevent" ("arrangement_id", "change", "event_id", "gone_at", "id", "kind", "note", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "replied_at", "reply", "reply_taken_by_id", "reply_words", "result", "words", "words_before") VALUES (NEW."arrangement_id", NEW."change", NEW."event_id", NEW."gone_at", NEW."id", NEW."kind", NEW."note", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."replied_at", NEW."reply", NEW."reply_taken_by_id", NEW."reply_words", NEW."result", NEW."words", NEW."words_before"); RETURN NULL;', hash='0abb636552dfc66fa39f9fa4fea3d5688af0df90', operation='UPDATE', pgid='pgtrigger_update_update_954d7', table='events_eventneed', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='EventNeedEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('kind', models.CharField(choices=[('large_print', 'Large print'), ('easy_read', 'Easy Read'), ('braille', 'Braille'), ('audio', 'Audio'), ('bsl', 'British Sign Language interpreter'), ('lip_speaker', 'Lip speaker'), ('hearing_loop', 'Hearing loop'), ('captions', 'Captions or speech-to-text'), ('language', 'Interpreter for another language'), ('supporter', 'Supporter or personal assistant comes too'), ('step_free', 'Step-free way in'), ('parking', 'Parking close by'), ('transport', 'Accessible transport, such as a taxi'), ('assistance_dog', 'Assistance dog'), ('quiet_room', 'Quiet room or rest space'), ('breaks', 'Regular breaks'), ('diet', 'Food and drink'), ('other', 'Something else')], max_length=20, verbose_name='need')),
                        ('words', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=6000, verbose_name='in their words')),
                        ('change', models.CharField(blank=True, choices=[('new', 'New'), ('changed', 'Changed'), ('gone', 'No longer needed')], max_length=10, verbose_name='what is new')),
                        ('words_before', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=6000, verbose_name='words before')),
                        ('gone_at', models.DateTimeField(blank=True, null=True, verbose_name='no longer needed since')),
                        ('result', models.CharField(blank=True, choices=[('met', 'Met'), ('partly', 'Partly met'), ('not_met', 'Not met')], max_length=10, verbose_name='how far it was met')),
                        ('note', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=2000, verbose_name='how it went')),
                        ('recorded_at', models.DateTimeField(blank=True, null=True, verbose_name='recorded')),
                        ('reply', models.CharField(blank=True, choices=[('so', 'That is so'), ('not_so', 'That is not so')], max_length=10, verbose_name='what they say')),
                        ('reply_words', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=2000, verbose_name='in their own words, afterwards')),
                        ('replied_at', models.DateTimeField(blank=True, null=True, verbose_name='replied')),
                        ('arrangement', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.arrangement', verbose_name='arrangement')),
                        ('event', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.event', verbose_name='event')),
                        ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='person')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='events.eventneed')),
                        ('recorded_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='recorded by')),
                        ('reply_taken_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='reply written down by')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='91e2f42ca96f52af425a80f1154f289729e4ed3c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_92fe2', table='events_eventneedevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='NeedsTold',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('link_key', models.CharField(default=events.link_keys.new_link_key, editable=False, max_length=40, unique=True, verbose_name='key of the personal link')),
                        ('times', models.PositiveSmallIntegerField(default=0, verbose_name='times told')),
                        ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='needs_told', to='events.event', verbose_name='event')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='needs_told', to='people.person', verbose_name='person')),
                    ],
                    options={
                        'verbose_name': 'told how needs were met',
                        'verbose_name_plural': 'told how needs were met',
                        'ordering': ['pk'],
                        'constraints': [models.UniqueConstraint(fields=('event', 'person'), name='needs_told_once_a_person')],
                        'triggers': [pgtrigger.compiler.Trigger(name='needs_told_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='babc097373a0c8fe2448df65d6f9412cd786329e', operation='DELETE', pgid='pgtrigger_needs_told_is_kept_46eae', table='events_needstold', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_needstoldevent" ("event_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "times") VALUES (NEW."event_id", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."times"); RETURN NULL;', hash='311f8aafab8d7a4236e8808f617b7d168b8cbef1', operation='INSERT', pgid='pgtrigger_insert_insert_4e64a', table='events_needstold', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."event_id" IS DISTINCT FROM (NEW."event_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."times" IS DISTINCT FROM (NEW."times"))', func='INSERT INTO "events_needstoldevent" ("event_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "times") VALUES (NEW."event_id", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."times"); RETURN NULL;', hash='5dcbd5401af2b0fc5d0acf773d72e2ffaf2a83a5', operation='UPDATE', pgid='pgtrigger_update_update_55959', table='events_needstold', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='NeedsToldEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('times', models.PositiveSmallIntegerField(default=0, verbose_name='times told')),
                        ('event', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.event', verbose_name='event')),
                        ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='person')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='events.needstold')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='3d30d982d25ade38d9104d2ae3dd389f4f606260', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_05525', table='events_needstoldevent', when='BEFORE'))],
                    },
                ),
            ]
        ),
        InstallTriggers(
            models=[
                'arrangement',
                'arrangementdays',
                'arrangementevent',
                'eventneed',
                'eventneedevent',
                'needstold',
                'needstoldevent',
            ]
        ),
    ]
