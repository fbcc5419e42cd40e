"""Say of each need at an event whether it is the person's own or of whom they bring; print agendas in 14 point."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0022_papers_of_any_event'),
        ('people', '0027_reviews_of_needs'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='eventneed',
            options={'ordering': ['person__sort_key', 'whose', 'kind', 'pk'], 'verbose_name': 'access need at an event', 'verbose_name_plural': 'access needs at events'},
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='eventneed',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='eventneed',
            name='update_update',
        ),
        migrations.RemoveConstraint(
            model_name='eventneed',
            name='one_need_of_a_kind_at_an_event',
        ),
        migrations.AddField(
            model_name='eventneed',
            name='whose',
            field=models.CharField(choices=[('person', 'The person'), ('supporter', 'Their supporter')], db_default='person', default='person', max_length=10, verbose_name='whose need it is'),
        ),
        migrations.AddField(
            model_name='eventneedevent',
            name='whose',
            field=models.CharField(choices=[('person', 'The person'), ('supporter', 'Their supporter')], db_default='person', default='person', max_length=10, verbose_name='whose need it is'),
        ),
        migrations.AlterField(
            model_name='meetingpaper',
            name='layout',
            field=models.CharField(choices=[('standard', 'Standard print'), ('14', 'Large print (14 point)'), ('16', 'Large print (16 point)'), ('18', 'Large print (18 point)'), ('20', 'Large print (20 point)'), ('24', 'Large print (24 point)'), ('easy_read', 'Easy Read layout (one sentence on each line)')], max_length=10, verbose_name='print'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='eventneed',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_eventneedevent" ("arrangement_id", "change", "event_id", "gone_at", "id", "kind", "note", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "replied_at", "reply", "reply_taken_by_id", "reply_words", "result", "whose", "words", "words_before") VALUES (NEW."arrangement_id", NEW."change", NEW."event_id", NEW."gone_at", NEW."id", NEW."kind", NEW."note", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."replied_at", NEW."reply", NEW."reply_taken_by_id", NEW."reply_words", NEW."result", NEW."whose", NEW."words", NEW."words_before"); RETURN NULL;', hash='fb0261da2b2b7cda5638c246ea999f15eaf4a56c', operation='INSERT', pgid='pgtrigger_insert_insert_4d14e', table='events_eventneed', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='eventneed',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "events_eventneedevent" ("arrangement_id", "change", "event_id", "gone_at", "id", "kind", "note", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "replied_at", "reply", "reply_taken_by_id", "reply_words", "result", "whose", "words", "words_before") VALUES (NEW."arrangement_id", NEW."change", NEW."event_id", NEW."gone_at", NEW."id", NEW."kind", NEW."note", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."replied_at", NEW."reply", NEW."reply_taken_by_id", NEW."reply_words", NEW."result", NEW."whose", NEW."words", NEW."words_before"); RETURN NULL;', hash='564654aa10884eb6450802a23160ef25dfee9ad3', operation='UPDATE', pgid='pgtrigger_update_update_954d7', table='events_eventneed', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='eventneed',
            constraint=models.UniqueConstraint(fields=('event', 'person', 'whose', 'kind'), name='one_need_of_a_kind_at_an_event'),
        ),
        migrations.AddConstraint(
            model_name='eventneed',
            constraint=models.CheckConstraint(condition=models.Q(('whose__in', ['person', 'supporter']), models.Q(('kind', 'supporter'), ('whose', 'supporter'), _negated=True)), name='need_at_an_event_says_whose_it_is'),
        ),
    ]
