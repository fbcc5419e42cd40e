"""Say which language somebody reads, and in which language a notice is written."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0019_letters_by_service'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='notice',
            name='words_are_kept',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='person',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='person',
            name='update_update',
        ),
        migrations.AddField(
            model_name='notice',
            name='facts_from',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='facts begin at'),
        ),
        migrations.AddField(
            model_name='notice',
            name='facts_to',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='facts end at'),
        ),
        migrations.AddField(
            model_name='notice',
            name='language',
            field=models.CharField(choices=[('en', 'English'), ('sq', 'Albanian'), ('am', 'Amharic'), ('ar', 'Arabic'), ('bn', 'Bengali'), ('bg', 'Bulgarian'), ('zh-Hant', 'Chinese'), ('prs', 'Dari'), ('fr', 'French'), ('el', 'Greek'), ('gu', 'Gujarati'), ('he', 'Hebrew'), ('hi', 'Hindi'), ('hu', 'Hungarian'), ('it', 'Italian'), ('ckb', 'Kurdish (Sorani)'), ('lt', 'Lithuanian'), ('ne', 'Nepali'), ('ps', 'Pashto'), ('fa', 'Persian (Farsi)'), ('pl', 'Polish'), ('pt', 'Portuguese'), ('pa', 'Punjabi'), ('ro', 'Romanian'), ('ru', 'Russian'), ('so', 'Somali'), ('es', 'Spanish'), ('ta', 'Tamil'), ('ti', 'Tigrinya'), ('tr', 'Turkish'), ('uk', 'Ukrainian'), ('ur', 'Urdu'), ('vi', 'Vietnamese'), ('cy', 'Welsh')], db_default='en', default='en', max_length=10, verbose_name='language of the words'),
        ),
        migrations.AddField(
            model_name='person',
            name='language',
            field=models.CharField(choices=[('en', 'English'), ('sq', 'Albanian'), ('am', 'Amharic'), ('ar', 'Arabic'), ('bn', 'Bengali'), ('bg', 'Bulgarian'), ('zh-Hant', 'Chinese'), ('prs', 'Dari'), ('fr', 'French'), ('el', 'Greek'), ('gu', 'Gujarati'), ('he', 'Hebrew'), ('hi', 'Hindi'), ('hu', 'Hungarian'), ('it', 'Italian'), ('ckb', 'Kurdish (Sorani)'), ('lt', 'Lithuanian'), ('ne', 'Nepali'), ('ps', 'Pashto'), ('fa', 'Persian (Farsi)'), ('pl', 'Polish'), ('pt', 'Portuguese'), ('pa', 'Punjabi'), ('ro', 'Romanian'), ('ru', 'Russian'), ('so', 'Somali'), ('es', 'Spanish'), ('ta', 'Tamil'), ('ti', 'Tigrinya'), ('tr', 'Turkish'), ('uk', 'Ukrainian'), ('ur', 'Urdu'), ('vi', 'Vietnamese'), ('cy', 'Welsh')], db_default='en', default='en', help_text='We use it where a programme has words in it, and English elsewhere.', max_length=10, verbose_name='language they read'),
        ),
        migrations.AddField(
            model_name='personevent',
            name='language',
            field=models.CharField(choices=[('en', 'English'), ('sq', 'Albanian'), ('am', 'Amharic'), ('ar', 'Arabic'), ('bn', 'Bengali'), ('bg', 'Bulgarian'), ('zh-Hant', 'Chinese'), ('prs', 'Dari'), ('fr', 'French'), ('el', 'Greek'), ('gu', 'Gujarati'), ('he', 'Hebrew'), ('hi', 'Hindi'), ('hu', 'Hungarian'), ('it', 'Italian'), ('ckb', 'Kurdish (Sorani)'), ('lt', 'Lithuanian'), ('ne', 'Nepali'), ('ps', 'Pashto'), ('fa', 'Persian (Farsi)'), ('pl', 'Polish'), ('pt', 'Portuguese'), ('pa', 'Punjabi'), ('ro', 'Romanian'), ('ru', 'Russian'), ('so', 'Somali'), ('es', 'Spanish'), ('ta', 'Tamil'), ('ti', 'Tigrinya'), ('tr', 'Turkish'), ('uk', 'Ukrainian'), ('ur', 'Urdu'), ('vi', 'Vietnamese'), ('cy', 'Welsh')], db_default='en', default='en', help_text='We use it where a programme has words in it, and English elsewhere.', max_length=10, verbose_name='language they read'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='notice',
            trigger=pgtrigger.compiler.Trigger(name='words_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func='RAISE EXCEPTION \'pgtrigger: Cannot update of "key", "kind", "audience", "voice", "reply_to", "subject", "text_body", "html_body", "short", "link", "language", "facts_from", "facts_to" rows from % table\', TG_TABLE_NAME;', hash='041ff3e521d4cfc69dbbb00a1f8a3e33842348a0', operation='UPDATE OF "key", "kind", "audience", "voice", "reply_to", "subject", "text_body", "html_body", "short", "link", "language", "facts_from", "facts_to"', pgid='pgtrigger_words_are_kept_b4e4f', table='people_notice', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='person',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_personevent" ("about", "address_changed_at", "call_time", "channel", "created_at", "email", "full_name", "id", "joined_at", "known_as", "language", "letter_size", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "postal_address", "second_channel", "shares_address", "user_id") VALUES (NEW."about", NEW."address_changed_at", NEW."call_time", NEW."channel", NEW."created_at", NEW."email", NEW."full_name", NEW."id", NEW."joined_at", NEW."known_as", NEW."language", NEW."letter_size", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."postal_address", NEW."second_channel", NEW."shares_address", NEW."user_id"); RETURN NULL;', hash='efe20f9669f8152ff0b2daa6af8ce4980aabeec4', operation='INSERT', pgid='pgtrigger_insert_insert_65688', table='people_person', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='person',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."about" IS DISTINCT FROM (NEW."about") OR OLD."address_changed_at" IS DISTINCT FROM (NEW."address_changed_at") OR OLD."call_time" IS DISTINCT FROM (NEW."call_time") OR OLD."channel" IS DISTINCT FROM (NEW."channel") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."full_name" IS DISTINCT FROM (NEW."full_name") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."joined_at" IS DISTINCT FROM (NEW."joined_at") OR OLD."known_as" IS DISTINCT FROM (NEW."known_as") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."letter_size" IS DISTINCT FROM (NEW."letter_size") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."postal_address" IS DISTINCT FROM (NEW."postal_address") OR OLD."second_channel" IS DISTINCT FROM (NEW."second_channel") OR OLD."shares_address" IS DISTINCT FROM (NEW."shares_address") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id"))', func='INSERT INTO "people_personevent" ("about", "address_changed_at", "call_time", "channel", "created_at", "email", "full_name", "id", "joined_at", "known_as", "language", "letter_size", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "postal_address", "second_channel", "shares_address", "user_id") VALUES (NEW."about", NEW."address_changed_at", NEW."call_time", NEW."channel", NEW."created_at", NEW."email", NEW."full_name", NEW."id", NEW."joined_at", NEW."known_as", NEW."language", NEW."letter_size", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."postal_address", NEW."second_channel", NEW."shares_address", NEW."user_id"); RETURN NULL;', hash='7f1bb41045600ff47857d58e6d1ee1197b337863', operation='UPDATE', pgid='pgtrigger_update_update_de829', table='people_person', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('facts_from', None), ('facts_to', None)), models.Q(('facts_from__isnull', False), ('facts_to__gte', models.F('facts_from'))), _connector='OR'), name='facts_of_a_notice_begin_and_end'),
        ),
    ]
