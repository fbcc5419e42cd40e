"""Add papers that come with meetings, in several formats, and formats made elsewhere."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
import events.papers.models.attached
import pgtrigger.compiler
import wellbeing.lib.texts
from django.db import migrations, models

from wellbeing.lib.migrations import AtOnce, InstallTriggers


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0015_what_was_said_at_events'),
        ('people', '0020_language_of_words'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        AtOnce(
            operations=[
                migrations.AddField(
                    model_name='meetingrules',
                    name='format_days',
                    field=models.PositiveSmallIntegerField(db_default=14, default=14, verbose_name='days before the meeting from which staff have missing formats of papers as a task'),
                ),
                migrations.CreateModel(
                    name='AttachedPaper',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('title', wellbeing.lib.texts.LineField(max_length=150, verbose_name='name of the paper')),
                        ('purpose', models.CharField(choices=[('decide', 'To decide'), ('discuss', 'To discuss'), ('note', 'To note')], max_length=10, verbose_name='what it is for')),
                        ('added_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='added')),
                        ('withdrawn_on', models.DateField(blank=True, null=True, verbose_name='withdrawn')),
                        ('withdrawn_why', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=2000, verbose_name='why it was withdrawn')),
                        ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='added by')),
                        ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='attached', to='events.agendaitem', verbose_name='item of the agenda')),
                        ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attached', to='events.meeting', verbose_name='meeting')),
                        ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='withdrawn by')),
                    ],
                    options={
                        'verbose_name': 'paper that comes with a meeting',
                        'verbose_name_plural': 'papers that come with meetings',
                        'ordering': ['meeting_id', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_by', None), ('withdrawn_on', None), ('withdrawn_why', '')), models.Q(('withdrawn_by__isnull', False), ('withdrawn_on__isnull', False), models.Q(('withdrawn_why', ''), _negated=True)), _connector='OR'), name='attached_paper_withdrawn_says_why'), models.CheckConstraint(condition=models.Q(('title__regex', '[\\u0001-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]'), _negated=True), name='events_attachedpaper_title_on_a_line'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('withdrawn_why')), 2000)), name='events_attachedpaper_withdrawn_why_fits')],
                        'triggers': [pgtrigger.compiler.Trigger(name='attached_papers_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='0d7925708cb1e928bf7592a39f58cfa0863843de', operation='DELETE', pgid='pgtrigger_attached_papers_are_kept_09032', table='events_attachedpaper', when='BEFORE')), pgtrigger.compiler.Trigger(name='attached_papers_stay_with_their_meeting', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."meeting_id" IS DISTINCT FROM (NEW."meeting_id") OR OLD."added_by_id" IS DISTINCT FROM (NEW."added_by_id") OR OLD."added_at" IS DISTINCT FROM (NEW."added_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='60a7f8078a8e3e68b2808e56707e28c364e30210', operation='UPDATE', pgid='pgtrigger_attached_papers_stay_with_their_meeting_9d5e6', table='events_attachedpaper', when='BEFORE')), pgtrigger.compiler.Trigger(name='attached_papers_stay_withdrawn', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."withdrawn_on" IS NOT NULL)', func='RAISE EXCEPTION \'pgtrigger: Cannot update of "title", "purpose", "item_id", "withdrawn_on", "withdrawn_by_id", "withdrawn_why" rows from % table\', TG_TABLE_NAME;', hash='86227fc2d7d7099b20442fb1af7e82c381bd2cec', operation='UPDATE OF "title", "purpose", "item_id", "withdrawn_on", "withdrawn_by_id", "withdrawn_why"', pgid='pgtrigger_attached_papers_stay_withdrawn_dcd3d', table='events_attachedpaper', when='BEFORE')), pgtrigger.compiler.Trigger(name='attached_papers_belong_to_their_agenda', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE state text;', func="IF NEW.item_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM events_agendaitem i WHERE i.id = NEW.item_id AND i.meeting_id = NEW.meeting_id) THEN RAISE EXCEPTION 'a paper belongs to an item of its own meeting'; END IF; IF TG_OP = 'INSERT' THEN SELECT minutes INTO state FROM events_meeting WHERE id = NEW.meeting_id FOR SHARE; IF state = 'agreed' THEN RAISE EXCEPTION 'no paper comes once the minutes are agreed'; END IF; END IF; RETURN NEW;", hash='5cd62c221e877e250207b39b6bc1eee9da77796e', operation='INSERT OR UPDATE', pgid='pgtrigger_attached_papers_belong_to_their_agenda_c1980', table='events_attachedpaper', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_attachedpaperevent" ("added_at", "added_by_id", "id", "item_id", "meeting_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "title", "withdrawn_by_id", "withdrawn_on", "withdrawn_why") VALUES (NEW."added_at", NEW."added_by_id", NEW."id", NEW."item_id", NEW."meeting_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."purpose", NEW."title", NEW."withdrawn_by_id", NEW."withdrawn_on", NEW."withdrawn_why"); RETURN NULL;', hash='1e0f6a115636c8b850c85efad69064f25905bbd5', operation='INSERT', pgid='pgtrigger_insert_insert_4ad20', table='events_attachedpaper', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "events_attachedpaperevent" ("added_at", "added_by_id", "id", "item_id", "meeting_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "title", "withdrawn_by_id", "withdrawn_on", "withdrawn_why") VALUES (NEW."added_at", NEW."added_by_id", NEW."id", NEW."item_id", NEW."meeting_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."purpose", NEW."title", NEW."withdrawn_by_id", NEW."withdrawn_on", NEW."withdrawn_why"); RETURN NULL;', hash='7fb5c2076c34330f07b4104dad6374e2951100a5', operation='UPDATE', pgid='pgtrigger_update_update_0bbb6', table='events_attachedpaper', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='AttachedPaperEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('title', wellbeing.lib.texts.LineField(max_length=150, verbose_name='name of the paper')),
                        ('purpose', models.CharField(choices=[('decide', 'To decide'), ('discuss', 'To discuss'), ('note', 'To note')], max_length=10, verbose_name='what it is for')),
                        ('added_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='added')),
                        ('withdrawn_on', models.DateField(blank=True, null=True, verbose_name='withdrawn')),
                        ('withdrawn_why', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=2000, verbose_name='why it was withdrawn')),
                        ('added_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='added by')),
                        ('item', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.agendaitem', verbose_name='item of the agenda')),
                        ('meeting', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.meeting', verbose_name='meeting')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='events.attachedpaper')),
                        ('withdrawn_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='withdrawn by')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a96dc885b273fefc1329497c5981d8ac0f51dc1c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d89bf', table='events_attachedpaperevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='PaperCopy',
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
                        ('format', models.CharField(choices=[('standard', 'Standard'), ('large_print', 'Large print'), ('easy_read', 'Easy Read'), ('braille', 'Braille'), ('audio', 'Audio'), ('plain', 'Plain text'), ('language', 'Another language')], max_length=15, verbose_name='format')),
                        ('language', models.CharField(blank=True, choices=[('en', 'English'), ('sq', 'Albanian'), ('am', 'Amharic'), ('ar', 'Arabic'), ('bn', 'Bengali'), ('bg', 'Bulgarian'), ('zh-Hant', 'Chinese'), ('prs', 'Dari'), ('fr', 'French'), ('el', 'Greek'), ('gu', 'Gujarati'), ('he', 'Hebrew'), ('hi', 'Hindi'), ('hu', 'Hungarian'), ('it', 'Italian'), ('ckb', 'Kurdish (Sorani)'), ('lt', 'Lithuanian'), ('ne', 'Nepali'), ('ps', 'Pashto'), ('fa', 'Persian (Farsi)'), ('pl', 'Polish'), ('pt', 'Portuguese'), ('pa', 'Punjabi'), ('ro', 'Romanian'), ('ru', 'Russian'), ('so', 'Somali'), ('es', 'Spanish'), ('ta', 'Tamil'), ('ti', 'Tigrinya'), ('tr', 'Turkish'), ('uk', 'Ukrainian'), ('ur', 'Urdu'), ('vi', 'Vietnamese'), ('cy', 'Welsh')], max_length=10, verbose_name='language')),
                        ('words', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=40000, verbose_name='the paper in words')),
                        ('file', models.FileField(blank=True, max_length=200, upload_to=events.papers.models.attached.paper_copy_path, verbose_name='file')),
                        ('withdrawn_on', models.DateField(blank=True, null=True, verbose_name='withdrawn')),
                        ('withdrawn_why', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=2000, verbose_name='why it was withdrawn')),
                        ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='added by')),
                        ('paper', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='events.attachedpaper', verbose_name='paper')),
                        ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='withdrawn by')),
                    ],
                    options={
                        'verbose_name': 'paper in one format',
                        'verbose_name_plural': 'papers in their formats',
                        'ordering': ['paper_id', '-added_at', '-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('file', ''), ('status', 'refused'), ('words', '')), models.Q(('words', ''), models.Q(('status', 'refused'), _negated=True), models.Q(('file', ''), _negated=True)), models.Q(models.Q(('words', ''), _negated=True), ('file', ''), ('format__in', ('standard', 'easy_read', 'plain', 'language')), ('status', 'ready')), _connector='OR'), name='paper_copy_is_a_file_or_words'), models.CheckConstraint(condition=models.Q(('format__in', ('braille', 'audio')), _negated=True), name='paper_copy_is_kept_here'), models.CheckConstraint(condition=models.Q(models.Q(('format', 'language'), models.Q(('language', ''), _negated=True), models.Q(('language', 'en'), _negated=True)), models.Q(models.Q(('format', 'language'), _negated=True), ('language', '')), _connector='OR'), name='paper_copy_says_its_language'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_by', None), ('withdrawn_on', None), ('withdrawn_why', '')), models.Q(('withdrawn_by__isnull', False), ('withdrawn_on__isnull', False), models.Q(('withdrawn_why', ''), _negated=True)), _connector='OR'), name='paper_copy_withdrawn_says_why'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('words')), 40000)), name='events_papercopy_words_fits'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('withdrawn_why')), 2000)), name='events_papercopy_withdrawn_why_fits'), models.CheckConstraint(condition=models.Q(('original_name__regex', '[\\u0001-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]'), _negated=True), name='events_papercopy_original_name_on_a_line')],
                        'triggers': [pgtrigger.compiler.Trigger(name='paper_copies_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='18c2dc058ec5184cd103b87f9cc06d512305c05f', operation='DELETE', pgid='pgtrigger_paper_copies_are_kept_36933', table='events_papercopy', when='BEFORE')), pgtrigger.compiler.Trigger(name='paper_copies_never_change_once_checked', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."status" IN (\'ready\', \'refused\'))', func='RAISE EXCEPTION \'pgtrigger: Cannot update of "paper_id", "format", "language", "words", "file", "sha256", "status" rows from % table\', TG_TABLE_NAME;', hash='4abea140cfb8098d18532dbf682f6133aea534c0', operation='UPDATE OF "paper_id", "format", "language", "words", "file", "sha256", "status"', pgid='pgtrigger_paper_copies_never_change_once_checked_8a983', table='events_papercopy', when='BEFORE')), pgtrigger.compiler.Trigger(name='paper_copies_stay_withdrawn', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."withdrawn_on" IS NOT NULL)', func='RAISE EXCEPTION \'pgtrigger: Cannot update of "withdrawn_on", "withdrawn_by_id", "withdrawn_why" rows from % table\', TG_TABLE_NAME;', hash='78176138fec9c858841ceb7ebe5a32c511ef77d5', operation='UPDATE OF "withdrawn_on", "withdrawn_by_id", "withdrawn_why"', pgid='pgtrigger_paper_copies_stay_withdrawn_99992', table='events_papercopy', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_copy_of_a_withdrawn_paper', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE gone date;', func="SELECT withdrawn_on INTO gone FROM events_attachedpaper WHERE id = NEW.paper_id FOR SHARE; IF gone IS NOT NULL THEN RAISE EXCEPTION 'the paper was withdrawn'; END IF; RETURN NEW;", hash='73035c5c63dde91a33287aa5f9074998d8718206', operation='INSERT', pgid='pgtrigger_no_copy_of_a_withdrawn_paper_35347', table='events_papercopy', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='PaperMade',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('what', models.CharField(blank=True, choices=[('agenda', 'Agenda'), ('minutes', 'Minutes, the whole'), ('published', 'Minutes, as published')], max_length=10, verbose_name='agenda or minutes')),
                        ('format', models.CharField(choices=[('standard', 'Standard'), ('large_print', 'Large print'), ('easy_read', 'Easy Read'), ('braille', 'Braille'), ('audio', 'Audio'), ('plain', 'Plain text'), ('language', 'Another language')], max_length=15, verbose_name='format')),
                        ('language', models.CharField(blank=True, choices=[('en', 'English'), ('sq', 'Albanian'), ('am', 'Amharic'), ('ar', 'Arabic'), ('bn', 'Bengali'), ('bg', 'Bulgarian'), ('zh-Hant', 'Chinese'), ('prs', 'Dari'), ('fr', 'French'), ('el', 'Greek'), ('gu', 'Gujarati'), ('he', 'Hebrew'), ('hi', 'Hindi'), ('hu', 'Hungarian'), ('it', 'Italian'), ('ckb', 'Kurdish (Sorani)'), ('lt', 'Lithuanian'), ('ne', 'Nepali'), ('ps', 'Pashto'), ('fa', 'Persian (Farsi)'), ('pl', 'Polish'), ('pt', 'Portuguese'), ('pa', 'Punjabi'), ('ro', 'Romanian'), ('ru', 'Russian'), ('so', 'Somali'), ('es', 'Spanish'), ('ta', 'Tamil'), ('ti', 'Tigrinya'), ('tr', 'Turkish'), ('uk', 'Ukrainian'), ('ur', 'Urdu'), ('vi', 'Vietnamese'), ('cy', 'Welsh')], max_length=10, verbose_name='language')),
                        ('made_by', wellbeing.lib.texts.LineField(max_length=150, verbose_name='who made it')),
                        ('made_on', models.DateField(verbose_name='made')),
                        ('how', wellbeing.lib.texts.LineField(blank=True, max_length=200, verbose_name='what became of it')),
                        ('noted_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='noted')),
                        ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='made_elsewhere', to='events.meeting', verbose_name='meeting')),
                        ('noted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='noted by')),
                        ('paper', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='made_elsewhere', to='events.attachedpaper', verbose_name='paper')),
                    ],
                    options={
                        'verbose_name': 'format made elsewhere',
                        'verbose_name_plural': 'formats made elsewhere',
                        'ordering': ['meeting_id', '-made_on', '-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('paper__isnull', False), ('what', '')), models.Q(('paper__isnull', True), models.Q(('what', ''), _negated=True)), _connector='OR'), name='paper_made_is_of_one_thing'), models.CheckConstraint(condition=models.Q(models.Q(('format', 'language'), models.Q(('language', ''), _negated=True), models.Q(('language', 'en'), _negated=True)), models.Q(models.Q(('format', 'language'), _negated=True), ('language', '')), _connector='OR'), name='paper_made_says_its_language'), models.CheckConstraint(condition=models.Q(('made_by', ''), _negated=True), name='paper_made_says_by_whom'), models.CheckConstraint(condition=models.Q(('made_by__regex', '[\\u0001-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]'), _negated=True), name='events_papermade_made_by_on_a_line'), models.CheckConstraint(condition=models.Q(('how__regex', '[\\u0001-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]'), _negated=True), name='events_papermade_how_on_a_line')],
                        'triggers': [pgtrigger.compiler.Trigger(name='paper_made_is_of_its_meeting', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF NEW.paper_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM events_attachedpaper p WHERE p.id = NEW.paper_id AND p.meeting_id = NEW.meeting_id) THEN RAISE EXCEPTION 'the paper is one of its own meeting'; END IF; RETURN NEW;", hash='54520a1c61897dc6307070ee38878740051271f7', operation='INSERT OR UPDATE', pgid='pgtrigger_paper_made_is_of_its_meeting_67a98', table='events_papermade', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_papermadeevent" ("format", "how", "id", "language", "made_by", "made_on", "meeting_id", "noted_at", "noted_by_id", "paper_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "what") VALUES (NEW."format", NEW."how", NEW."id", NEW."language", NEW."made_by", NEW."made_on", NEW."meeting_id", NEW."noted_at", NEW."noted_by_id", NEW."paper_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."what"); RETURN NULL;', hash='b20b9b1a5dadf4b070b92ccf56ba90cab5a3dafd', operation='INSERT', pgid='pgtrigger_insert_insert_d163a', table='events_papermade', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "events_papermadeevent" ("format", "how", "id", "language", "made_by", "made_on", "meeting_id", "noted_at", "noted_by_id", "paper_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "what") VALUES (NEW."format", NEW."how", NEW."id", NEW."language", NEW."made_by", NEW."made_on", NEW."meeting_id", NEW."noted_at", NEW."noted_by_id", NEW."paper_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."what"); RETURN NULL;', hash='56e2a5dcdbd3864f038e47db31d86200b34c6c71', operation='UPDATE', pgid='pgtrigger_update_update_8ee44', table='events_papermade', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_papermadeevent" ("format", "how", "id", "language", "made_by", "made_on", "meeting_id", "noted_at", "noted_by_id", "paper_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "what") VALUES (OLD."format", OLD."how", OLD."id", OLD."language", OLD."made_by", OLD."made_on", OLD."meeting_id", OLD."noted_at", OLD."noted_by_id", OLD."paper_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."what"); RETURN NULL;', hash='bf1a479c28cdfe876269458c021c03ee8eafbe94', operation='DELETE', pgid='pgtrigger_delete_delete_42019', table='events_papermade', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='PaperMadeEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('what', models.CharField(blank=True, choices=[('agenda', 'Agenda'), ('minutes', 'Minutes, the whole'), ('published', 'Minutes, as published')], max_length=10, verbose_name='agenda or minutes')),
                        ('format', models.CharField(choices=[('standard', 'Standard'), ('large_print', 'Large print'), ('easy_read', 'Easy Read'), ('braille', 'Braille'), ('audio', 'Audio'), ('plain', 'Plain text'), ('language', 'Another language')], max_length=15, verbose_name='format')),
                        ('language', models.CharField(blank=True, choices=[('en', 'English'), ('sq', 'Albanian'), ('am', 'Amharic'), ('ar', 'Arabic'), ('bn', 'Bengali'), ('bg', 'Bulgarian'), ('zh-Hant', 'Chinese'), ('prs', 'Dari'), ('fr', 'French'), ('el', 'Greek'), ('gu', 'Gujarati'), ('he', 'Hebrew'), ('hi', 'Hindi'), ('hu', 'Hungarian'), ('it', 'Italian'), ('ckb', 'Kurdish (Sorani)'), ('lt', 'Lithuanian'), ('ne', 'Nepali'), ('ps', 'Pashto'), ('fa', 'Persian (Farsi)'), ('pl', 'Polish'), ('pt', 'Portuguese'), ('pa', 'Punjabi'), ('ro', 'Romanian'), ('ru', 'Russian'), ('so', 'Somali'), ('es', 'Spanish'), ('ta', 'Tamil'), ('ti', 'Tigrinya'), ('tr', 'Turkish'), ('uk', 'Ukrainian'), ('ur', 'Urdu'), ('vi', 'Vietnamese'), ('cy', 'Welsh')], max_length=10, verbose_name='language')),
                        ('made_by', wellbeing.lib.texts.LineField(max_length=150, verbose_name='who made it')),
                        ('made_on', models.DateField(verbose_name='made')),
                        ('how', wellbeing.lib.texts.LineField(blank=True, max_length=200, verbose_name='what became of it')),
                        ('noted_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='noted')),
                        ('meeting', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.meeting', verbose_name='meeting')),
                        ('noted_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='noted by')),
                        ('paper', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.attachedpaper', verbose_name='paper')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='events.papermade')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='59186915447abe10a9ebd089578a13c90225bac7', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1dd54', table='events_papermadeevent', when='BEFORE'))],
                    },
                ),
            ]
        ),
        InstallTriggers(
            models=[
                'attachedpaper',
                'attachedpaperevent',
                'papercopy',
                'papermade',
                'papermadeevent',
            ]
        ),
    ]
