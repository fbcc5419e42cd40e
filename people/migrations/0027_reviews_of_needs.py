"""Add needs of supporters, the size of their large print, and reviews of access needs with their dated rules."""

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import wellbeing.lib.texts
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0026_questions_about_fairness'),
    ]

    operations = [
        migrations.CreateModel(
            name='NeedsReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reviewed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='reviewed')),
                ('has_needs', models.BooleanField(verbose_name='has access needs')),
                ('how', wellbeing.lib.texts.LineField(blank=True, max_length=200, verbose_name='how they told us')),
            ],
            options={
                'verbose_name': 'review of access needs',
                'verbose_name_plural': 'reviews of access needs',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='NeedsReviewRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('effective_from', models.DateField(unique=True, verbose_name='starts')),
                ('months', models.PositiveSmallIntegerField(verbose_name='months until needs are reviewed again')),
                ('ask_days', models.PositiveSmallIntegerField(verbose_name='days before that day on which people are asked')),
                ('first_days', models.PositiveSmallIntegerField(help_text='Where they have not said anything yet.', verbose_name='days after which somebody who was added is asked')),
            ],
            options={
                'verbose_name': 'rule of reviews of access needs',
                'verbose_name_plural': 'rules of reviews of access needs',
                'ordering': ['-effective_from'],
            },
        ),
        migrations.AlterModelOptions(
            name='accessneed',
            options={'ordering': ['whose', 'kind', 'pk'], 'verbose_name': 'access need', 'verbose_name_plural': 'access needs'},
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='accessneed',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='accessneed',
            name='update_update',
        ),
        migrations.RemoveConstraint(
            model_name='accessneed',
            name='one_access_need_each',
        ),
        migrations.AddField(
            model_name='accessneed',
            name='print_size',
            field=models.CharField(blank=True, choices=[('14', '14 point'), ('16', '16 point'), ('18', '18 point'), ('20', '20 point'), ('24', '24 point')], db_default='', default='', help_text="Of a supporter's large print. The person's own is how their letters are printed.", max_length=2, verbose_name='size of print'),
        ),
        migrations.AddField(
            model_name='accessneed',
            name='whose',
            field=models.CharField(choices=[('person', 'The person'), ('supporter', 'Their supporter')], db_default='person', default='person', max_length=10, verbose_name='whose need it is'),
        ),
        migrations.AddField(
            model_name='accessneedevent',
            name='print_size',
            field=models.CharField(blank=True, choices=[('14', '14 point'), ('16', '16 point'), ('18', '18 point'), ('20', '20 point'), ('24', '24 point')], db_default='', default='', help_text="Of a supporter's large print. The person's own is how their letters are printed.", max_length=2, verbose_name='size of print'),
        ),
        migrations.AddField(
            model_name='accessneedevent',
            name='whose',
            field=models.CharField(choices=[('person', 'The person'), ('supporter', 'Their supporter')], db_default='person', default='person', max_length=10, verbose_name='whose need it is'),
        ),
        migrations.AlterField(
            model_name='person',
            name='letter_size',
            field=models.CharField(choices=[('standard', 'Standard print'), ('14', 'Large print (14 point)'), ('16', 'Large print (16 point)'), ('18', 'Large print (18 point)'), ('20', 'Large print (20 point)'), ('24', 'Large print (24 point)'), ('easy_read', 'Easy Read layout (one sentence on each line)')], default='standard', max_length=10, verbose_name='letters and papers'),
        ),
        migrations.AlterField(
            model_name='personevent',
            name='letter_size',
            field=models.CharField(choices=[('standard', 'Standard print'), ('14', 'Large print (14 point)'), ('16', 'Large print (16 point)'), ('18', 'Large print (18 point)'), ('20', 'Large print (20 point)'), ('24', 'Large print (24 point)'), ('easy_read', 'Easy Read layout (one sentence on each line)')], default='standard', max_length=10, verbose_name='letters and papers'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='accessneed',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_accessneedevent" ("detail", "id", "kind", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "print_size", "whose") VALUES (NEW."detail", NEW."id", NEW."kind", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."print_size", NEW."whose"); RETURN NULL;', hash='a06029bbabd6e899b69f42b45197019fcff8da18', operation='INSERT', pgid='pgtrigger_insert_insert_b6534', table='people_accessneed', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='accessneed',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "people_accessneedevent" ("detail", "id", "kind", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "print_size", "whose") VALUES (NEW."detail", NEW."id", NEW."kind", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."print_size", NEW."whose"); RETURN NULL;', hash='82b02628f5658582ed943d9eb5f4af36004e772d', operation='UPDATE', pgid='pgtrigger_update_update_8dcf6', table='people_accessneed', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='accessneed',
            constraint=models.UniqueConstraint(fields=('person', 'whose', 'kind', 'detail'), name='one_access_need_each'),
        ),
        migrations.AddConstraint(
            model_name='accessneed',
            constraint=models.CheckConstraint(condition=models.Q(('whose__in', ['person', 'supporter']), models.Q(('kind', 'supporter'), ('whose', 'supporter'), _negated=True)), name='a_supporter_brings_no_supporter'),
        ),
        migrations.AddConstraint(
            model_name='accessneed',
            constraint=models.CheckConstraint(condition=models.Q(('print_size', ''), models.Q(('kind', 'large_print'), ('whose', 'supporter')), _connector='OR'), name='only_a_supporters_large_print_has_a_size'),
        ),
        migrations.AddField(
            model_name='needsreview',
            name='noted_by',
            field=models.ForeignKey(blank=True, help_text='Empty: they said it themselves.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='noted by'),
        ),
        migrations.AddField(
            model_name='needsreview',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='needs_reviews', to='people.person', verbose_name='person'),
        ),
        migrations.AddConstraint(
            model_name='needsreviewrule',
            constraint=models.CheckConstraint(condition=models.Q(('ask_days__lte', 27), ('first_days__lte', 365), ('months__range', (1, 60))), name='needs_review_rule_within_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='needsreviewrule',
            trigger=pgtrigger.compiler.Trigger(name='needs_review_rules_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6707f2e1d6db773f08948b0dcfd7927858534768', operation='UPDATE OR DELETE', pgid='pgtrigger_needs_review_rules_are_kept_3064e', table='people_needsreviewrule', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='needsreview',
            index=models.Index(fields=['person', '-id'], name='needs_reviews_by_person'),
        ),
        migrations.AddConstraint(
            model_name='needsreview',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('how', ''), ('noted_by', None)), models.Q(('noted_by__isnull', False), models.Q(('how', ''), _negated=True)), _connector='OR'), name='a_noted_needs_review_says_how'),
        ),
        migrations.AddConstraint(
            model_name='needsreview',
            constraint=models.CheckConstraint(condition=models.Q(('how__regex', '[\\u0001-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]'), _negated=True), name='people_needsreview_how_on_a_line'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='needsreview',
            trigger=pgtrigger.compiler.Trigger(name='needs_reviews_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='55e69ec1588df5bd517f591d521a17d323b679f3', operation='UPDATE OR DELETE', pgid='pgtrigger_needs_reviews_are_kept_4f23d', table='people_needsreview', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='needsreview',
            trigger=pgtrigger.compiler.Trigger(name='a_needs_review_is_of_what_is_recorded', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF NEW.has_needs <> EXISTS (SELECT FROM people_accessneed n WHERE n.person_id = NEW.person_id) THEN RAISE EXCEPTION 'a review says whether needs are recorded'; END IF; RETURN NEW;", hash='c1dda4a0d2f24b23b73a493924eea98913a740aa', operation='INSERT', pgid='pgtrigger_a_needs_review_is_of_what_is_recorded_bc27e', table='people_needsreview', when='BEFORE')),
        ),
    ]
