"""Point invitations to notices in place of messages."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0007_hours_there'),
        ('people', '0012_messages_deliver_notices'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='invitation',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='invitation',
            name='update_update',
        ),
        # A notice has the number of the message it was made of.
        migrations.RenameField('invitation', 'message', 'notice'),
        migrations.RenameField('invitationevent', 'message', 'notice'),
        migrations.AlterField(
            model_name='invitation',
            name='notice',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitation', to='people.notice', verbose_name='notice'),
        ),
        migrations.AlterField(
            model_name='invitationevent',
            name='notice',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.notice', verbose_name='notice'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='invitation',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_invitationevent" ("access_needs", "answer", "answered_at", "answered_by_id", "event_id", "facilitates", "id", "invited_at", "invited_by_id", "notice_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question", "replied_at", "reply", "reply_taken_by_id") VALUES (NEW."access_needs", NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."event_id", NEW."facilitates", NEW."id", NEW."invited_at", NEW."invited_by_id", NEW."notice_id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."question", NEW."replied_at", NEW."reply", NEW."reply_taken_by_id"); RETURN NULL;', hash='5cc9abf5bcc12c3d622c71d3efe30d1758fd0aff', operation='INSERT', pgid='pgtrigger_insert_insert_e4dec', table='events_invitation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='invitation',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."access_needs" IS DISTINCT FROM (NEW."access_needs") OR OLD."answer" IS DISTINCT FROM (NEW."answer") OR OLD."answered_at" IS DISTINCT FROM (NEW."answered_at") OR OLD."answered_by_id" IS DISTINCT FROM (NEW."answered_by_id") OR OLD."event_id" IS DISTINCT FROM (NEW."event_id") OR OLD."facilitates" IS DISTINCT FROM (NEW."facilitates") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."invited_at" IS DISTINCT FROM (NEW."invited_at") OR OLD."invited_by_id" IS DISTINCT FROM (NEW."invited_by_id") OR OLD."notice_id" IS DISTINCT FROM (NEW."notice_id") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."question" IS DISTINCT FROM (NEW."question") OR OLD."replied_at" IS DISTINCT FROM (NEW."replied_at") OR OLD."reply" IS DISTINCT FROM (NEW."reply") OR OLD."reply_taken_by_id" IS DISTINCT FROM (NEW."reply_taken_by_id"))', func='INSERT INTO "events_invitationevent" ("access_needs", "answer", "answered_at", "answered_by_id", "event_id", "facilitates", "id", "invited_at", "invited_by_id", "notice_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question", "replied_at", "reply", "reply_taken_by_id") VALUES (NEW."access_needs", NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."event_id", NEW."facilitates", NEW."id", NEW."invited_at", NEW."invited_by_id", NEW."notice_id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."question", NEW."replied_at", NEW."reply", NEW."reply_taken_by_id"); RETURN NULL;', hash='5709390b213e260ac1dffb8e724abec965b46b30', operation='UPDATE', pgid='pgtrigger_update_update_0645f', table='events_invitation', when='AFTER')),
        ),
    ]
