"""Let papers come with an event of any kind: they hang on the event in place of the meeting that it is."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from wellbeing.lib.migrations import AtOnce

# The event of each paper, and of each row of its history, which nothing else may change, is that of its meeting.
THEIR_EVENTS = [
    "SET CONSTRAINTS ALL IMMEDIATE",
    *(
        statement
        for table in ("attachedpaper", "attachedpaperevent", "papermade", "papermadeevent")
        for statement in (
            f"ALTER TABLE events_{table} DISABLE TRIGGER USER",
            f"UPDATE events_{table} p SET event_id = m.event_id FROM events_meeting m WHERE m.id = p.meeting_id",
            f"ALTER TABLE events_{table} ENABLE TRIGGER USER",
        )
    ),
    "SET CONSTRAINTS ALL DEFERRED",
]


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0021_feedback_on_events'),
    ]

    operations = [
        AtOnce(
            operations=[
                migrations.AlterModelOptions(
                    name='attachedpaper',
                    options={'ordering': ['event_id', 'pk'], 'verbose_name': 'paper that comes with an event', 'verbose_name_plural': 'papers that come with events'},
                ),
                migrations.AlterModelOptions(
                    name='papermade',
                    options={'ordering': ['event_id', '-made_on', '-pk'], 'verbose_name': 'format made elsewhere', 'verbose_name_plural': 'formats made elsewhere'},
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='attachedpaper',
                    name='attached_papers_stay_with_their_meeting',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='attachedpaper',
                    name='attached_papers_belong_to_their_agenda',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='attachedpaper',
                    name='insert_insert',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='attachedpaper',
                    name='update_update',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='papermade',
                    name='paper_made_is_of_its_meeting',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='papermade',
                    name='insert_insert',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='papermade',
                    name='update_update',
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name='papermade',
                    name='delete_delete',
                ),
                migrations.AddField(
                    model_name='attachedpaper',
                    name='event',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attached_papers', to='events.event', verbose_name='event'),
                ),
                migrations.AddField(
                    model_name='attachedpaperevent',
                    name='event',
                    field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.event', verbose_name='event'),
                ),
                migrations.AddField(
                    model_name='papermade',
                    name='event',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='made_elsewhere', to='events.event', verbose_name='event'),
                ),
                migrations.AddField(
                    model_name='papermadeevent',
                    name='event',
                    field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.event', verbose_name='event'),
                ),
            ],
        ),
        migrations.RunSQL(THEIR_EVENTS, migrations.RunSQL.noop, elidable=True),
        AtOnce(
            operations=[
                migrations.AlterField(
                    model_name='attachedpaper',
                    name='event',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attached_papers', to='events.event', verbose_name='event'),
                ),
                migrations.RemoveField(model_name='attachedpaper', name='meeting'),
                migrations.AlterField(
                    model_name='attachedpaperevent',
                    name='event',
                    field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.event', verbose_name='event'),
                ),
                migrations.RemoveField(model_name='attachedpaperevent', name='meeting'),
                migrations.AlterField(
                    model_name='papermade',
                    name='event',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='made_elsewhere', to='events.event', verbose_name='event'),
                ),
                migrations.RemoveField(model_name='papermade', name='meeting'),
                migrations.AlterField(
                    model_name='papermadeevent',
                    name='event',
                    field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.event', verbose_name='event'),
                ),
                migrations.RemoveField(model_name='papermadeevent', name='meeting'),
                pgtrigger.migrations.AddTrigger(
                    model_name='attachedpaper',
                    trigger=pgtrigger.compiler.Trigger(name='attached_papers_stay_with_their_event', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."event_id" IS DISTINCT FROM (NEW."event_id") OR OLD."added_by_id" IS DISTINCT FROM (NEW."added_by_id") OR OLD."added_at" IS DISTINCT FROM (NEW."added_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='cf71d277212c66162968f16350448237a439ee6f', operation='UPDATE', pgid='pgtrigger_attached_papers_stay_with_their_event_8a6ef', table='events_attachedpaper', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='attachedpaper',
                    trigger=pgtrigger.compiler.Trigger(name='attached_papers_belong_to_their_agenda', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE state text;', func="IF NEW.item_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM events_agendaitem i JOIN events_meeting m ON m.id = i.meeting_id WHERE i.id = NEW.item_id AND m.event_id = NEW.event_id) THEN RAISE EXCEPTION 'a paper belongs to an item of its own meeting'; END IF; IF TG_OP = 'INSERT' THEN SELECT minutes INTO state FROM events_meeting WHERE event_id = NEW.event_id FOR SHARE; IF state = 'agreed' THEN RAISE EXCEPTION 'no paper comes once the minutes are agreed'; END IF; END IF; RETURN NEW;", hash='5884b1fe333278b770f7c9e6d57a314646dc81ac', operation='INSERT OR UPDATE', pgid='pgtrigger_attached_papers_belong_to_their_agenda_c1980', table='events_attachedpaper', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='attachedpaper',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_attachedpaperevent" ("added_at", "added_by_id", "event_id", "id", "item_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "title", "withdrawn_by_id", "withdrawn_on", "withdrawn_why") VALUES (NEW."added_at", NEW."added_by_id", NEW."event_id", NEW."id", NEW."item_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."purpose", NEW."title", NEW."withdrawn_by_id", NEW."withdrawn_on", NEW."withdrawn_why"); RETURN NULL;', hash='539fd0b508969b259cfff393bb6c97866784d363', operation='INSERT', pgid='pgtrigger_insert_insert_4ad20', table='events_attachedpaper', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='attachedpaper',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "events_attachedpaperevent" ("added_at", "added_by_id", "event_id", "id", "item_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "title", "withdrawn_by_id", "withdrawn_on", "withdrawn_why") VALUES (NEW."added_at", NEW."added_by_id", NEW."event_id", NEW."id", NEW."item_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."purpose", NEW."title", NEW."withdrawn_by_id", NEW."withdrawn_on", NEW."withdrawn_why"); RETURN NULL;', hash='d2b0ed2602c049eb4973050dffd2909f46628f41', operation='UPDATE', pgid='pgtrigger_update_update_0bbb6', table='events_attachedpaper', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='papermade',
                    trigger=pgtrigger.compiler.Trigger(name='paper_made_is_of_its_event', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF NEW.paper_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM events_attachedpaper p WHERE p.id = NEW.paper_id AND p.event_id = NEW.event_id) THEN RAISE EXCEPTION 'the paper is one of its own event'; END IF; IF NEW.what <> '' AND NOT EXISTS (SELECT 1 FROM events_meeting m WHERE m.event_id = NEW.event_id) THEN RAISE EXCEPTION 'a meeting has an agenda and minutes, no other event'; END IF; RETURN NEW;", hash='03603647e380fbb90ea4d17c46658270dc40746c', operation='INSERT OR UPDATE', pgid='pgtrigger_paper_made_is_of_its_event_42086', table='events_papermade', when='BEFORE')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='papermade',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_papermadeevent" ("event_id", "format", "how", "id", "language", "made_by", "made_on", "noted_at", "noted_by_id", "paper_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "what") VALUES (NEW."event_id", NEW."format", NEW."how", NEW."id", NEW."language", NEW."made_by", NEW."made_on", NEW."noted_at", NEW."noted_by_id", NEW."paper_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."what"); RETURN NULL;', hash='b8c27524cdc74100e14a4fb8f25aae2b3563a2e2', operation='INSERT', pgid='pgtrigger_insert_insert_d163a', table='events_papermade', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='papermade',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "events_papermadeevent" ("event_id", "format", "how", "id", "language", "made_by", "made_on", "noted_at", "noted_by_id", "paper_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "what") VALUES (NEW."event_id", NEW."format", NEW."how", NEW."id", NEW."language", NEW."made_by", NEW."made_on", NEW."noted_at", NEW."noted_by_id", NEW."paper_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."what"); RETURN NULL;', hash='648cf87f553c6497ac7e4197774b72a76d13dbaf', operation='UPDATE', pgid='pgtrigger_update_update_8ee44', table='events_papermade', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='papermade',
                    trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_papermadeevent" ("event_id", "format", "how", "id", "language", "made_by", "made_on", "noted_at", "noted_by_id", "paper_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "what") VALUES (OLD."event_id", OLD."format", OLD."how", OLD."id", OLD."language", OLD."made_by", OLD."made_on", OLD."noted_at", OLD."noted_by_id", OLD."paper_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."what"); RETURN NULL;', hash='c95edba7b313350cf7997a9dd6c32fd9fea40adc', operation='DELETE', pgid='pgtrigger_delete_delete_42019', table='events_papermade', when='AFTER')),
                ),
            ],
        ),
    ]
