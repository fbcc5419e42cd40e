"""Add named contacts of people, and the usual contact of a programme."""

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0026_questions_about_fairness'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('programmes', '0028_who_takes_part'),
    ]

    operations = [
        migrations.CreateModel(
            name='NamedContact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('given_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='chosen')),
                ('taken_at', models.DateTimeField(blank=True, null=True, verbose_name='taken away')),
                ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='chosen by')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='named_contacts', to='people.person', verbose_name='person')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='named_contacts', to='programmes.programme', verbose_name='programme')),
                ('role', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contact_of', to='programmes.membership', verbose_name='role of the contact')),
                ('taken_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='taken away by')),
            ],
            options={
                'verbose_name': 'named contact',
                'verbose_name_plural': 'named contacts',
                'ordering': ['-given_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='NamedContactEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('given_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='chosen')),
                ('taken_at', models.DateTimeField(blank=True, null=True, verbose_name='taken away')),
                ('given_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='chosen by')),
                ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='person')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='programmes.namedcontact')),
                ('programme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.programme', verbose_name='programme')),
                ('role', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.membership', verbose_name='role of the contact')),
                ('taken_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='taken away by')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='UsualContact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='from')),
                ('set_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='chosen')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='usual_contacts', to='programmes.programme', verbose_name='programme')),
                ('role', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='usual_contact_of', to='programmes.membership', verbose_name='role of the contact')),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='chosen by')),
            ],
            options={
                'verbose_name': 'usual contact',
                'verbose_name_plural': 'usual contacts',
                'ordering': ['-starts_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='UsualContactEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('starts_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='from')),
                ('set_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='chosen')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='programmes.usualcontact')),
                ('programme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.programme', verbose_name='programme')),
                ('role', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.membership', verbose_name='role of the contact')),
                ('set_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='chosen by')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='namedcontact',
            constraint=models.UniqueConstraint(condition=models.Q(('taken_at', None)), fields=('person', 'programme'), name='one_named_contact_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='namedcontact',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('taken_at', None), ('taken_by', None)), models.Q(('taken_at__isnull', False), ('taken_by__isnull', False)), _connector='OR'), name='contact_taken_away_by_somebody'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='namedcontact',
            trigger=pgtrigger.compiler.Trigger(name='a_contact_is_staff_and_somebody_else', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF NOT EXISTS (SELECT FROM programmes_membership m WHERE m.id = NEW.role_id AND m.programme_id = NEW.programme_id AND m.role = 'staff' AND m.person_id <> NEW.person_id) THEN RAISE EXCEPTION 'a contact is somebody else who is staff of the programme'; END IF; RETURN NEW;", hash='2e8254a74a5e9869aa1f8e5cd5b766ee89b11566', operation='INSERT OR UPDATE OF "person_id", "programme_id", "role_id"', pgid='pgtrigger_a_contact_is_staff_and_somebody_else_f0882', table='programmes_namedcontact', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='namedcontact',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_namedcontactevent" ("given_at", "given_by_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "role_id", "taken_at", "taken_by_id") VALUES (NEW."given_at", NEW."given_by_id", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."role_id", NEW."taken_at", NEW."taken_by_id"); RETURN NULL;', hash='ff3fe08c75681dffd92449d897fb4bea02939256', operation='INSERT', pgid='pgtrigger_insert_insert_f18a9', table='programmes_namedcontact', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='namedcontact',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "programmes_namedcontactevent" ("given_at", "given_by_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "role_id", "taken_at", "taken_by_id") VALUES (NEW."given_at", NEW."given_by_id", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."programme_id", NEW."role_id", NEW."taken_at", NEW."taken_by_id"); RETURN NULL;', hash='492f2ec73a6df85e8e59f210e81f72675b6628ec', operation='UPDATE', pgid='pgtrigger_update_update_a1938', table='programmes_namedcontact', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='namedcontact',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_namedcontactevent" ("given_at", "given_by_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "role_id", "taken_at", "taken_by_id") VALUES (OLD."given_at", OLD."given_by_id", OLD."id", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."programme_id", OLD."role_id", OLD."taken_at", OLD."taken_by_id"); RETURN NULL;', hash='148d57d1efdd511b33de9669f6d2e2e5ef87af37', operation='DELETE', pgid='pgtrigger_delete_delete_14ac4', table='programmes_namedcontact', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='namedcontactevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='933d42b45136ed7ba235ef7c11832b7f0a4f5e0b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9d704', table='programmes_namedcontactevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='usualcontact',
            trigger=pgtrigger.compiler.Trigger(name='usual_contacts_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='456b3bc464ffb340ea0d58cd2a04d15c0a1b1fb9', operation='DELETE', pgid='pgtrigger_usual_contacts_are_kept_58051', table='programmes_usualcontact', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='usualcontact',
            trigger=pgtrigger.compiler.Trigger(name='usual_contacts_stay_as_set', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."programme_id" IS DISTINCT FROM (NEW."programme_id") OR OLD."starts_on" IS DISTINCT FROM (NEW."starts_on") OR OLD."set_at" IS DISTINCT FROM (NEW."set_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='d2a9ddbe0f2969c707fc2f32408ccf669cf0ec28', operation='UPDATE', pgid='pgtrigger_usual_contacts_stay_as_set_0dd7d', table='programmes_usualcontact', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='usualcontact',
            trigger=pgtrigger.compiler.Trigger(name='a_usual_contact_is_staff', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."role_id" IS NOT NULL)', func="IF NOT EXISTS (SELECT FROM programmes_membership m WHERE m.id = NEW.role_id AND m.programme_id = NEW.programme_id AND m.role = 'staff') THEN RAISE EXCEPTION 'a usual contact is staff of the programme'; END IF; RETURN NEW;", hash='e8625e39bcb675c46dce8128748adbd5c7c10667', operation='INSERT OR UPDATE OF "role_id"', pgid='pgtrigger_a_usual_contact_is_staff_7058b', table='programmes_usualcontact', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='usualcontact',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_usualcontactevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "role_id", "set_at", "set_by_id", "starts_on") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."role_id", NEW."set_at", NEW."set_by_id", NEW."starts_on"); RETURN NULL;', hash='c1ba590a6a032f5fcdacb3e4ded0ccdae81cccad', operation='INSERT', pgid='pgtrigger_insert_insert_bb9fe', table='programmes_usualcontact', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='usualcontact',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "programmes_usualcontactevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "role_id", "set_at", "set_by_id", "starts_on") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."programme_id", NEW."role_id", NEW."set_at", NEW."set_by_id", NEW."starts_on"); RETURN NULL;', hash='a018871c82ff78de42983588aed09eff0e59091a', operation='UPDATE', pgid='pgtrigger_update_update_7e5fa', table='programmes_usualcontact', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='usualcontactevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='99550fae26d18ba21b0b25094287f36189aa551f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3fe4d', table='programmes_usualcontactevent', when='BEFORE')),
        ),
    ]
