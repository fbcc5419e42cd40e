"""Find and sort names however they are typed: two columns that the database itself keeps."""

import django.contrib.postgres.indexes
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
import wellbeing.lib.names
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models
from wellbeing.lib.migrations import CreateFunction


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0007_waiting_times'),
    ]

    operations = [
        TrigramExtension(),
        CreateFunction('name_key(text)', wellbeing.lib.names.name_key_sql()),
        migrations.AlterModelOptions(
            name='person',
            options={'ordering': ['sort_key', 'pk'], 'verbose_name': 'person', 'verbose_name_plural': 'people'},
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='person',
            name='update_update',
        ),
        migrations.AddField(
            model_name='person',
            name='search_key',
            field=models.GeneratedField(db_persist=True, expression=wellbeing.lib.names.NameKey(django.db.models.functions.text.Concat('full_name', models.Value(' '), 'known_as', output_field=models.TextField())), output_field=models.TextField(db_collation='C'), verbose_name='what the name is found by'),
        ),
        migrations.AddField(
            model_name='person',
            name='sort_key',
            field=models.GeneratedField(db_persist=True, expression=wellbeing.lib.names.NameKey('full_name'), output_field=models.TextField(db_collation='C'), verbose_name='what the name is sorted by'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(models.F('sort_key'), models.F('id'), name='people_by_name'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search_key'], name='people_found_by_name', opclasses=['gin_trgm_ops']),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='person',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."about" IS DISTINCT FROM (NEW."about") OR OLD."address_changed_at" IS DISTINCT FROM (NEW."address_changed_at") OR OLD."channel" IS DISTINCT FROM (NEW."channel") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."full_name" IS DISTINCT FROM (NEW."full_name") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."joined_at" IS DISTINCT FROM (NEW."joined_at") OR OLD."known_as" IS DISTINCT FROM (NEW."known_as") OR OLD."letter_size" IS DISTINCT FROM (NEW."letter_size") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."postal_address" IS DISTINCT FROM (NEW."postal_address") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id"))', func='INSERT INTO "people_personevent" ("about", "address_changed_at", "channel", "created_at", "email", "full_name", "id", "joined_at", "known_as", "letter_size", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "postal_address", "user_id") VALUES (NEW."about", NEW."address_changed_at", NEW."channel", NEW."created_at", NEW."email", NEW."full_name", NEW."id", NEW."joined_at", NEW."known_as", NEW."letter_size", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."postal_address", NEW."user_id"); RETURN NULL;', hash='4df3d67635db202f570aed6fb6d0777ca7ab410b', operation='UPDATE', pgid='pgtrigger_update_update_de829', table='people_person', when='AFTER')),
        ),
    ]
