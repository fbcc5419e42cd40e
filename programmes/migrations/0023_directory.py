"""Add the directory: tags, areas and notes of people, organisations of a programme, and chosen columns."""

import django.contrib.postgres.fields
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
        ('people', '0021_found_by_address'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('programmes', '0022_breaks_and_coming_back'),
    ]

    operations = [
        AtOnce(
            operations=[
        migrations.CreateModel(
            name='ColumnChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('columns', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), blank=True, size=None, verbose_name='columns')),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='column_choice', to='people.person', verbose_name='person')),
            ],
            options={
                'verbose_name': 'choice of columns',
                'verbose_name_plural': 'choices of columns',
            },
        ),
        migrations.CreateModel(
            name='OrganisationEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('charity', 'Charity'), ('health', 'NHS, health or care body'), ('funder', 'Funder'), ('other', 'Other')], max_length=20, verbose_name='kind')),
                ('about', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=2000, verbose_name='what it does')),
                ('email', wellbeing.lib.texts.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('phone', wellbeing.lib.phones.PhoneField(blank=True, max_length=40, verbose_name='phone number')),
                ('postal_address', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=500, max_lines=10, verbose_name='postal address')),
                ('website', models.URLField(blank=True, verbose_name='website')),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='added')),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='added by')),
                ('contact', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='who to speak to there')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='people.organisation', verbose_name='organisation')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='organisation_entries', to='programmes.programme', verbose_name='programme')),
            ],
            options={
                'verbose_name': 'organisation of a programme',
                'verbose_name_plural': 'organisations of a programme',
                'ordering': ['organisation__name', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('programme', 'organisation'), name='one_organisation_entry_each'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('about')), 2000)), name='programmes_organisationentry_about_fits'), models.CheckConstraint(condition=models.Q(('email__regex', '[\\u0001-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]'), _negated=True), name='programmes_organisationentry_email_on_a_line'), models.CheckConstraint(condition=models.Q(('email__regex', '[^\\u0001-\\u007f]'), _negated=True), name='programmes_organisationentry_email_in_ascii'), models.CheckConstraint(condition=models.Q(('phone__regex', '[\\u0001-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]'), _negated=True), name='programmes_organisationentry_phone_on_a_line'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('postal_address')), 500)), name='programmes_organisationentry_postal_address_fits'), models.CheckConstraint(condition=models.Q(('postal_address__regex', '(\\n[^\\n]*){10}'), _negated=True), name='programmes_organisationentry_postal_address_lines')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_organisationentryevent" ("about", "added_at", "added_by_id", "contact_id", "email", "id", "kind", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "postal_address", "programme_id", "website") VALUES (NEW."about", NEW."added_at", NEW."added_by_id", NEW."contact_id", NEW."email", NEW."id", NEW."kind", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."postal_address", NEW."programme_id", NEW."website"); RETURN NULL;', hash='38ca1ac31594c2463ec4680ba0b60e1491cfc889', operation='INSERT', pgid='pgtrigger_insert_insert_94354', table='programmes_organisationentry', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "programmes_organisationentryevent" ("about", "added_at", "added_by_id", "contact_id", "email", "id", "kind", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "postal_address", "programme_id", "website") VALUES (NEW."about", NEW."added_at", NEW."added_by_id", NEW."contact_id", NEW."email", NEW."id", NEW."kind", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."postal_address", NEW."programme_id", NEW."website"); RETURN NULL;', hash='5e567452b455088660e3936812ca2bec39f27af0', operation='UPDATE', pgid='pgtrigger_update_update_3d390', table='programmes_organisationentry', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='OrganisationEntryEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('charity', 'Charity'), ('health', 'NHS, health or care body'), ('funder', 'Funder'), ('other', 'Other')], max_length=20, verbose_name='kind')),
                ('about', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=2000, verbose_name='what it does')),
                ('email', wellbeing.lib.texts.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('phone', wellbeing.lib.phones.PhoneField(blank=True, max_length=40, verbose_name='phone number')),
                ('postal_address', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=500, max_lines=10, verbose_name='postal address')),
                ('website', models.URLField(blank=True, verbose_name='website')),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='added')),
                ('added_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='added by')),
                ('contact', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='who to speak to there')),
                ('organisation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.organisation', verbose_name='organisation')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='programmes.organisationentry')),
                ('programme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.programme', verbose_name='programme')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='942cb4146c0a7db8f7cf39b2a340de9ebe37f632', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1ce72', table='programmes_organisationentryevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='PersonNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', wellbeing.lib.texts.LimitedTextField(max_length=4000, verbose_name='note')),
                ('readers', models.CharField(choices=[('staff', 'All staff of the programme'), ('named', 'Only the colleagues I name, and me'), ('writer', 'Only me')], max_length=6, verbose_name='who may read it')),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='written')),
                ('changed_at', models.DateTimeField(blank=True, null=True, verbose_name='changed')),
                ('taken_at', models.DateTimeField(blank=True, null=True, verbose_name='taken away')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='people.person', verbose_name='person')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='person_notes', to='programmes.programme', verbose_name='programme')),
                ('taken_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='taken away by')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='written by')),
            ],
            options={
                'verbose_name': 'note about a person',
                'verbose_name_plural': 'notes about people',
                'ordering': ['-written_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='person_note_has_words'), models.CheckConstraint(condition=models.Q(models.Q(('taken_at', None), ('taken_by', None)), models.Q(('taken_at__isnull', False), ('taken_by__isnull', False)), _connector='OR'), name='person_note_taken_away_by_somebody'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('words')), 4000)), name='programmes_personnote_words_fits')],
                'triggers': [pgtrigger.compiler.Trigger(name='a_person_note_stays_with_its_person', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."programme_id" IS DISTINCT FROM (NEW."programme_id") OR OLD."written_by_id" IS DISTINCT FROM (NEW."written_by_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='514989220e29834ed64f6b8a0ae88f8e32c11d24', operation='UPDATE', pgid='pgtrigger_a_person_note_stays_with_its_person_2a76d', table='programmes_personnote', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_personnoteevent" ("changed_at", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "readers", "taken_at", "taken_by_id", "words", "written_at", "written_by_id") VALUES (NEW."changed_at", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."readers", NEW."taken_at", NEW."taken_by_id", NEW."words", NEW."written_at", NEW."written_by_id"); RETURN NULL;', hash='8d25d6b7d9f98712b517ccf236e6c142e151b776', operation='INSERT', pgid='pgtrigger_insert_insert_9fc14', table='programmes_personnote', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "programmes_personnoteevent" ("changed_at", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "readers", "taken_at", "taken_by_id", "words", "written_at", "written_by_id") VALUES (NEW."changed_at", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."programme_id", NEW."readers", NEW."taken_at", NEW."taken_by_id", NEW."words", NEW."written_at", NEW."written_by_id"); RETURN NULL;', hash='dc526802ed01569f942d06ec46cf4439cc5a9992', operation='UPDATE', pgid='pgtrigger_update_update_64865', table='programmes_personnote', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='NoteReader',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='person')),
                ('note', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='named', to='programmes.personnote', verbose_name='note')),
            ],
            options={
                'verbose_name': 'reader of a note',
                'verbose_name_plural': 'readers of notes',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('note', 'person'), name='reads_a_note_once')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_notereaderevent" ("id", "note_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."note_id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='73fc815e75d80982bae8c2bd5b7f3ba2191fba91', operation='INSERT', pgid='pgtrigger_insert_insert_4417a', table='programmes_notereader', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "programmes_notereaderevent" ("id", "note_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."note_id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='25331b20b2b6a80a567de4c62bbafcea9f47a47e', operation='UPDATE', pgid='pgtrigger_update_update_7f461', table='programmes_notereader', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_notereaderevent" ("id", "note_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."id", OLD."note_id", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='f64656ce11f17c608f98f81ef7616e569894c06c', operation='DELETE', pgid='pgtrigger_delete_delete_73a53', table='programmes_notereader', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='NoteReaderEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='person')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='programmes.notereader')),
                ('note', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.personnote', verbose_name='note')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ab16e4ecacf42fcb811d1b52aef9158d030e8902', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3302b', table='programmes_notereaderevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='PersonNoteEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('words', wellbeing.lib.texts.LimitedTextField(max_length=4000, verbose_name='note')),
                ('readers', models.CharField(choices=[('staff', 'All staff of the programme'), ('named', 'Only the colleagues I name, and me'), ('writer', 'Only me')], max_length=6, verbose_name='who may read it')),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='written')),
                ('changed_at', models.DateTimeField(blank=True, null=True, verbose_name='changed')),
                ('taken_at', models.DateTimeField(blank=True, null=True, verbose_name='taken away')),
                ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='person')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='programmes.personnote')),
                ('programme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.programme', verbose_name='programme')),
                ('taken_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='taken away by')),
                ('written_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='written by')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4fec75087ce2251638464390d1cba9baa0ad143c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9dc4f', table='programmes_personnoteevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='Tag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('area', 'Area'), ('tag', 'Tag')], max_length=4, verbose_name='kind')),
                ('name', wellbeing.lib.texts.LineField(max_length=60, verbose_name='name')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='made')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='made by')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tags', to='programmes.programme', verbose_name='programme')),
            ],
            options={
                'verbose_name': 'tag',
                'verbose_name_plural': 'tags',
                'ordering': [django.db.models.functions.text.Lower('name'), 'pk'],
                'constraints': [models.UniqueConstraint(models.F('programme'), models.F('kind'), django.db.models.functions.text.Lower('name'), name='one_tag_of_a_name'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='tag_has_a_name'), models.CheckConstraint(condition=models.Q(('name__regex', '[\\u0001-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]'), _negated=True), name='programmes_tag_name_on_a_line')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_tagevent" ("ended_at", "id", "kind", "made_at", "made_by_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id") VALUES (NEW."ended_at", NEW."id", NEW."kind", NEW."made_at", NEW."made_by_id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programme_id"); RETURN NULL;', hash='37f58b708b68fb1ced76ea408fa98ed679d25d03', operation='INSERT', pgid='pgtrigger_insert_insert_215ed', table='programmes_tag', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "programmes_tagevent" ("ended_at", "id", "kind", "made_at", "made_by_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id") VALUES (NEW."ended_at", NEW."id", NEW."kind", NEW."made_at", NEW."made_by_id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."programme_id"); RETURN NULL;', hash='bb02e03c74a2881108e753b74954dda6b3b3a303', operation='UPDATE', pgid='pgtrigger_update_update_38676', table='programmes_tag', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='PersonTag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('given_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='given')),
                ('taken_at', models.DateTimeField(blank=True, null=True, verbose_name='taken away')),
                ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='given by')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tags', to='people.person', verbose_name='person')),
                ('taken_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='taken away by')),
                ('tag', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='given', to='programmes.tag', verbose_name='tag')),
            ],
            options={
                'verbose_name': 'tag of a person',
                'verbose_name_plural': 'tags of people',
                'ordering': ['tag', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('taken_at', None)), fields=('tag', 'person'), name='has_a_tag_once'), models.CheckConstraint(condition=models.Q(models.Q(('taken_at', None), ('taken_by', None)), models.Q(('taken_at__isnull', False), ('taken_by__isnull', False)), _connector='OR'), name='tag_taken_away_by_somebody')],
                'triggers': [pgtrigger.compiler.Trigger(name='one_area_in_a_programme', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."taken_at" IS NULL)', func="IF EXISTS (SELECT FROM programmes_tag t JOIN programmes_tag o ON o.programme_id = t.programme_id AND o.kind = 'area' JOIN programmes_persontag p ON p.tag_id = o.id WHERE t.id = NEW.tag_id AND t.kind = 'area' AND p.person_id = NEW.person_id AND p.taken_at IS NULL AND p.id <> NEW.id) THEN RAISE EXCEPTION 'a person is of one area in a programme'; END IF; RETURN NEW;", hash='40d6e8f824c6ef0d4fface719e41165be6b6d00f', operation='INSERT OR UPDATE', pgid='pgtrigger_one_area_in_a_programme_7b273', table='programmes_persontag', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_persontagevent" ("given_at", "given_by_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tag_id", "taken_at", "taken_by_id") VALUES (NEW."given_at", NEW."given_by_id", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."tag_id", NEW."taken_at", NEW."taken_by_id"); RETURN NULL;', hash='991d12a216e9ceec5968f1d033807ade36715b67', operation='INSERT', pgid='pgtrigger_insert_insert_6be0c', table='programmes_persontag', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "programmes_persontagevent" ("given_at", "given_by_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tag_id", "taken_at", "taken_by_id") VALUES (NEW."given_at", NEW."given_by_id", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."tag_id", NEW."taken_at", NEW."taken_by_id"); RETURN NULL;', hash='29c5e0095bbb535296fc4f2b9b17755829a68f53', operation='UPDATE', pgid='pgtrigger_update_update_f5073', table='programmes_persontag', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_persontagevent" ("given_at", "given_by_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tag_id", "taken_at", "taken_by_id") VALUES (OLD."given_at", OLD."given_by_id", OLD."id", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."tag_id", OLD."taken_at", OLD."taken_by_id"); RETURN NULL;', hash='8cd03a53fd16a973e3ca5907c3f9b95b93617c18', operation='DELETE', pgid='pgtrigger_delete_delete_1efa3', table='programmes_persontag', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='PersonTagEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('given_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='given')),
                ('taken_at', models.DateTimeField(blank=True, null=True, verbose_name='taken away')),
                ('given_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='given by')),
                ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='person')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='programmes.persontag')),
                ('taken_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='taken away by')),
                ('tag', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.tag', verbose_name='tag')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='acb8b688d458610c3502ca3d4f43647bd4fe8fc3', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c7324', table='programmes_persontagevent', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='TagEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('area', 'Area'), ('tag', 'Tag')], max_length=4, verbose_name='kind')),
                ('name', wellbeing.lib.texts.LineField(max_length=60, verbose_name='name')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='made')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended')),
                ('made_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='made by')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='programmes.tag')),
                ('programme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.programme', verbose_name='programme')),
            ],
            options={
                'abstract': False,
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a3e431c95257ae27761155379eb0407d1a2d3a0c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6ddda', table='programmes_tagevent', when='BEFORE'))],
            },
        ),
            ],
        ),
        InstallTriggers(['organisationentry', 'organisationentryevent', 'personnote', 'notereader', 'notereaderevent', 'personnoteevent', 'tag', 'persontag', 'persontagevent', 'tagevent']),
    ]
