"""Add questions about fairness, what people are promised, and answers that are kept apart from people."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import pgtrigger.compiler
import pgtrigger.migrations
import wellbeing.lib.crypto
import wellbeing.lib.texts
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0025_single_sign_on'),
    ]

    operations = [
        migrations.CreateModel(
            name='MonitoringQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=30, verbose_name='name of the question')),
                ('effective_from', models.DateField(verbose_name='applies from')),
                ('is_asked', models.BooleanField(default=True, help_text='No: it is asked no more from that day.', verbose_name='it is asked')),
                ('position', models.PositiveSmallIntegerField(verbose_name='place in the order')),
                ('title', wellbeing.lib.texts.LineField(max_length=60, verbose_name='what it is about')),
                ('words', wellbeing.lib.texts.LineField(max_length=300, verbose_name='the question')),
                ('hint', wellbeing.lib.texts.LineField(blank=True, max_length=300, verbose_name='what helps to answer it')),
                ('options', models.JSONField(help_text='Each with its key, words, and own: true or false.', verbose_name='answers to choose from')),
                ('source', wellbeing.lib.texts.LineField(max_length=200, verbose_name='where its words come from')),
            ],
            options={
                'verbose_name': 'question about fairness',
                'verbose_name_plural': 'questions about fairness',
                'ordering': ['position', 'key', '-effective_from'],
            },
        ),
        migrations.CreateModel(
            name='MonitoringClosed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='monitoring_closed', to='people.person', verbose_name='person')),
            ],
            options={
                'verbose_name': 'asked about fairness',
                'verbose_name_plural': 'asked about fairness',
            },
        ),
        migrations.CreateModel(
            name='MonitoringPromise',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('effective_from', models.DateField(verbose_name='applies from')),
                ('words', wellbeing.lib.texts.LimitedTextField(max_length=2000, verbose_name='why we ask, and who sees it')),
            ],
            options={
                'verbose_name': 'promise about fairness',
                'verbose_name_plural': 'promises about fairness',
                'ordering': ['-effective_from'],
                'constraints': [models.UniqueConstraint(fields=('effective_from',), name='one_monitoring_promise_a_day'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('words')), 2000)), name='people_monitoringpromise_words_fits')],
            },
        ),
        migrations.CreateModel(
            name='MonitoringAnswer',
            fields=[
                ('key', models.CharField(editable=False, max_length=64, primary_key=True, serialize=False, verbose_name='key')),
                ('option', models.SlugField(max_length=40, verbose_name='answer')),
                ('own_words', wellbeing.lib.crypto.UndatedTextField(blank=True, default='', max_length=200, verbose_name='in own words')),
                ('answered_in', models.DateField(help_text='Its first day.', verbose_name='month of the answer')),
                ('promise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.monitoringpromise', verbose_name='what they agreed to')),
            ],
            options={
                'verbose_name': 'answer about fairness',
                'verbose_name_plural': 'answers about fairness',
                'ordering': ['key'],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='monitoringpromise',
            trigger=pgtrigger.compiler.Trigger(name='monitoring_promises_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='85bd27f876f833770a145b0606e808275393dd8c', operation='UPDATE OR DELETE', pgid='pgtrigger_monitoring_promises_are_kept_1f4ef', table='people_monitoringpromise', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='monitoringquestion',
            constraint=models.UniqueConstraint(fields=('key', 'effective_from'), name='one_monitoring_question_a_day'),
        ),
        migrations.AddConstraint(
            model_name='monitoringquestion',
            constraint=models.CheckConstraint(condition=models.Q(('options__contains', [{'key': 'prefer_not'}])), name='monitoring_question_can_be_declined'),
        ),
        migrations.AddConstraint(
            model_name='monitoringquestion',
            constraint=models.CheckConstraint(condition=models.Q(('title__regex', '[\\u0001-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]'), _negated=True), name='people_monitoringquestion_title_on_a_line'),
        ),
        migrations.AddConstraint(
            model_name='monitoringquestion',
            constraint=models.CheckConstraint(condition=models.Q(('words__regex', '[\\u0001-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]'), _negated=True), name='people_monitoringquestion_words_on_a_line'),
        ),
        migrations.AddConstraint(
            model_name='monitoringquestion',
            constraint=models.CheckConstraint(condition=models.Q(('hint__regex', '[\\u0001-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]'), _negated=True), name='people_monitoringquestion_hint_on_a_line'),
        ),
        migrations.AddConstraint(
            model_name='monitoringquestion',
            constraint=models.CheckConstraint(condition=models.Q(('source__regex', '[\\u0001-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]'), _negated=True), name='people_monitoringquestion_source_on_a_line'),
        ),
        migrations.AddField(
            model_name='monitoringanswer',
            name='question',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.monitoringquestion', verbose_name='question'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='monitoringquestion',
            trigger=pgtrigger.compiler.Trigger(name='monitoring_questions_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6527f20b1a80d9289972c82646d1fd6d2cac9253', operation='UPDATE OR DELETE', pgid='pgtrigger_monitoring_questions_are_kept_da3a7', table='people_monitoringquestion', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='monitoringanswer',
            constraint=models.CheckConstraint(condition=models.Q(('key__regex', '^[0-9a-f]{64}$')), name='monitoring_answer_has_a_key'),
        ),
        migrations.AddConstraint(
            model_name='monitoringanswer',
            constraint=models.CheckConstraint(condition=models.Q(('answered_in__day', 1)), name='monitoring_answer_of_a_month'),
        ),
        migrations.AddConstraint(
            model_name='monitoringanswer',
            constraint=models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('own_words')), 1164)), name='people_monitoringanswer_own_words_fits'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='monitoringanswer',
            trigger=pgtrigger.compiler.Trigger(name='monitoring_answers_are_of_their_question', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF NOT EXISTS (SELECT FROM people_monitoringquestion q WHERE q.id = NEW.question_id AND q.options @> jsonb_build_array(jsonb_build_object('key', NEW.option))) THEN RAISE EXCEPTION 'the question has no such answer'; END IF; RETURN NEW;", hash='d494c0f169e876107863a48de51d5a281508eb7d', operation='INSERT OR UPDATE', pgid='pgtrigger_monitoring_answers_are_of_their_question_e04f6', table='people_monitoringanswer', when='BEFORE')),
        ),
    ]
