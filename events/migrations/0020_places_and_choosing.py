"""Add places, waiting lists, saved lists, and wishes how often to be invited."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import wellbeing.lib.migrations
import wellbeing.lib.texts
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0019_days_sessions_and_venues'),
        ('people', '0020_language_of_words'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('programmes', '0021_drafts_of_decisions'),
    ]

    operations = [
        wellbeing.lib.migrations.AtOnce(
            operations=[migrations.CreateModel(
                name='InvitationLimit',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveSmallIntegerField(verbose_name='invitations at most')),
                    ('months', models.PositiveSmallIntegerField(verbose_name='in so many months')),
                    ('set_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='set')),
                    ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='invitation_limit', to='people.person', verbose_name='person')),
                    ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='set by')),
                ],
                options={
                    'verbose_name': 'wish how often to be invited',
                    'verbose_name_plural': 'wishes how often to be invited',
                    'ordering': ['person__sort_key', 'pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('number__lte', 99)), name='invitation_limit_is_a_number'), models.CheckConstraint(condition=models.Q(('months__gte', 1), ('months__lte', 24)), name='invitation_limit_has_its_months')],
                    'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_invitationlimitevent" ("id", "months", "number", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "set_at", "set_by_id") VALUES (NEW."id", NEW."months", NEW."number", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."set_at", NEW."set_by_id"); RETURN NULL;', hash='57de5023cef8fa5a6964bdd0856a9d502a83e510', operation='INSERT', pgid='pgtrigger_insert_insert_a8d65', table='events_invitationlimit', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "events_invitationlimitevent" ("id", "months", "number", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "set_at", "set_by_id") VALUES (NEW."id", NEW."months", NEW."number", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."set_at", NEW."set_by_id"); RETURN NULL;', hash='c10c3155f49c8873763ec008d636d72b4ca14772', operation='UPDATE', pgid='pgtrigger_update_update_bc029', table='events_invitationlimit', when='AFTER'))],
                },
            ), migrations.CreateModel(
                name='InvitationLimitEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('number', models.PositiveSmallIntegerField(verbose_name='invitations at most')),
                    ('months', models.PositiveSmallIntegerField(verbose_name='in so many months')),
                    ('set_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='set')),
                    ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='person')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='events.invitationlimit')),
                    ('set_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='set by')),
                ],
                options={
                    'abstract': False,
                    'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='70ae3967d8a2578b3316b5633686cc93ceb300ac', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_14676', table='events_invitationlimitevent', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='OfferRules',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('effective_from', models.DateField(unique=True, verbose_name='starts')),
                    ('hours', models.PositiveSmallIntegerField(verbose_name='hours a place is held')),
                    ('by_hand_hours', models.PositiveSmallIntegerField(verbose_name='hours for those who are rung or get a letter')),
                    ('near_within', models.PositiveSmallIntegerField(verbose_name='hours before the start from which it is near')),
                    ('near_hours', models.PositiveSmallIntegerField(verbose_name='hours a place is held near the start')),
                    ('none_within', models.PositiveSmallIntegerField(verbose_name='hours before the start from which nothing is offered')),
                ],
                options={
                    'verbose_name': 'how long offered places are held',
                    'verbose_name_plural': 'how long offered places are held',
                    'ordering': ['-effective_from'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('by_hand_hours__gte', 1), ('hours__gte', 1), ('near_hours__gte', 1)), name='an_offer_is_held_for_a_while'), models.CheckConstraint(condition=models.Q(('near_hours__lte', models.F('hours')), ('none_within__lte', models.F('near_within'))), name='near_the_start_offers_are_shorter')],
                    'triggers': [pgtrigger.compiler.Trigger(name='offer_rules_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='3c66e03b43f81447267b7ee10ed074b9165b4b2b', operation='UPDATE OR DELETE', pgid='pgtrigger_offer_rules_stay_3b4ac', table='events_offerrules', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='Places',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='places')),
                    ('kept', models.PositiveSmallIntegerField(default=0, verbose_name='kept for people with lived experience')),
                    ('open_from', models.DateField(blank=True, null=True, verbose_name='day from which kept places are open to all')),
                    ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='waiting list closed')),
                    ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='waiting list closed by')),
                    ('event', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='places', to='events.event', verbose_name='event')),
                    ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='set by')),
                ],
                options={
                    'verbose_name': 'places at an event',
                    'verbose_name_plural': 'places at events',
                    'ordering': ['event'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('number', None), ('number__gte', 1), _connector='OR'), name='places_are_at_least_one'), models.CheckConstraint(condition=models.Q(('kept', 0), models.Q(('kept__lte', models.F('number')), ('number__isnull', False)), _connector='OR'), name='kept_places_are_places'), models.CheckConstraint(condition=models.Q(('open_from', None), ('kept__gte', 1), _connector='OR'), name='open_from_is_of_kept_places'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('closed_by', None)), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False)), _connector='OR'), name='closed_waiting_list_says_by_whom')],
                    'triggers': [pgtrigger.compiler.Trigger(name='places_for_all_who_come', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF NEW.number IS NOT NULL AND (SELECT count(*) FROM events_invitation i WHERE i.event_id = NEW.event_id AND i.reply = 'coming' AND NOT i.facilitates AND i.joins <> 'online' AND NOT EXISTS (SELECT 1 FROM events_waitingplace w WHERE w.invitation_id = i.id AND w.beyond AND w.status IN ('offered', 'taken'))) > NEW.number THEN RAISE EXCEPTION 'more people come than there would be places'; END IF; RETURN NEW;", hash='8cbb8be9da4a6b91025bbe73aceff6d93e43b6dc', operation='INSERT OR UPDATE OF "number"', pgid='pgtrigger_places_for_all_who_come_fe73f', table='events_places', when='BEFORE')), pgtrigger.compiler.Trigger(name='places_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='f436fdf751ad0d3dbc4c9d1946187816e1d7e72f', operation='DELETE', pgid='pgtrigger_places_are_kept_54c50', table='events_places', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_placesevent" ("closed_at", "closed_by_id", "event_id", "id", "kept", "number", "open_from", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "set_by_id") VALUES (NEW."closed_at", NEW."closed_by_id", NEW."event_id", NEW."id", NEW."kept", NEW."number", NEW."open_from", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."set_by_id"); RETURN NULL;', hash='52c7fe327379fc5daeeb0443d8f228a8b549a22d', operation='INSERT', pgid='pgtrigger_insert_insert_4795e', table='events_places', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "events_placesevent" ("closed_at", "closed_by_id", "event_id", "id", "kept", "number", "open_from", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "set_by_id") VALUES (NEW."closed_at", NEW."closed_by_id", NEW."event_id", NEW."id", NEW."kept", NEW."number", NEW."open_from", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."set_by_id"); RETURN NULL;', hash='b34c57e9ac6135c3aadd7c9ee5f5ed28c2f83992', operation='UPDATE', pgid='pgtrigger_update_update_6f785', table='events_places', when='AFTER'))],
                },
            ), migrations.CreateModel(
                name='PlacesEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('number', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='places')),
                    ('kept', models.PositiveSmallIntegerField(default=0, verbose_name='kept for people with lived experience')),
                    ('open_from', models.DateField(blank=True, null=True, verbose_name='day from which kept places are open to all')),
                    ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='waiting list closed')),
                    ('closed_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='waiting list closed by')),
                    ('event', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.event', verbose_name='event')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='events.places')),
                    ('set_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='set by')),
                ],
                options={
                    'abstract': False,
                    'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='eef6cb14b5422aa2eae8a69b4e7c044a8d116d49', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_45930', table='events_placesevent', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='SavedList',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', wellbeing.lib.texts.LineField(max_length=100, verbose_name='name')),
                    ('query', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=1000, verbose_name='filters, as in an address')),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='saved')),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='saved by')),
                    ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='saved_lists', to='programmes.programme', verbose_name='programme')),
                ],
                options={
                    'verbose_name': 'saved list',
                    'verbose_name_plural': 'saved lists',
                    'ordering': [django.db.models.functions.text.Lower('name'), 'pk'],
                    'constraints': [models.UniqueConstraint(models.F('programme'), django.db.models.functions.text.Lower('name'), name='one_saved_list_of_a_name'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='saved_list_has_a_name'), models.CheckConstraint(condition=models.Q(('name__regex', '[\\u0001-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]'), _negated=True), name='events_savedlist_name_on_a_line'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('query')), 1000)), name='events_savedlist_query_fits')],
                    'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_savedlistevent" ("id", "made_at", "made_by_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "query") VALUES (NEW."id", NEW."made_at", NEW."made_by_id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."query"); RETURN NULL;', hash='ac8d4c6550df99fe119741642635edacff2bafcc', operation='INSERT', pgid='pgtrigger_insert_insert_ba665', table='events_savedlist', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "events_savedlistevent" ("id", "made_at", "made_by_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "query") VALUES (NEW."id", NEW."made_at", NEW."made_by_id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."programme_id", NEW."query"); RETURN NULL;', hash='05688e56c0d6faf52066c8e2c9268263ce095229', operation='UPDATE', pgid='pgtrigger_update_update_58641', table='events_savedlist', when='AFTER'))],
                },
            ), migrations.CreateModel(
                name='SavedListEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('name', wellbeing.lib.texts.LineField(max_length=100, verbose_name='name')),
                    ('query', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=1000, verbose_name='filters, as in an address')),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='saved')),
                    ('made_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='saved by')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='events.savedlist')),
                    ('programme', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.programme', verbose_name='programme')),
                ],
                options={
                    'abstract': False,
                    'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2a29a20c1a474b5d041ea27aa723112466caabe1', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_93297', table='events_savedlistevent', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='SavedListPerson',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('added_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='added')),
                    ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='added by')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='saved_list_entries', to='people.person', verbose_name='person')),
                    ('saved_list', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='events.savedlist', verbose_name='saved list')),
                ],
                options={
                    'verbose_name': 'person on a saved list',
                    'verbose_name_plural': 'people on saved lists',
                    'ordering': ['person__sort_key', 'pk'],
                    'constraints': [models.UniqueConstraint(fields=('saved_list', 'person'), name='on_a_saved_list_once')],
                    'triggers': [pgtrigger.compiler.Trigger(name='filters_have_no_people_of_their_own', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT 1 FROM events_savedlist s WHERE s.id = NEW.saved_list_id AND s.query <> '') THEN RAISE EXCEPTION 'a saved filter has no people of its own'; END IF; RETURN NEW;", hash='5211c061fa79515ba052b320e328eed7f5fa65b2', operation='INSERT OR UPDATE', pgid='pgtrigger_filters_have_no_people_of_their_own_63182', table='events_savedlistperson', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_savedlistpersonevent" ("added_at", "added_by_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "saved_list_id") VALUES (NEW."added_at", NEW."added_by_id", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."saved_list_id"); RETURN NULL;', hash='bcbd3d9dadf9e85d7b3b2aee55c836a3eb94758b', operation='INSERT', pgid='pgtrigger_insert_insert_56063', table='events_savedlistperson', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "events_savedlistpersonevent" ("added_at", "added_by_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "saved_list_id") VALUES (NEW."added_at", NEW."added_by_id", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."saved_list_id"); RETURN NULL;', hash='29c35fe5dae152e33f2ad045098f17ccc8833efc', operation='UPDATE', pgid='pgtrigger_update_update_3bf47', table='events_savedlistperson', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_savedlistpersonevent" ("added_at", "added_by_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "saved_list_id") VALUES (OLD."added_at", OLD."added_by_id", OLD."id", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."saved_list_id"); RETURN NULL;', hash='dc8060c78368b4b73ca8d256e857e25b49c660c8', operation='DELETE', pgid='pgtrigger_delete_delete_04a52', table='events_savedlistperson', when='AFTER'))],
                },
            ), migrations.CreateModel(
                name='SavedListPersonEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('added_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='added')),
                    ('added_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='added by')),
                    ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='person')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='events.savedlistperson')),
                    ('saved_list', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.savedlist', verbose_name='saved list')),
                ],
                options={
                    'abstract': False,
                    'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='fcf75a49f40f36b8b0e8978b0780f3a1f6d6615a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b0fb2', table='events_savedlistpersonevent', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='WaitingPlace',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('status', models.CharField(choices=[('waiting', 'Waiting'), ('offered', 'Has an offer'), ('taken', 'Took the place'), ('let_go', 'Let it go'), ('passed', 'Did not answer in time'), ('left', 'Left the list')], default='waiting', max_length=10, verbose_name='status')),
                    ('since', models.DateTimeField(verbose_name='on the list since')),
                    ('offered_at', models.DateTimeField(blank=True, null=True, verbose_name='offered')),
                    ('until', models.DateTimeField(blank=True, null=True, verbose_name='offer held until')),
                    ('hours', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='hours the offer is held')),
                    ('reason', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=1000, verbose_name='why it was offered by hand')),
                    ('beyond', models.BooleanField(default=False, verbose_name='one place more than there are')),
                    ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended')),
                    ('invitation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='waiting_places', to='events.invitation', verbose_name='invitation')),
                    ('notice', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='offered_place', to='people.notice', verbose_name='notice of the offer')),
                    ('offered_by', models.ForeignKey(blank=True, help_text='Empty where the place was offered by itself.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='offered by')),
                ],
                options={
                    'verbose_name': 'place on a waiting list',
                    'verbose_name_plural': 'places on waiting lists',
                    'ordering': ['since', 'pk'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('status__in', ['waiting', 'offered'])), fields=('invitation',), name='on_a_waiting_list_once'), models.CheckConstraint(condition=models.Q(models.Q(('hours', None), ('offered_at', None), ('status__in', ['waiting', 'left']), ('until', None)), models.Q(models.Q(('status', 'waiting'), _negated=True), ('hours__isnull', False), ('offered_at__isnull', False), ('until__gt', models.F('offered_at')), ('until__isnull', False)), _connector='OR'), name='an_offer_has_its_deadline'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('status__in', ['waiting', 'offered'])), models.Q(models.Q(('status__in', ['waiting', 'offered']), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='waiting_ends_with_its_time'), models.CheckConstraint(condition=models.Q(models.Q(('beyond', False), ('offered_by', None), ('reason', '')), models.Q(('offered_by__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='an_offer_by_hand_says_why'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('reason')), 1000)), name='events_waitingplace_reason_fits')],
                    'triggers': [pgtrigger.compiler.Trigger(name='waiting_status', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{waiting:offered,waiting:left,offered:taken,offered:let_go,offered:passed,offered:left}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='b1d42df7003d6d3caa95a3861908bb79bd35f033', operation='UPDATE', pgid='pgtrigger_waiting_status_b85ff', table='events_waitingplace', when='BEFORE')), pgtrigger.compiler.Trigger(name='waiting_places_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='2f67e8061e4a046283375b970a4d15ae21aa9af5', operation='DELETE', pgid='pgtrigger_waiting_places_are_kept_1a34b', table='events_waitingplace', when='BEFORE')), pgtrigger.compiler.Trigger(name='waiting_places_stay_of_their_invitation', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."invitation_id" IS DISTINCT FROM (NEW."invitation_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='add155d880dd3fb564218de64712be58312d72a6', operation='UPDATE', pgid='pgtrigger_waiting_places_stay_of_their_invitation_5b567', table='events_waitingplace', when='BEFORE')), pgtrigger.compiler.Trigger(name='offers_only_of_free_places', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT NEW."beyond" AND NEW."status" = \'offered\')', declare='DECLARE room integer; event bigint;', func="SELECT i.event_id INTO event FROM events_invitation i WHERE i.id = NEW.invitation_id; SELECT p.number INTO room FROM events_places p WHERE p.event_id = event FOR UPDATE; IF room IS NOT NULL AND (SELECT count(*) FROM events_invitation i WHERE i.event_id = event AND i.reply = 'coming' AND NOT i.facilitates AND i.joins <> 'online') + (SELECT count(*) FROM events_waitingplace o JOIN events_invitation j ON j.id = o.invitation_id WHERE j.event_id = event AND o.id <> NEW.id AND o.status = 'offered' AND NOT o.beyond) >= room THEN RAISE EXCEPTION 'no place is free to offer'; END IF; RETURN NEW;", hash='c2b544224b00e13b159b81ec8feed3c268201bcb', operation='INSERT OR UPDATE OF "status"', pgid='pgtrigger_offers_only_of_free_places_09512', table='events_waitingplace', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "events_waitingplaceevent" ("beyond", "ended_at", "hours", "id", "invitation_id", "notice_id", "offered_at", "offered_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "since", "status", "until") VALUES (NEW."beyond", NEW."ended_at", NEW."hours", NEW."id", NEW."invitation_id", NEW."notice_id", NEW."offered_at", NEW."offered_by_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."since", NEW."status", NEW."until"); RETURN NULL;', hash='1e9ee07045499c9373b15c999d5f6edb9dea1486', operation='INSERT', pgid='pgtrigger_insert_insert_356a7', table='events_waitingplace', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "events_waitingplaceevent" ("beyond", "ended_at", "hours", "id", "invitation_id", "notice_id", "offered_at", "offered_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "since", "status", "until") VALUES (NEW."beyond", NEW."ended_at", NEW."hours", NEW."id", NEW."invitation_id", NEW."notice_id", NEW."offered_at", NEW."offered_by_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."since", NEW."status", NEW."until"); RETURN NULL;', hash='9ac46923b62a1c206c09f869ea88e7c30d1a6b35', operation='UPDATE', pgid='pgtrigger_update_update_caa9e', table='events_waitingplace', when='AFTER'))],
                },
            ), migrations.CreateModel(
                name='WaitingPlaceEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('status', models.CharField(choices=[('waiting', 'Waiting'), ('offered', 'Has an offer'), ('taken', 'Took the place'), ('let_go', 'Let it go'), ('passed', 'Did not answer in time'), ('left', 'Left the list')], default='waiting', max_length=10, verbose_name='status')),
                    ('since', models.DateTimeField(verbose_name='on the list since')),
                    ('offered_at', models.DateTimeField(blank=True, null=True, verbose_name='offered')),
                    ('until', models.DateTimeField(blank=True, null=True, verbose_name='offer held until')),
                    ('hours', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='hours the offer is held')),
                    ('reason', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=1000, verbose_name='why it was offered by hand')),
                    ('beyond', models.BooleanField(default=False, verbose_name='one place more than there are')),
                    ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended')),
                    ('invitation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='events.invitation', verbose_name='invitation')),
                    ('notice', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.notice', verbose_name='notice of the offer')),
                    ('offered_by', models.ForeignKey(blank=True, db_constraint=False, help_text='Empty where the place was offered by itself.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='offered by')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='events.waitingplace')),
                ],
                options={
                    'abstract': False,
                    'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f07269a72963ce00e1c438d0a368ded78593d493', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5b49e', table='events_waitingplaceevent', when='BEFORE'))],
                },
            )],
        ),
        migrations.RemoveConstraint(
            model_name='invitation',
            name='invitation_how_they_come_is_of_those_who_may',
        ),
        migrations.AlterField(
            model_name='invitation',
            name='reply',
            field=models.CharField(blank=True, choices=[('coming', 'I will come'), ('not_coming', 'I cannot come'), ('not_sure', 'I am not sure yet'), ('waiting', 'I will come if a place is free')], max_length=10, verbose_name='reply'),
        ),
        migrations.AlterField(
            model_name='invitationevent',
            name='reply',
            field=models.CharField(blank=True, choices=[('coming', 'I will come'), ('not_coming', 'I cannot come'), ('not_sure', 'I am not sure yet'), ('waiting', 'I will come if a place is free')], max_length=10, verbose_name='reply'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('joins', ''), ('part_of_day', '')), ('reply__in', ['coming', 'not_sure', 'waiting']), _connector='OR'), name='invitation_how_they_come_is_of_those_who_may'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='invitation',
            trigger=pgtrigger.compiler.Trigger(name='no_more_come_than_places', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT NEW."facilitates" AND NEW."reply" = \'coming\' AND NOT (NEW."joins" = \'online\'))', declare='DECLARE room integer;', func="IF TG_OP = 'UPDATE' THEN IF OLD.reply = 'coming' AND NOT OLD.facilitates AND OLD.joins <> 'online' THEN RETURN NEW; END IF; END IF; SELECT p.number INTO room FROM events_places p WHERE p.event_id = NEW.event_id FOR UPDATE; IF room IS NOT NULL AND (SELECT count(*) FROM events_invitation i WHERE i.event_id = NEW.event_id AND i.id <> NEW.id AND i.reply = 'coming' AND NOT i.facilitates AND i.joins <> 'online') >= room AND NOT EXISTS (SELECT 1 FROM events_waitingplace w WHERE w.invitation_id = NEW.id AND w.beyond AND w.status IN ('offered', 'taken')) THEN RAISE EXCEPTION 'every place is taken'; END IF; RETURN NEW;", hash='36bcb3a727f09b76e512f45e4d392a8a704f553f', operation='INSERT OR UPDATE OF "reply", "facilitates", "joins"', pgid='pgtrigger_no_more_come_than_places_f2a3d', table='events_invitation', when='BEFORE')),
        ),
        wellbeing.lib.migrations.InstallTriggers(
            models=['invitationlimit', 'invitationlimitevent', 'offerrules', 'places', 'placesevent', 'savedlist', 'savedlistevent', 'savedlistperson', 'savedlistpersonevent', 'waitingplace', 'waitingplaceevent'],
        ),
    ]
