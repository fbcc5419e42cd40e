"""Messages keep how a notice is delivered; what it says is the notice's now."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import wellbeing.lib.texts
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0011_messages_of_before'),
    ]

    operations = [
        migrations.AlterField(
            model_name='message',
            name='notice',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='people.notice', verbose_name='notice'),
        ),
        migrations.AlterField(
            model_name='messageevent',
            name='notice',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.notice', verbose_name='notice'),
        ),
        migrations.RemoveField(
            model_name='messagepart',
            name='message',
        ),
        migrations.RemoveField(
            model_name='message',
            name='audience',
        ),
        migrations.RemoveField(
            model_name='message',
            name='html_body',
        ),
        migrations.RemoveField(
            model_name='message',
            name='key',
        ),
        migrations.RemoveField(
            model_name='message',
            name='kind',
        ),
        migrations.RemoveField(
            model_name='message',
            name='person',
        ),
        migrations.RemoveField(
            model_name='message',
            name='reply_to',
        ),
        migrations.RemoveField(
            model_name='message',
            name='subject',
        ),
        migrations.RemoveField(
            model_name='message',
            name='text_body',
        ),
        migrations.RemoveField(
            model_name='message',
            name='to_address',
        ),
        migrations.RemoveField(
            model_name='messageevent',
            name='audience',
        ),
        migrations.RemoveField(
            model_name='messageevent',
            name='key',
        ),
        migrations.RemoveField(
            model_name='messageevent',
            name='kind',
        ),
        migrations.RemoveField(
            model_name='messageevent',
            name='person',
        ),
        migrations.RemoveField(
            model_name='messageevent',
            name='reply_to',
        ),
        migrations.RemoveField(
            model_name='messageevent',
            name='subject',
        ),
        migrations.RemoveField(
            model_name='messageevent',
            name='to_address',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='message',
            trigger=pgtrigger.compiler.Trigger(name='message_status', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{waiting:sending,waiting:sent,waiting:failed,waiting:cancelled,sending:sent,sending:waiting,sending:failed,sent:delivered,sent:failed,delivered:failed,failed:waiting}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='1d1bdcc8665ddf671d73c0784469f2f3216a10fa', operation='UPDATE', pgid='pgtrigger_message_status_43628', table='people_message', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='message',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_messageevent" ("attempts", "channel", "colleague_id", "created_at", "delivered_at", "id", "last_error", "next_try_at", "notice_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_ref", "sent_at", "status", "taken_at", "to", "told_by_id", "told_how", "via") VALUES (NEW."attempts", NEW."channel", NEW."colleague_id", NEW."created_at", NEW."delivered_at", NEW."id", NEW."last_error", NEW."next_try_at", NEW."notice_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."provider_ref", NEW."sent_at", NEW."status", NEW."taken_at", NEW."to", NEW."told_by_id", NEW."told_how", NEW."via"); RETURN NULL;', hash='65d91f29b5533a8af9b11c6450a00e5c18e579d3', operation='INSERT', pgid='pgtrigger_insert_insert_a958c', table='people_message', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='message',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "people_messageevent" ("attempts", "channel", "colleague_id", "created_at", "delivered_at", "id", "last_error", "next_try_at", "notice_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_ref", "sent_at", "status", "taken_at", "to", "told_by_id", "told_how", "via") VALUES (NEW."attempts", NEW."channel", NEW."colleague_id", NEW."created_at", NEW."delivered_at", NEW."id", NEW."last_error", NEW."next_try_at", NEW."notice_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."provider_ref", NEW."sent_at", NEW."status", NEW."taken_at", NEW."to", NEW."told_by_id", NEW."told_how", NEW."via"); RETURN NULL;', hash='603d86d0d2b6d2a12f9cc13604ea1075bd6d78b4', operation='UPDATE', pgid='pgtrigger_update_update_150e8', table='people_message', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(models.F('provider_ref'), condition=models.Q(('provider_ref', ''), _negated=True), name='messages_by_provider_ref'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('status__in', ['sent', 'delivered'])), models.Q(('sent_at__isnull', True), ('status__in', ['waiting', 'sending', 'cancelled'])), ('status', 'failed'), _connector='OR'), name='message_sent_has_its_time'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'delivered'), _negated=True), ('delivered_at__isnull', False), _connector='OR'), name='message_delivered_has_its_time'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('channel__in', ['letter', 'phone', 'colleague']), ('status__in', ['sent', 'delivered']), _negated=True), models.Q(('told_by__isnull', False), models.Q(('told_how', ''), _negated=True)), _connector='OR'), name='message_told_by_hand_says_by_whom'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(condition=models.Q(('channel', 'colleague'), _negated=True), fields=('notice', 'channel'), name='one_message_by_each_channel'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', ['waiting', 'sending'])), fields=('notice',), name='one_try_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('to')), 500)), name='people_message_to_fits'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(('to__regex', '(\\n[^\\n]*){12}'), _negated=True), name='people_message_to_lines'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(('via__regex', '[\\u0001-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]'), _negated=True), name='people_message_via_on_a_line'),
        ),
        migrations.DeleteModel(
            name='MessagePart',
        ),
    ]
