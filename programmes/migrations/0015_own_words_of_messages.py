"""Keep the words that programmes use for messages, and the fields that had nothing to say."""

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
        ('people', '0020_language_of_words'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('programmes', '0014_reminders'),
    ]

    operations = [
        migrations.CreateModel(
            name='WordingGap',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(choices=[('subject', 'Subject'), ('words', 'Words'), ('short', 'Text message')], max_length=10, verbose_name='where')),
                ('line', models.PositiveSmallIntegerField(verbose_name='line')),
                ('field', models.CharField(max_length=40, verbose_name='field')),
                ('seen_at', models.DateTimeField(blank=True, null=True, verbose_name='dealt with')),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.notice', verbose_name='notice')),
                ('seen_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='dealt with by')),
            ],
            options={
                'verbose_name': 'field without words',
                'verbose_name_plural': 'fields without words',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='WordingVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(help_text='Known to the app that writes it.', max_length=40, verbose_name='kind of message')),
                ('language', models.CharField(choices=[('en', 'English'), ('sq', 'Albanian'), ('am', 'Amharic'), ('ar', 'Arabic'), ('bn', 'Bengali'), ('bg', 'Bulgarian'), ('zh-Hant', 'Chinese'), ('prs', 'Dari'), ('fr', 'French'), ('el', 'Greek'), ('gu', 'Gujarati'), ('he', 'Hebrew'), ('hi', 'Hindi'), ('hu', 'Hungarian'), ('it', 'Italian'), ('ckb', 'Kurdish (Sorani)'), ('lt', 'Lithuanian'), ('ne', 'Nepali'), ('ps', 'Pashto'), ('fa', 'Persian (Farsi)'), ('pl', 'Polish'), ('pt', 'Portuguese'), ('pa', 'Punjabi'), ('ro', 'Romanian'), ('ru', 'Russian'), ('so', 'Somali'), ('es', 'Spanish'), ('ta', 'Tamil'), ('ti', 'Tigrinya'), ('tr', 'Turkish'), ('uk', 'Ukrainian'), ('ur', 'Urdu'), ('vi', 'Vietnamese'), ('cy', 'Welsh')], default='en', max_length=10, verbose_name='language')),
                ('is_standard', models.BooleanField(default=False, verbose_name='the standard words again')),
                ('subject', wellbeing.lib.texts.LineField(blank=True, max_length=150, verbose_name='subject')),
                ('words', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=5000, verbose_name='words')),
                ('short', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=300, verbose_name='words of a text message')),
                ('effective_from', models.DateField(verbose_name='used from')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='written')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wordings', to='programmes.programme', verbose_name='programme')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='written by')),
            ],
            options={
                'verbose_name': 'wording of a message',
                'verbose_name_plural': 'wordings of messages',
                'ordering': ['-effective_from', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='WordingGapEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('part', models.CharField(choices=[('subject', 'Subject'), ('words', 'Words'), ('short', 'Text message')], max_length=10, verbose_name='where')),
                ('line', models.PositiveSmallIntegerField(verbose_name='line')),
                ('field', models.CharField(max_length=40, verbose_name='field')),
                ('seen_at', models.DateTimeField(blank=True, null=True, verbose_name='dealt with')),
                ('notice', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.notice', verbose_name='notice')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='programmes.wordinggap')),
                ('seen_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='dealt with by')),
                ('version', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.wordingversion', verbose_name='wording')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='wordinggap',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='gaps', to='programmes.wordingversion', verbose_name='wording'),
        ),
        migrations.AddIndex(
            model_name='wordingversion',
            index=models.Index(fields=['programme', 'kind', 'language', '-effective_from', '-id'], name='wordings_newest_first'),
        ),
        migrations.AddConstraint(
            model_name='wordingversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('is_standard', True), ('short', ''), ('subject', ''), ('words', '')), models.Q(('is_standard', False), ('subject__gt', ''), ('words__contains', '{details}'), models.Q(('short', ''), ('short__contains', '{link}'), _connector='OR')), _connector='OR'), name='wording_keeps_facts_and_link'),
        ),
        migrations.AddConstraint(
            model_name='wordingversion',
            constraint=models.CheckConstraint(condition=models.Q(('subject__regex', '[\\u0001-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]'), _negated=True), name='programmes_wordingversion_subject_on_a_line'),
        ),
        migrations.AddConstraint(
            model_name='wordingversion',
            constraint=models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('words')), 5000)), name='programmes_wordingversion_words_fits'),
        ),
        migrations.AddConstraint(
            model_name='wordingversion',
            constraint=models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('short')), 300)), name='programmes_wordingversion_short_fits'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='wordingversion',
            trigger=pgtrigger.compiler.Trigger(name='wordings_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='1a0aec452004aa414ad5048bdc272ca15d3f126b', operation='DELETE', pgid='pgtrigger_wordings_are_kept_c9396', table='programmes_wordingversion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='wordingversion',
            trigger=pgtrigger.compiler.Trigger(name='wordings_are_not_rewritten', sql=pgtrigger.compiler.UpsertTriggerSql(func='RAISE EXCEPTION \'pgtrigger: Cannot update of "programme_id", "kind", "language", "is_standard", "subject", "words", "short", "effective_from", "created_at" rows from % table\', TG_TABLE_NAME;', hash='e47e754b494d02b000ba2c066cc36ebab2af3891', operation='UPDATE OF "programme_id", "kind", "language", "is_standard", "subject", "words", "short", "effective_from", "created_at"', pgid='pgtrigger_wordings_are_not_rewritten_bf736', table='programmes_wordingversion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='wordinggapevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='da960e91a6e3b49b3db758c0b78f20c022a7a1f6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a9e6e', table='programmes_wordinggapevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='wordinggap',
            index=models.Index(condition=models.Q(('seen_at', None)), fields=['version'], name='wording_gaps_to_see'),
        ),
        migrations.AddConstraint(
            model_name='wordinggap',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('seen_at', None), ('seen_by', None)), models.Q(('seen_at__isnull', False), ('seen_by__isnull', False)), _connector='OR'), name='wording_gap_seen_by_somebody'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='wordinggap',
            trigger=pgtrigger.compiler.Trigger(name='wording_gaps_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='f31c8eff06bbb92cb01f6c3ae0b1a3c2b01b9947', operation='DELETE', pgid='pgtrigger_wording_gaps_are_kept_51b22', table='programmes_wordinggap', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='wordinggap',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_wordinggapevent" ("field", "id", "line", "notice_id", "part", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seen_at", "seen_by_id", "version_id") VALUES (NEW."field", NEW."id", NEW."line", NEW."notice_id", NEW."part", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."seen_at", NEW."seen_by_id", NEW."version_id"); RETURN NULL;', hash='4ea962f7ff0f0667973765d3eb74b0718776a4f9', operation='INSERT', pgid='pgtrigger_insert_insert_df783', table='programmes_wordinggap', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='wordinggap',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "programmes_wordinggapevent" ("field", "id", "line", "notice_id", "part", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seen_at", "seen_by_id", "version_id") VALUES (NEW."field", NEW."id", NEW."line", NEW."notice_id", NEW."part", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."seen_at", NEW."seen_by_id", NEW."version_id"); RETURN NULL;', hash='96a6d5660aa77882fa14e7262bc96c5a6692e6e3', operation='UPDATE', pgid='pgtrigger_update_update_5ba6c', table='programmes_wordinggap', when='AFTER')),
        ),
    ]
