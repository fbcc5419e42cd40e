"""Add welcome packs: their papers, their versions, and who was given which."""

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import programmes.packs.models.papers
import wellbeing.lib.texts
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0026_questions_about_fairness'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('programmes', '0029_named_contacts'),
    ]

    operations = [
        migrations.CreateModel(
            name='PackGiven',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_post', models.BooleanField(default=False, verbose_name='comes by post')),
                ('given_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='given')),
                ('posted_on', models.DateField(blank=True, null=True, verbose_name='posted')),
                ('given_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='given by')),
                ('notice', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.notice', verbose_name='message that names it')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='packs_given', to='people.person', verbose_name='person')),
                ('posted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='posted by')),
            ],
            options={
                'verbose_name': 'welcome pack of a person',
                'verbose_name_plural': 'welcome packs of people',
                'ordering': ['-given_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='WelcomeCopy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('original_name', wellbeing.lib.texts.LineField(max_length=200, verbose_name='name it arrived with')),
                ('content_type', models.CharField(max_length=60, verbose_name='type')),
                ('size', models.PositiveIntegerField(verbose_name='bytes')),
                ('sha256', models.CharField(max_length=64, verbose_name='fingerprint as it arrived')),
                ('status', models.CharField(choices=[('checking', 'Being checked'), ('ready', 'Ready'), ('refused', 'Could not be read')], default='checking', max_length=10, verbose_name='status')),
                ('problem', models.CharField(blank=True, max_length=300, verbose_name='what is wrong with it')),
                ('tries', models.PositiveSmallIntegerField(default=0, verbose_name='times a worker tried to open it')),
                ('taken_at', models.DateTimeField(blank=True, null=True, verbose_name='taken by a worker')),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='added')),
                ('format', models.CharField(choices=[('standard', 'Standard'), ('large_print', 'Large print'), ('easy_read', 'Easy Read')], max_length=15, verbose_name='format')),
                ('file', models.FileField(max_length=200, upload_to=programmes.packs.models.papers.welcome_copy_path, verbose_name='file')),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='added by')),
            ],
            options={
                'verbose_name': 'paper of a welcome pack in one format',
                'verbose_name_plural': 'papers of welcome packs in their formats',
                'ordering': ['paper', '-added_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='WelcomePack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='version')),
                ('published_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='published')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='welcome_packs', to='programmes.programme', verbose_name='programme')),
                ('published_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='published by')),
            ],
            options={
                'verbose_name': 'welcome pack',
                'verbose_name_plural': 'welcome packs',
                'ordering': ['programme', '-number'],
            },
        ),
        migrations.CreateModel(
            name='PackGivenEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('by_post', models.BooleanField(default=False, verbose_name='comes by post')),
                ('given_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='given')),
                ('posted_on', models.DateField(blank=True, null=True, verbose_name='posted')),
                ('given_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='given by')),
                ('notice', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.notice', verbose_name='message that names it')),
                ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='person')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='programmes.packgiven')),
                ('posted_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='posted by')),
                ('pack', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.welcomepack', verbose_name='welcome pack')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='packgiven',
            name='pack',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='given', to='programmes.welcomepack', verbose_name='welcome pack'),
        ),
        migrations.CreateModel(
            name='WelcomePackEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('number', models.PositiveSmallIntegerField(verbose_name='version')),
                ('published_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='published')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='programmes.welcomepack')),
                ('programme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.programme', verbose_name='programme')),
                ('published_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='published by')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='WelcomePaper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', wellbeing.lib.texts.LineField(max_length=150, verbose_name='name of the paper')),
                ('url', models.URLField(blank=True, max_length=500, verbose_name='link')),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='added')),
                ('taken_out_at', models.DateTimeField(blank=True, null=True, verbose_name='taken out')),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='added by')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='welcome_papers', to='programmes.programme', verbose_name='programme')),
                ('taken_out_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='taken out by')),
            ],
            options={
                'verbose_name': 'paper of a welcome pack',
                'verbose_name_plural': 'papers of welcome packs',
                'ordering': ['added_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='WelcomePackItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('copy', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='in_packs', to='programmes.welcomecopy', verbose_name='in this format')),
                ('pack', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='programmes.welcomepack', verbose_name='welcome pack')),
                ('paper', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='in_packs', to='programmes.welcomepaper', verbose_name='paper')),
            ],
            options={
                'verbose_name': 'paper in a version of a welcome pack',
                'verbose_name_plural': 'papers in versions of welcome packs',
                'ordering': ['pack', 'paper__added_at', 'paper', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='welcomecopy',
            name='paper',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='programmes.welcomepaper', verbose_name='paper'),
        ),
        migrations.CreateModel(
            name='WelcomePaperEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('title', wellbeing.lib.texts.LineField(max_length=150, verbose_name='name of the paper')),
                ('url', models.URLField(blank=True, max_length=500, verbose_name='link')),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='added')),
                ('taken_out_at', models.DateTimeField(blank=True, null=True, verbose_name='taken out')),
                ('added_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='added by')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='programmes.welcomepaper')),
                ('programme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.programme', verbose_name='programme')),
                ('taken_out_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='taken out by')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='welcomepack',
            constraint=models.UniqueConstraint(fields=('programme', 'number'), name='one_welcome_pack_of_a_number'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='welcomepack',
            trigger=pgtrigger.compiler.Trigger(name='welcome_packs_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='04c8d3371888570f3a3e39c1f71062ccb925eb7d', operation='DELETE', pgid='pgtrigger_welcome_packs_are_kept_c495b', table='programmes_welcomepack', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='welcomepack',
            trigger=pgtrigger.compiler.Trigger(name='welcome_packs_stay_as_published', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."programme_id" IS DISTINCT FROM (NEW."programme_id") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='6fba9e0dbdbb27e8ef48250d34b766dc8f81ea9e', operation='UPDATE', pgid='pgtrigger_welcome_packs_stay_as_published_48513', table='programmes_welcomepack', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='welcomepack',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_welcomepackevent" ("id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "published_at", "published_by_id") VALUES (NEW."id", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."published_at", NEW."published_by_id"); RETURN NULL;', hash='9936b8ba2ef7037264e0c4e759ca047bee17be31', operation='INSERT', pgid='pgtrigger_insert_insert_2ee6a', table='programmes_welcomepack', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='packgivenevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b61b9efe9c418ba128841439fef0baf289d95738', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a159b', table='programmes_packgivenevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='packgiven',
            constraint=models.UniqueConstraint(fields=('person', 'pack'), name='a_welcome_pack_once'),
        ),
        migrations.AddConstraint(
            model_name='packgiven',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('posted_by', None), ('posted_on', None)), models.Q(('by_post', True), ('posted_by__isnull', False), ('posted_on__isnull', False)), _connector='OR'), name='a_posted_pack_comes_by_post'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='packgiven',
            trigger=pgtrigger.compiler.Trigger(name='packs_stay_as_given', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."pack_id" IS DISTINCT FROM (NEW."pack_id") OR OLD."given_at" IS DISTINCT FROM (NEW."given_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='c15d9dafe6e694a87786f16bc928db311d1804db', operation='UPDATE', pgid='pgtrigger_packs_stay_as_given_7abe5', table='programmes_packgiven', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='packgiven',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_packgivenevent" ("by_post", "given_at", "given_by_id", "id", "notice_id", "pack_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "posted_by_id", "posted_on") VALUES (NEW."by_post", NEW."given_at", NEW."given_by_id", NEW."id", NEW."notice_id", NEW."pack_id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."posted_by_id", NEW."posted_on"); RETURN NULL;', hash='2fec3024c087ff16e234134203070b8681a8ee6e', operation='INSERT', pgid='pgtrigger_insert_insert_555a1', table='programmes_packgiven', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='packgiven',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "programmes_packgivenevent" ("by_post", "given_at", "given_by_id", "id", "notice_id", "pack_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "posted_by_id", "posted_on") VALUES (NEW."by_post", NEW."given_at", NEW."given_by_id", NEW."id", NEW."notice_id", NEW."pack_id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."posted_by_id", NEW."posted_on"); RETURN NULL;', hash='4e185c93275f0f30f7bb6f24c4e59eb3394d9dba', operation='UPDATE', pgid='pgtrigger_update_update_32e47', table='programmes_packgiven', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='packgiven',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_packgivenevent" ("by_post", "given_at", "given_by_id", "id", "notice_id", "pack_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "posted_by_id", "posted_on") VALUES (OLD."by_post", OLD."given_at", OLD."given_by_id", OLD."id", OLD."notice_id", OLD."pack_id", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."posted_by_id", OLD."posted_on"); RETURN NULL;', hash='f0593f0041193fcee6429d0c2bb77ec067000a72', operation='DELETE', pgid='pgtrigger_delete_delete_22d0e', table='programmes_packgiven', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='welcomepackevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='01da1e42af326583155d58fd52d71fa3722e83f6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9abc0', table='programmes_welcomepackevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='welcomepaper',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='welcome_paper_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='welcomepaper',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('taken_out_at', None), ('taken_out_by', None)), models.Q(('taken_out_at__isnull', False), ('taken_out_by__isnull', False)), _connector='OR'), name='welcome_paper_taken_out_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='welcomepaper',
            constraint=models.CheckConstraint(condition=models.Q(('title__regex', '[\\u0001-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]'), _negated=True), name='programmes_welcomepaper_title_on_a_line'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='welcomepaper',
            trigger=pgtrigger.compiler.Trigger(name='welcome_papers_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='72bf53e6a606186cf85f2beff435b92b2bfc3d3f', operation='DELETE', pgid='pgtrigger_welcome_papers_are_kept_8a2cf', table='programmes_welcomepaper', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='welcomepaper',
            trigger=pgtrigger.compiler.Trigger(name='welcome_papers_stay_as_added', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."programme_id" IS DISTINCT FROM (NEW."programme_id") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."url" IS DISTINCT FROM (NEW."url") OR OLD."added_at" IS DISTINCT FROM (NEW."added_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='94702bc20f3a1da568691467d8c9ce2aa845bbe5', operation='UPDATE', pgid='pgtrigger_welcome_papers_stay_as_added_77e70', table='programmes_welcomepaper', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='welcomepaper',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_welcomepaperevent" ("added_at", "added_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "taken_out_at", "taken_out_by_id", "title", "url") VALUES (NEW."added_at", NEW."added_by_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."taken_out_at", NEW."taken_out_by_id", NEW."title", NEW."url"); RETURN NULL;', hash='2be817d05b7cfbb439b72cc49bf1f0b49ecf183d', operation='INSERT', pgid='pgtrigger_insert_insert_1b933', table='programmes_welcomepaper', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='welcomepaper',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "programmes_welcomepaperevent" ("added_at", "added_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "taken_out_at", "taken_out_by_id", "title", "url") VALUES (NEW."added_at", NEW."added_by_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."programme_id", NEW."taken_out_at", NEW."taken_out_by_id", NEW."title", NEW."url"); RETURN NULL;', hash='8e68967c7851c70c92f362c029efe56efa253daf', operation='UPDATE', pgid='pgtrigger_update_update_0176f', table='programmes_welcomepaper', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='welcomepackitem',
            constraint=models.UniqueConstraint(fields=('pack', 'copy'), name='a_copy_once_in_a_welcome_pack'),
        ),
        migrations.AddConstraint(
            model_name='welcomepackitem',
            constraint=models.UniqueConstraint(condition=models.Q(('copy', None)), fields=('pack', 'paper'), name='a_link_once_in_a_welcome_pack'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='welcomepackitem',
            trigger=pgtrigger.compiler.Trigger(name='welcome_pack_items_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='81fcfb138a34837ce43a6e071a3c8d5d08042e9d', operation='UPDATE OR DELETE', pgid='pgtrigger_welcome_pack_items_stay_7a96a', table='programmes_welcomepackitem', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='welcomepackitem',
            trigger=pgtrigger.compiler.Trigger(name='welcome_pack_has_papers_of_its_own', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF NOT EXISTS (SELECT FROM programmes_welcomepack k JOIN programmes_welcomepaper p ON p.programme_id = k.programme_id WHERE k.id = NEW.pack_id AND p.id = NEW.paper_id AND (NEW.copy_id IS NULL) = (p.url <> '')) OR NEW.copy_id IS NOT NULL AND NOT EXISTS (SELECT FROM programmes_welcomecopy c WHERE c.id = NEW.copy_id AND c.paper_id = NEW.paper_id AND c.status = 'ready') THEN RAISE EXCEPTION 'a pack has links and checked papers of its own programme'; END IF; RETURN NEW;", hash='90ed92eb9e2ce311bc5681915f845f19732c06c0', operation='INSERT', pgid='pgtrigger_welcome_pack_has_papers_of_its_own_d6f35', table='programmes_welcomepackitem', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='welcomecopy',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('file', ''), ('status', 'refused')), models.Q(models.Q(('status', 'refused'), _negated=True), models.Q(('file', ''), _negated=True)), _connector='OR'), name='welcome_copy_has_its_file_unless_refused'),
        ),
        migrations.AddConstraint(
            model_name='welcomecopy',
            constraint=models.CheckConstraint(condition=models.Q(('original_name__regex', '[\\u0001-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]'), _negated=True), name='programmes_welcomecopy_original_name_on_a_line'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='welcomecopy',
            trigger=pgtrigger.compiler.Trigger(name='welcome_copies_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='00a638aca4cb3715d52c40dd174c3aea00376205', operation='DELETE', pgid='pgtrigger_welcome_copies_are_kept_4aa6d', table='programmes_welcomecopy', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='welcomecopy',
            trigger=pgtrigger.compiler.Trigger(name='welcome_copies_never_change_once_checked', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."status" IN (\'ready\', \'refused\'))', func='RAISE EXCEPTION \'pgtrigger: Cannot update of "paper_id", "format", "file", "sha256", "status" rows from % table\', TG_TABLE_NAME;', hash='b4cdc6894310925c22c2fb9cb95d3b9886786b31', operation='UPDATE OF "paper_id", "format", "file", "sha256", "status"', pgid='pgtrigger_welcome_copies_never_change_once_checked_c1725', table='programmes_welcomecopy', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='welcomepaperevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7ea3e35fc16172409ca4f96008f5af5c69a25aed', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_23551', table='programmes_welcomepaperevent', when='BEFORE')),
        ),
    ]
