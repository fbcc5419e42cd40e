"""Add days, sessions, series, drafts and venues of events, and the days that somebody was there."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.datetime
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
        ('events', '0018_times_and_links_of_invitations'),
        ('people', '0020_language_of_words'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('programmes', '0021_drafts_of_decisions'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='event',
            name='event_status',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='event',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='event',
            name='update_update',
        ),
        AtOnce(
            operations=[
                migrations.CreateModel(
                    name='DayThere',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('day', models.PositiveSmallIntegerField(verbose_name='day of the event')),
                        ('hours', models.DecimalField(decimal_places=2, max_digits=4, verbose_name='hours there')),
                        ('attendance', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='days_there', to='events.attendance', verbose_name='attendance')),
                    ],
                    options={
                        'verbose_name': 'day somebody was there',
                        'verbose_name_plural': 'days people were there',
                        'ordering': ['attendance', 'day'],
                        'constraints': [models.UniqueConstraint(fields=('attendance', 'day'), name='one_record_of_a_day_there'), models.CheckConstraint(condition=models.Q(('day__gte', 1), ('hours__gt', 0), ('hours__lte', 24)), name='a_day_there_has_hours')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_daythereevent" ("attendance_id", "day", "hours", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."attendance_id", NEW."day", NEW."hours", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='eab4b40de952d6dd4dda44675abcd1d70a271111', operation='INSERT', pgid='pgtrigger_insert_insert_9dd6c', table='events_daythere', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "events_daythereevent" ("attendance_id", "day", "hours", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."attendance_id", NEW."day", NEW."hours", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='df9f5d970a7949ee275a4dd53dbe841fbc8f2e33', operation='UPDATE', pgid='pgtrigger_update_update_4b526', table='events_daythere', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='DayThereEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('day', models.PositiveSmallIntegerField(verbose_name='day of the event')),
                        ('hours', models.DecimalField(decimal_places=2, max_digits=4, verbose_name='hours there')),
                        ('attendance', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.attendance', verbose_name='attendance')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='events.daythere')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7b6e3dfcc66849a0bf216b2a85c8836d69aacfc8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_74d06', table='events_daythereevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='EventSeries',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='made')),
                        ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='made by')),
                        ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='event_series', to='programmes.programme', verbose_name='programme')),
                    ],
                    options={
                        'verbose_name': 'series of events',
                        'verbose_name_plural': 'series of events',
                    },
                ),
                migrations.CreateModel(
                    name='Technique',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', wellbeing.lib.texts.LineField(max_length=100, verbose_name='name')),
                        ('programme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='techniques', to='programmes.programme', verbose_name='programme')),
                    ],
                    options={
                        'verbose_name': 'technique',
                        'verbose_name_plural': 'techniques',
                        'ordering': ['name', 'pk'],
                        'constraints': [models.UniqueConstraint(models.F('programme'), django.db.models.functions.text.Lower('name'), name='one_technique_of_a_name', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('name__regex', '[\\u0001-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]'), _negated=True), name='events_technique_name_on_a_line')],
                    },
                ),
                migrations.CreateModel(
                    name='EventSession',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('day', models.PositiveSmallIntegerField(default=1, verbose_name='day of the event')),
                        ('starts', models.TimeField(verbose_name='from')),
                        ('ends', models.TimeField(verbose_name='to')),
                        ('title', wellbeing.lib.texts.LineField(max_length=150, verbose_name='title')),
                        ('aim', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=2000, verbose_name='what it is for')),
                        ('room', wellbeing.lib.texts.LineField(blank=True, max_length=100, verbose_name='room')),
                        ('link', models.URLField(blank=True, max_length=2000, verbose_name='breakout link')),
                        ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to='events.event', verbose_name='event')),
                        ('technique', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='events.technique', verbose_name='technique')),
                    ],
                    options={
                        'verbose_name': 'session',
                        'verbose_name_plural': 'sessions',
                        'ordering': ['event', 'day', 'starts', 'ends', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('ends__gt', models.F('starts'))), name='session_ends_after_start'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('room', ''), _negated=True), expressions=[('event', '='), ('day', '='), (django.db.models.functions.text.Lower('room'), '='), (models.Func(django.db.models.functions.comparison.Cast(django.db.models.functions.datetime.Extract(models.F('starts'), 'epoch'), models.IntegerField()), django.db.models.functions.comparison.Cast(django.db.models.functions.datetime.Extract(models.F('ends'), 'epoch'), models.IntegerField()), models.Value('[)'), function='int4range'), '&&')], name='one_session_in_a_room_at_a_time'), models.CheckConstraint(condition=models.Q(('title__regex', '[\\u0001-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]'), _negated=True), name='events_eventsession_title_on_a_line'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('aim')), 2000)), name='events_eventsession_aim_fits'), models.CheckConstraint(condition=models.Q(('room__regex', '[\\u0001-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]'), _negated=True), name='events_eventsession_room_on_a_line')],
                        'triggers': [pgtrigger.compiler.Trigger(name='sessions_stay_inside_their_day', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="IF EXISTS (SELECT FROM events_eventsession s JOIN events_event e ON e.id = s.event_id WHERE s.id = NEW.id AND NOT COALESCE(s.starts >= CASE WHEN s.day = 1 THEN (e.starts_at AT TIME ZONE 'Europe/London')::time ELSE e.day_starts[s.day - 1] END AND s.ends <= CASE WHEN s.day < cardinality(e.day_starts) + 1 THEN e.day_ends[s.day] WHEN s.day > cardinality(e.day_starts) + 1 THEN NULL WHEN cardinality(e.day_starts) = 0 AND (e.ends_at AT TIME ZONE 'Europe/London')::date > (e.starts_at AT TIME ZONE 'Europe/London')::date THEN '24:00'::time ELSE (e.ends_at AT TIME ZONE 'Europe/London')::time END, false)) THEN RAISE EXCEPTION 'a session lies inside its day of the event'; END IF; RETURN NULL;", hash='95ee200212225309f8215d6257db73ce378d71ca', operation='INSERT OR UPDATE', pgid='pgtrigger_sessions_stay_inside_their_day_4aeb5', table='events_eventsession', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')), pgtrigger.compiler.Trigger(name='techniques_are_of_the_programme', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."technique_id" IS NOT NULL)', func="IF EXISTS (SELECT FROM events_technique t JOIN events_event e ON e.id = NEW.event_id WHERE t.id = NEW.technique_id AND t.programme_id <> e.programme_id) THEN RAISE EXCEPTION 'the technique of a session belongs to another programme'; END IF; RETURN NEW;", hash='915a72c7fafaa83ec22f98ebf07812c2a3531ba2', operation='INSERT OR UPDATE', pgid='pgtrigger_techniques_are_of_the_programme_f9f5a', table='events_eventsession', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_eventsessionevent" ("aim", "day", "ends", "event_id", "id", "link", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "room", "starts", "technique_id", "title") VALUES (NEW."aim", NEW."day", NEW."ends", NEW."event_id", NEW."id", NEW."link", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."room", NEW."starts", NEW."technique_id", NEW."title"); RETURN NULL;', hash='0b431bb87bc4bb1fd150da02bae903e13b5b74f1', operation='INSERT', pgid='pgtrigger_insert_insert_4453b', table='events_eventsession', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "events_eventsessionevent" ("aim", "day", "ends", "event_id", "id", "link", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "room", "starts", "technique_id", "title") VALUES (NEW."aim", NEW."day", NEW."ends", NEW."event_id", NEW."id", NEW."link", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."room", NEW."starts", NEW."technique_id", NEW."title"); RETURN NULL;', hash='90611a4ca467d6d2041620094e002a91a77988f1', operation='UPDATE', pgid='pgtrigger_update_update_a847e', table='events_eventsession', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='EventSessionEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('day', models.PositiveSmallIntegerField(default=1, verbose_name='day of the event')),
                        ('starts', models.TimeField(verbose_name='from')),
                        ('ends', models.TimeField(verbose_name='to')),
                        ('title', wellbeing.lib.texts.LineField(max_length=150, verbose_name='title')),
                        ('aim', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=2000, verbose_name='what it is for')),
                        ('room', wellbeing.lib.texts.LineField(blank=True, max_length=100, verbose_name='room')),
                        ('link', models.URLField(blank=True, max_length=2000, verbose_name='breakout link')),
                        ('event', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.event', verbose_name='event')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='events.eventsession')),
                        ('technique', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.technique', verbose_name='technique')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='efcb5b3b600564f09247cc863d78fd393767a618', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b8983', table='events_eventsessionevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='SessionFacilitator',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('is_co', models.BooleanField(default=False, verbose_name='beside the facilitator')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='person')),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='facilitators', to='events.eventsession', verbose_name='session')),
                    ],
                    options={
                        'verbose_name': 'facilitator of a session',
                        'verbose_name_plural': 'facilitators of sessions',
                        'ordering': ['is_co', 'person__sort_key', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('session', 'person'), name='one_part_in_a_session')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_sessionfacilitatorevent" ("id", "is_co", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "session_id") VALUES (NEW."id", NEW."is_co", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."session_id"); RETURN NULL;', hash='c12418e780e9dc338b9f05fd49055e387ba1498f', operation='INSERT', pgid='pgtrigger_insert_insert_05d8b', table='events_sessionfacilitator', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "events_sessionfacilitatorevent" ("id", "is_co", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "session_id") VALUES (NEW."id", NEW."is_co", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."session_id"); RETURN NULL;', hash='04dd35da6fe4dd79144a00f600a01bb4c011323e', operation='UPDATE', pgid='pgtrigger_update_update_05cd9', table='events_sessionfacilitator', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='SessionFacilitatorEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('is_co', models.BooleanField(default=False, verbose_name='beside the facilitator')),
                        ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='person')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='events.sessionfacilitator')),
                        ('session', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.eventsession', verbose_name='session')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='282b09969b1d6fae638ee2fb5fa15fd3cf01deed', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ac75d', table='events_sessionfacilitatorevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Venue',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', wellbeing.lib.texts.LineField(max_length=150, verbose_name='name')),
                        ('address', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=500, max_lines=10, verbose_name='address')),
                        ('how_to_find', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=2000, verbose_name='how to find it')),
                        ('station', wellbeing.lib.texts.LineField(blank=True, max_length=200, verbose_name='nearest station or stop, and how far')),
                        ('checked_on', models.DateField(blank=True, null=True, verbose_name='checked')),
                        ('archived_at', models.DateTimeField(blank=True, null=True, verbose_name='archived')),
                        ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='added')),
                        ('checked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='checked by')),
                        ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='venues', to='programmes.programme', verbose_name='programme')),
                    ],
                    options={
                        'verbose_name': 'venue',
                        'verbose_name_plural': 'venues',
                        'ordering': ['name', 'pk'],
                        'constraints': [models.UniqueConstraint(models.F('programme'), django.db.models.functions.text.Lower('name'), condition=models.Q(('archived_at', None)), name='one_venue_of_a_name_in_use'), models.CheckConstraint(condition=models.Q(models.Q(('checked_by', None), ('checked_on', None)), models.Q(('checked_by__isnull', False), ('checked_on__isnull', False)), _connector='OR'), name='venue_check_has_day_and_person'), models.CheckConstraint(condition=models.Q(('name__regex', '[\\u0001-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]'), _negated=True), name='events_venue_name_on_a_line'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('address')), 500)), name='events_venue_address_fits'), models.CheckConstraint(condition=models.Q(('address__regex', '(\\n[^\\n]*){10}'), _negated=True), name='events_venue_address_lines'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('how_to_find')), 2000)), name='events_venue_how_to_find_fits'), models.CheckConstraint(condition=models.Q(('station__regex', '[\\u0001-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]'), _negated=True), name='events_venue_station_on_a_line')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_venueevent" ("address", "archived_at", "checked_by_id", "checked_on", "created_at", "how_to_find", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "station") VALUES (NEW."address", NEW."archived_at", NEW."checked_by_id", NEW."checked_on", NEW."created_at", NEW."how_to_find", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."station"); RETURN NULL;', hash='1b433bf00dfef70869e128f1dc0aa59cfb743251', operation='INSERT', pgid='pgtrigger_insert_insert_1c301', table='events_venue', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "events_venueevent" ("address", "archived_at", "checked_by_id", "checked_on", "created_at", "how_to_find", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "station") VALUES (NEW."address", NEW."archived_at", NEW."checked_by_id", NEW."checked_on", NEW."created_at", NEW."how_to_find", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."programme_id", NEW."station"); RETURN NULL;', hash='22062b9e52283d67bfcb59234b1ba36c8c30f2f4', operation='UPDATE', pgid='pgtrigger_update_update_1b13e', table='events_venue', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='VenueCheckRule',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('effective_from', models.DateField(unique=True, verbose_name='starts')),
                        ('months', models.PositiveSmallIntegerField(verbose_name='months')),
                    ],
                    options={
                        'verbose_name': 'months until a venue is checked again',
                        'verbose_name_plural': 'months until venues are checked again',
                        'ordering': ['-effective_from'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('months__gte', 1), ('months__lte', 120)), name='venue_check_within_ten_years')],
                        'triggers': [pgtrigger.compiler.Trigger(name='venue_check_rules_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='48a1a1c721848276a7c0215362241a6c12512b3a', operation='UPDATE OR DELETE', pgid='pgtrigger_venue_check_rules_stay_4710f', table='events_venuecheckrule', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='VenueEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('name', wellbeing.lib.texts.LineField(max_length=150, verbose_name='name')),
                        ('address', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=500, max_lines=10, verbose_name='address')),
                        ('how_to_find', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=2000, verbose_name='how to find it')),
                        ('station', wellbeing.lib.texts.LineField(blank=True, max_length=200, verbose_name='nearest station or stop, and how far')),
                        ('checked_on', models.DateField(blank=True, null=True, verbose_name='checked')),
                        ('archived_at', models.DateTimeField(blank=True, null=True, verbose_name='archived')),
                        ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='added')),
                        ('checked_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='checked by')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='events.venue')),
                        ('programme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.programme', verbose_name='programme')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='da6090cf6f42efcff8d47371ce9c31f68ae857c0', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b8010', table='events_venueevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='VenueFact',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('step_free', 'Step-free way in'), ('toilet', 'Accessible toilet'), ('hearing_loop', 'Hearing loop'), ('quiet_room', 'Quiet room'), ('parking', 'Parking close by')], max_length=15, verbose_name='what')),
                        ('answer', models.CharField(choices=[('yes', 'Yes'), ('no', 'No'), ('not_known', 'Not known')], default='not_known', max_length=10, verbose_name='answer')),
                        ('note', wellbeing.lib.texts.LineField(blank=True, max_length=200, verbose_name='note')),
                        ('venue', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='facts', to='events.venue', verbose_name='venue')),
                    ],
                    options={
                        'verbose_name': 'fact about a venue',
                        'verbose_name_plural': 'facts about venues',
                        'ordering': ['venue', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('venue', 'kind'), name='one_venue_fact_of_a_kind'), models.CheckConstraint(condition=models.Q(('note__regex', '[\\u0001-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]'), _negated=True), name='events_venuefact_note_on_a_line')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_venuefactevent" ("answer", "id", "kind", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "venue_id") VALUES (NEW."answer", NEW."id", NEW."kind", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."venue_id"); RETURN NULL;', hash='d2240b75af00422b0e3b96f6c48dee92943f8839', operation='INSERT', pgid='pgtrigger_insert_insert_3a287', table='events_venuefact', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "events_venuefactevent" ("answer", "id", "kind", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "venue_id") VALUES (NEW."answer", NEW."id", NEW."kind", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."venue_id"); RETURN NULL;', hash='8fbada3d3213d476fd734845100efc7bdca3128b', operation='UPDATE', pgid='pgtrigger_update_update_d0c6f', table='events_venuefact', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='VenueFactEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('kind', models.CharField(choices=[('step_free', 'Step-free way in'), ('toilet', 'Accessible toilet'), ('hearing_loop', 'Hearing loop'), ('quiet_room', 'Quiet room'), ('parking', 'Parking close by')], max_length=15, verbose_name='what')),
                        ('answer', models.CharField(choices=[('yes', 'Yes'), ('no', 'No'), ('not_known', 'Not known')], default='not_known', max_length=10, verbose_name='answer')),
                        ('note', wellbeing.lib.texts.LineField(blank=True, max_length=200, verbose_name='note')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='events.venuefact')),
                        ('venue', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.venue', verbose_name='venue')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f95f43e72ed5cbe914ab1cd02bae1360b76f298e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_30641', table='events_venuefactevent', when='BEFORE'))],
                    },
                ),
                migrations.AddField(
                    model_name='event',
                    name='can_change',
                    field=wellbeing.lib.texts.WordsField(blank=True, db_default='', default='', max_length=600, verbose_name='what can change as a result'),
                ),
                migrations.AddField(
                    model_name='event',
                    name='cannot_change',
                    field=wellbeing.lib.texts.WordsField(blank=True, db_default='', default='', max_length=600, verbose_name='what cannot change'),
                ),
                migrations.AddField(
                    model_name='event',
                    name='day_ends',
                    field=django.contrib.postgres.fields.ArrayField(base_field=models.TimeField(), blank=True, db_default=[], default=list, help_text='Of an event over several days: when each day but the last ends.', size=None, verbose_name='ends of its days'),
                ),
                migrations.AddField(
                    model_name='event',
                    name='day_starts',
                    field=django.contrib.postgres.fields.ArrayField(base_field=models.TimeField(), blank=True, db_default=[], default=list, help_text='Of an event over several days: when each day but the first starts.', size=None, verbose_name='starts of its days'),
                ),
                migrations.AddField(
                    model_name='eventevent',
                    name='can_change',
                    field=wellbeing.lib.texts.WordsField(blank=True, db_default='', default='', max_length=600, verbose_name='what can change as a result'),
                ),
                migrations.AddField(
                    model_name='eventevent',
                    name='cannot_change',
                    field=wellbeing.lib.texts.WordsField(blank=True, db_default='', default='', max_length=600, verbose_name='what cannot change'),
                ),
                migrations.AddField(
                    model_name='eventevent',
                    name='day_ends',
                    field=django.contrib.postgres.fields.ArrayField(base_field=models.TimeField(), blank=True, db_default=[], default=list, help_text='Of an event over several days: when each day but the last ends.', size=None, verbose_name='ends of its days'),
                ),
                migrations.AddField(
                    model_name='eventevent',
                    name='day_starts',
                    field=django.contrib.postgres.fields.ArrayField(base_field=models.TimeField(), blank=True, db_default=[], default=list, help_text='Of an event over several days: when each day but the first starts.', size=None, verbose_name='starts of its days'),
                ),
                migrations.AlterField(
                    model_name='event',
                    name='status',
                    field=models.CharField(choices=[('draft', 'Draft'), ('planned', 'Planned'), ('held', 'Held'), ('cancelled', 'Cancelled')], default='planned', max_length=10, verbose_name='status'),
                ),
                migrations.AlterField(
                    model_name='eventevent',
                    name='status',
                    field=models.CharField(choices=[('draft', 'Draft'), ('planned', 'Planned'), ('held', 'Held'), ('cancelled', 'Cancelled')], default='planned', max_length=10, verbose_name='status'),
                ),
                migrations.AddField(
                    model_name='event',
                    name='series',
                    field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='events.eventseries', verbose_name='series'),
                ),
                migrations.AddField(
                    model_name='eventevent',
                    name='series',
                    field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.eventseries', verbose_name='series'),
                ),
                migrations.AddField(
                    model_name='event',
                    name='venue',
                    field=models.ForeignKey(blank=True, help_text='Empty: the place was typed. The name and address stand beside it, as they were when it was chosen.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='events.venue', verbose_name='venue of the book'),
                ),
                migrations.AddField(
                    model_name='eventevent',
                    name='venue',
                    field=models.ForeignKey(blank=True, db_constraint=False, help_text='Empty: the place was typed. The name and address stand beside it, as they were when it was chosen.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.venue', verbose_name='venue of the book'),
                ),
            ]
        ),
        InstallTriggers(
            models=[
                'daythere',
                'daythereevent',
                'eventseries',
                'eventsession',
                'eventsessionevent',
                'sessionfacilitator',
                'sessionfacilitatorevent',
                'technique',
                'venue',
                'venuecheckrule',
                'venueevent',
                'venuefact',
                'venuefactevent',
            ]
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='event',
            trigger=pgtrigger.compiler.Trigger(name='event_status', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{draft:planned,planned:held,planned:cancelled}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='daa7ee164ba76512a05467dd2da695969fa68a04', operation='UPDATE', pgid='pgtrigger_event_status_31c57', table='events_event', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='event',
            trigger=pgtrigger.compiler.Trigger(name='days_of_an_event_fill_it', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE nights int; starts timestamp; ends timestamp; n int;', func="nights = cardinality(NEW.day_starts); IF nights <> cardinality(NEW.day_ends) THEN RAISE EXCEPTION 'each day of an event has a start and an end'; END IF; IF nights = 0 THEN RETURN NEW; END IF; starts = NEW.starts_at AT TIME ZONE 'Europe/London'; ends = NEW.ends_at AT TIME ZONE 'Europe/London'; IF nights <> ends::date - starts::date THEN RAISE EXCEPTION 'the days of an event fill it from its first to its last'; END IF; FOR n IN 0..nights LOOP IF (CASE WHEN n = nights THEN ends::time ELSE NEW.day_ends[n + 1] END) <= (CASE WHEN n = 0 THEN starts::time ELSE NEW.day_starts[n] END) THEN RAISE EXCEPTION 'a day of an event ends after it starts'; END IF; END LOOP; RETURN NEW;", hash='ba697bd07d617439568817a56586f7fb6b283a9d', operation='INSERT OR UPDATE', pgid='pgtrigger_days_of_an_event_fill_it_f605a', table='events_event', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='event',
            trigger=pgtrigger.compiler.Trigger(name='venue_and_series_are_of_the_programme', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."venue_id" IS NOT NULL OR NEW."series_id" IS NOT NULL)', func="IF NEW.venue_id IS NOT NULL AND NOT EXISTS (SELECT FROM events_venue v WHERE v.id = NEW.venue_id AND v.programme_id = NEW.programme_id) THEN RAISE EXCEPTION 'the venue of an event is in the book of its programme'; END IF; IF NEW.series_id IS NOT NULL AND NOT EXISTS (SELECT FROM events_eventseries s WHERE s.id = NEW.series_id AND s.programme_id = NEW.programme_id) THEN RAISE EXCEPTION 'the events of a series are of one programme'; END IF; RETURN NEW;", hash='b2553128e8001d87fc4eed7dee9124ee356eb874', operation='INSERT OR UPDATE', pgid='pgtrigger_venue_and_series_are_of_the_programme_50e44', table='events_event', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='event',
            trigger=pgtrigger.compiler.Trigger(name='events_hold_their_sessions', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="IF EXISTS (SELECT FROM events_eventsession s JOIN events_event e ON e.id = s.event_id WHERE e.id = NEW.id AND NOT COALESCE(s.starts >= CASE WHEN s.day = 1 THEN (e.starts_at AT TIME ZONE 'Europe/London')::time ELSE e.day_starts[s.day - 1] END AND s.ends <= CASE WHEN s.day < cardinality(e.day_starts) + 1 THEN e.day_ends[s.day] WHEN s.day > cardinality(e.day_starts) + 1 THEN NULL WHEN cardinality(e.day_starts) = 0 AND (e.ends_at AT TIME ZONE 'Europe/London')::date > (e.starts_at AT TIME ZONE 'Europe/London')::date THEN '24:00'::time ELSE (e.ends_at AT TIME ZONE 'Europe/London')::time END, false)) THEN RAISE EXCEPTION 'a session lies inside its day of the event'; END IF; RETURN NULL;", hash='2c8d41cd73985a56454fdb632e132b1e6f46d175', operation='UPDATE', pgid='pgtrigger_events_hold_their_sessions_4275f', table='events_event', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='event',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_eventevent" ("can_change", "cancel_reason", "cannot_change", "created_at", "day_ends", "day_starts", "ends_at", "group_id", "id", "kind", "online_link", "organiser_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "purpose", "reply_by", "sequence", "series_id", "starts_at", "status", "title", "venue_address", "venue_id", "venue_name") VALUES (NEW."can_change", NEW."cancel_reason", NEW."cannot_change", NEW."created_at", NEW."day_ends", NEW."day_starts", NEW."ends_at", NEW."group_id", NEW."id", NEW."kind", NEW."online_link", NEW."organiser_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."purpose", NEW."reply_by", NEW."sequence", NEW."series_id", NEW."starts_at", NEW."status", NEW."title", NEW."venue_address", NEW."venue_id", NEW."venue_name"); RETURN NULL;', hash='67a803e5e309a5a78fe2d4cc10fd58575873dd8a', operation='INSERT', pgid='pgtrigger_insert_insert_82b94', table='events_event', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='event',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "events_eventevent" ("can_change", "cancel_reason", "cannot_change", "created_at", "day_ends", "day_starts", "ends_at", "group_id", "id", "kind", "online_link", "organiser_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "purpose", "reply_by", "sequence", "series_id", "starts_at", "status", "title", "venue_address", "venue_id", "venue_name") VALUES (NEW."can_change", NEW."cancel_reason", NEW."cannot_change", NEW."created_at", NEW."day_ends", NEW."day_starts", NEW."ends_at", NEW."group_id", NEW."id", NEW."kind", NEW."online_link", NEW."organiser_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."programme_id", NEW."purpose", NEW."reply_by", NEW."sequence", NEW."series_id", NEW."starts_at", NEW."status", NEW."title", NEW."venue_address", NEW."venue_id", NEW."venue_name"); RETURN NULL;', hash='59023839a1aba2a0e9cd9e637f90ebfd898d5946', operation='UPDATE', pgid='pgtrigger_update_update_73f59', table='events_event', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='invitation',
            trigger=pgtrigger.compiler.Trigger(name='nobody_is_invited_to_a_draft', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT FROM events_event e WHERE e.id = NEW.event_id AND e.status = 'draft') THEN RAISE EXCEPTION 'nobody is invited to a draft'; END IF; RETURN NEW;", hash='1193323e5e77e991d62de0e6939bdeaf60d53995', operation='INSERT', pgid='pgtrigger_nobody_is_invited_to_a_draft_cb4bb', table='events_invitation', when='BEFORE')),
        ),
    ]
