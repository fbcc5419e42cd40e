"""Add the open form of a programme, and those who wrote by it."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
import pgtrigger.compiler
import wellbeing.lib.phones
import wellbeing.lib.texts
from django.db import migrations, models

from wellbeing.lib.migrations import AtOnce, InstallTriggers


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0022_privacy_by_construction'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('programmes', '0025_sealed_anew'),
    ]

    operations = [
        AtOnce(
            operations=[
        migrations.CreateModel(
            name='InvolvementInterest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('full_name', wellbeing.lib.texts.LineField(max_length=150, verbose_name='name')),
                ('email', wellbeing.lib.texts.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('phone', wellbeing.lib.phones.PhoneField(blank=True, max_length=40, verbose_name='phone number')),
                ('words', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=2000, verbose_name='what they wrote')),
                ('needs', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=1000, verbose_name='what would help them to take part')),
                ('sent_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='sent')),
                ('status', models.CharField(choices=[('waiting', 'To answer'), ('welcomed', 'Welcomed'), ('declined', 'Not this time')], default='waiting', max_length=10, verbose_name='status')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered')),
                ('answer', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=2000, verbose_name='what they were told')),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='answered by')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='interests_sent', to='people.person', verbose_name='who they became')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interests', to='programmes.programme', verbose_name='programme')),
            ],
            options={
                'verbose_name': 'interest in getting involved',
                'verbose_name_plural': 'interests in getting involved',
                'ordering': ['sent_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('full_name', ''), _negated=True), name='interest_has_a_name'), models.CheckConstraint(condition=models.Q(models.Q(('email', ''), _negated=True), models.Q(('phone', ''), _negated=True), _connector='OR'), name='interest_can_be_answered'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('answered_by', None), ('person', None), ('status', 'waiting')), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False), ('person__isnull', False), ('status', 'welcomed')), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False), ('person', None), ('status', 'declined')), _connector='OR'), name='interest_is_answered_whole'), models.CheckConstraint(condition=models.Q(('full_name__regex', '[\\u0001-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]'), _negated=True), name='programmes_involvementinterest_full_name_on_a_line'), models.CheckConstraint(condition=models.Q(('email__regex', '[\\u0001-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]'), _negated=True), name='programmes_involvementinterest_email_on_a_line'), models.CheckConstraint(condition=models.Q(('email__regex', '[^\\u0001-\\u007f]'), _negated=True), name='programmes_involvementinterest_email_in_ascii'), models.CheckConstraint(condition=models.Q(('phone__regex', '[\\u0001-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]'), _negated=True), name='programmes_involvementinterest_phone_on_a_line'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('words')), 2000)), name='programmes_involvementinterest_words_fits'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('needs')), 1000)), name='programmes_involvementinterest_needs_fits'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('answer')), 2000)), name='programmes_involvementinterest_answer_fits')],
                'triggers': [pgtrigger.compiler.Trigger(name='interest_status', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{waiting:welcomed,waiting:declined}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='7e1a8a8d8f6a952af0fc64d6f6c25880282de86c', operation='UPDATE', pgid='pgtrigger_interest_status_a8b63', table='programmes_involvementinterest', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_involvementinterestevent" ("answer", "answered_at", "answered_by_id", "email", "full_name", "id", "needs", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "programme_id", "sent_at", "status", "words") VALUES (NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."email", NEW."full_name", NEW."id", NEW."needs", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."programme_id", NEW."sent_at", NEW."status", NEW."words"); RETURN NULL;', hash='60da29159f0d7d77c4e6c78746d8641b2f2bbd2e', operation='INSERT', pgid='pgtrigger_insert_insert_e259f', table='programmes_involvementinterest', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "programmes_involvementinterestevent" ("answer", "answered_at", "answered_by_id", "email", "full_name", "id", "needs", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "programme_id", "sent_at", "status", "words") VALUES (NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."email", NEW."full_name", NEW."id", NEW."needs", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."programme_id", NEW."sent_at", NEW."status", NEW."words"); RETURN NULL;', hash='96ac63507ee38db51798b58cebb8e831079ef091', operation='UPDATE', pgid='pgtrigger_update_update_54d3d', table='programmes_involvementinterest', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='InvolvementInterestEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('full_name', wellbeing.lib.texts.LineField(max_length=150, verbose_name='name')),
                ('email', wellbeing.lib.texts.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('phone', wellbeing.lib.phones.PhoneField(blank=True, max_length=40, verbose_name='phone number')),
                ('words', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=2000, verbose_name='what they wrote')),
                ('needs', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=1000, verbose_name='what would help them to take part')),
                ('sent_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='sent')),
                ('status', models.CharField(choices=[('waiting', 'To answer'), ('welcomed', 'Welcomed'), ('declined', 'Not this time')], default='waiting', max_length=10, verbose_name='status')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered')),
                ('answer', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=2000, verbose_name='what they were told')),
                ('answered_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='answered by')),
                ('person', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='who they became')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='programmes.involvementinterest')),
                ('programme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.programme', verbose_name='programme')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8a494e0128682aa3b9602ee12eca960a849df490', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d186d', table='programmes_involvementinterestevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='OpenForm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_open', models.BooleanField(default=False, verbose_name='open')),
                ('words', wellbeing.lib.texts.LimitedTextField(max_length=2000, verbose_name='what it says')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='changed')),
                ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='changed by')),
                ('programme', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='open_form', to='programmes.programme', verbose_name='programme')),
            ],
            options={
                'verbose_name': 'open form',
                'verbose_name_plural': 'open forms',
                'constraints': [models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='open_form_says_something'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('words')), 2000)), name='programmes_openform_words_fits')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_openformevent" ("changed_at", "changed_by_id", "id", "is_open", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "words") VALUES (NEW."changed_at", NEW."changed_by_id", NEW."id", NEW."is_open", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."words"); RETURN NULL;', hash='90cf285723601da387c55a71a96c9c936bd51a77', operation='INSERT', pgid='pgtrigger_insert_insert_debd1', table='programmes_openform', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "programmes_openformevent" ("changed_at", "changed_by_id", "id", "is_open", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "words") VALUES (NEW."changed_at", NEW."changed_by_id", NEW."id", NEW."is_open", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."programme_id", NEW."words"); RETURN NULL;', hash='6e7056ea1f82a28253ca72c0b52fdf1c013823cf', operation='UPDATE', pgid='pgtrigger_update_update_0695c', table='programmes_openform', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='OpenFormEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('is_open', models.BooleanField(default=False, verbose_name='open')),
                ('words', wellbeing.lib.texts.LimitedTextField(max_length=2000, verbose_name='what it says')),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='changed')),
                ('changed_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='changed by')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='programmes.openform')),
                ('programme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.programme', verbose_name='programme')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8664935d622182cbc2f9ea3882c7920454c6c42d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_13f1f', table='programmes_openformevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='InvolvedRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('effective_from', models.DateField(verbose_name='starts')),
                ('least_seconds', models.PositiveSmallIntegerField(verbose_name='seconds that a person needs at least to fill the form in')),
                ('most_waiting', models.PositiveSmallIntegerField(verbose_name='how many may wait for an answer before the form takes no more')),
                ('programme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='involved_rules', to='programmes.programme', verbose_name='programme')),
            ],
            options={
                'verbose_name': 'rule of the open form',
                'verbose_name_plural': 'rules of the open form',
                'ordering': ['programme', '-effective_from'],
                'constraints': [models.UniqueConstraint(fields=('programme', 'effective_from'), name='one_involved_rule_a_day', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('least_seconds__lte', 60), ('most_waiting__gte', 1)), name='involved_rule_within_reason')],
                'triggers': [pgtrigger.compiler.Trigger(name='involved_rules_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a811d202941a9db545735c5aff951bbeb7be2c07', operation='UPDATE OR DELETE', pgid='pgtrigger_involved_rules_are_kept_adadb', table='programmes_involvedrule', when='BEFORE'))],
            },
        ),
            ],
        ),
        InstallTriggers(['involvementinterest', 'involvementinterestevent', 'openform', 'openformevent', 'involvedrule']),
    ]
