"""Give groups rules, decisions stages, versions, objections and seals; carry over what there is."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import wellbeing.lib.texts
from django.db import migrations, models
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from programmes.decisions.models.postgres import VOICES_SIGNATURE, VOICES_SQL
from wellbeing.lib.migrations import AtOnce, CreateFunction, InstallTriggers
from wellbeing.lib.triggers import guards_aside


def keep_words(apps, schema_editor):
    """Write the words that each proposal has as its first version."""
    Decision, Version = apps.get_model("programmes", "Decision"), apps.get_model("programmes", "Version")
    rows = Decision.objects.order_by("pk").values("pk", "wording", "proposed_by", "opened_on")
    with guards_aside("programmes_version"):
        Version.objects.bulk_create(
            [
                Version(
                    decision_id=row["pk"],
                    number=1,
                    wording=row["wording"],
                    written_by_id=row["proposed_by"],
                    asked_on=row["opened_on"],
                )
                for row in rows
            ]
        )
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def carry_over(apps, schema_editor):
    """Give each steering group the rules to go on with, and each decision its stage, its version and its method.

    Nobody set these rules: a group agrees its own. A proposal of before keeps to the method it was answered by.
    """
    Group, Rules = apps.get_model("programmes", "Group"), apps.get_model("programmes", "GroupRules")
    rules = {}
    for group in Group.objects.filter(kind="steering").order_by("pk"):
        first = group.decisions.order_by("opened_on").values_list("opened_on", flat=True).first()
        rules[group.pk] = Rules.objects.create(
            group=group,
            starts_on=first or timezone.localdate(),
            quorum=3,
            lived_experience_minimum=1,
            methods=["gradient", "consent", "vote"],
            support_percent=50,
            open_days=0,
            amended_days=3,
            answer_days=7,
            ratify_days=42,
            interest_days=365,
            # Members have spoken to their group alone until it agrees that others read what it decides.
            reach="group",
            fewest_inside=5,
            fewest_public=10,
        )
    with guards_aside("programmes_decision"):
        _decisions(apps, rules)
    with guards_aside("programmes_position"):
        _positions(apps)
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _decisions(apps, rules):
    Decision, Version = apps.get_model("programmes", "Decision"), apps.get_model("programmes", "Version")
    first = Version.objects.filter(decision=OuterRef("pk")).values("pk")[:1]
    stages = {"open": "deciding", "decided": "decided", "withdrawn": "withdrawn"}
    for decision in Decision.objects.annotate(first=Subquery(first)).order_by("pk"):
        decision.version_id = decision.first
        decision.deciding_from = decision.opened_on
        decision.method = "gradient"
        decision.status = stages[decision.status]
        if decision.status == "deciding":
            decision.rules = rules.get(decision.group_id)
        if decision.outcome == "not_agreed":
            decision.status = "not_agreed"
        elif decision.outcome == "come_back":
            decision.status = "deferred"
        elif decision.outcome:
            decision.in_force_on = decision.decided_on
        decision.save()


def _positions(apps):
    Position, Objection = apps.get_model("programmes", "Position"), apps.get_model("programmes", "Objection")
    for position in Position.objects.select_related("decision").order_by("pk"):
        position.version_id, position.member_id = position.decision.version_id, position.person_id
        position.save()
        if position.decision.status == "deciding" and position.stance in {"serious", "veto"} and position.reason:
            Objection.objects.create(
                decision=position.decision,
                version_id=position.version_id,
                position=position,
                person_id=position.person_id,
                member_id=position.person_id,
                words=position.reason,
                raised_at=position.given_at,
            )


def fill_history(apps, schema_editor):
    """Give the history of views the columns it has now, as the views have them."""
    with guards_aside("programmes_positionevent"), schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "UPDATE programmes_positionevent e SET version_id = p.version_id, member_id = p.member_id"
            " FROM programmes_position p WHERE p.id = e.pgh_obj_id AND e.member_id IS NULL"
        )


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0020_language_of_words'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('programmes', '0015_own_words_of_messages'),
    ]

    operations = [
        AtOnce(
            operations=[migrations.CreateModel(
                name='ActionPoint',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('title', wellbeing.lib.texts.LineField(max_length=200, verbose_name='what is to be done')),
                    ('due_on', models.DateField(verbose_name='by when')),
                    ('status', models.CharField(choices=[('open', 'To do'), ('done', 'Done'), ('dropped', 'Will not be done')], default='open', max_length=10, verbose_name='status')),
                    ('progress', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=4000, verbose_name='how far it is')),
                    ('progress_on', models.DateField(blank=True, null=True, verbose_name='said on')),
                    ('created_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='agreed')),
                    ('closed_on', models.DateField(blank=True, null=True, verbose_name='closed')),
                    ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='written down by')),
                    ('decision', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='action_points', to='programmes.decision', verbose_name='decision')),
                    ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='action_points', to='programmes.group', verbose_name='group')),
                    ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='action_points', to='people.person', verbose_name='who does it')),
                ],
                options={
                    'verbose_name': 'action',
                    'verbose_name_plural': 'actions',
                    'ordering': ['due_on', 'pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('closed_on', None), ('status', 'open')), models.Q(models.Q(('status', 'open'), _negated=True), ('closed_on__isnull', False)), _connector='OR'), name='action_point_closed_on_a_day'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'dropped'), _negated=True), models.Q(('progress', ''), _negated=True), _connector='OR'), name='action_point_dropped_says_why'), models.CheckConstraint(condition=models.Q(('title__regex', '[\\u0001-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]'), _negated=True), name='programmes_actionpoint_title_on_a_line'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('progress')), 4000)), name='programmes_actionpoint_progress_fits')],
                    'triggers': [pgtrigger.compiler.Trigger(name='action_points_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='c091e27e3a663cdcef3cd7fac82d835b0d1f9910', operation='DELETE', pgid='pgtrigger_action_points_are_kept_d74e6', table='programmes_actionpoint', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_actionpointevent" ("closed_on", "created_by_id", "created_on", "decision_id", "due_on", "group_id", "id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "progress", "progress_on", "status", "title") VALUES (NEW."closed_on", NEW."created_by_id", NEW."created_on", NEW."decision_id", NEW."due_on", NEW."group_id", NEW."id", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."progress", NEW."progress_on", NEW."status", NEW."title"); RETURN NULL;', hash='8bf035042460fe70a6699578854bfe87bf68fa68', operation='INSERT', pgid='pgtrigger_insert_insert_cf7ca', table='programmes_actionpoint', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "programmes_actionpointevent" ("closed_on", "created_by_id", "created_on", "decision_id", "due_on", "group_id", "id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "progress", "progress_on", "status", "title") VALUES (NEW."closed_on", NEW."created_by_id", NEW."created_on", NEW."decision_id", NEW."due_on", NEW."group_id", NEW."id", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."progress", NEW."progress_on", NEW."status", NEW."title"); RETURN NULL;', hash='1a1f421bcaa3e5692564d7ccf7249aca4547ae4f', operation='UPDATE', pgid='pgtrigger_update_update_ba7b6', table='programmes_actionpoint', when='AFTER'))],
                },
            ), migrations.CreateModel(
                name='CountedVoice',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('seat', models.CharField(choices=[('lived_experience', 'Lived experience'), ('partner', 'Partner charity'), ('staff', 'Programme staff'), ('funder', 'Funder')], max_length=20, verbose_name='kind of member')),
                    ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='counted_voices', to='programmes.decision', verbose_name='decision')),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='member')),
                    ('position', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.position', verbose_name='position')),
                ],
                options={
                    'verbose_name': 'voice that counted',
                    'verbose_name_plural': 'voices that counted',
                    'ordering': ['decision', 'member'],
                    'constraints': [models.UniqueConstraint(fields=('decision', 'member'), name='one_voice_per_member')],
                    'triggers': [pgtrigger.compiler.Trigger(name='counted_voices_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d0b851996c871b3cb047fc09c35186c1e5c8d0e2', operation='UPDATE OR DELETE', pgid='pgtrigger_counted_voices_stay_72eb7', table='programmes_countedvoice', when='BEFORE')), pgtrigger.compiler.Trigger(name='counted_voices_come_with_the_seal', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT 1 FROM programmes_seal s WHERE s.decision_id = NEW.decision_id) THEN RAISE EXCEPTION 'the record of this decision is sealed'; END IF; RETURN NEW;", hash='050d1d0e4ce8c303a9d22eb5b76c4c55242e4c01', operation='INSERT', pgid='pgtrigger_counted_voices_come_with_the_seal_7097a', table='programmes_countedvoice', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='DecisionReview',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('reviewed_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='looked at on')),
                    ('happened', wellbeing.lib.texts.LimitedTextField(max_length=8000, verbose_name='what happened because of it, good and bad')),
                    ('result', models.CharField(choices=[('keep', 'It stays as it is'), ('change', 'It should change: a new proposal is made'), ('stop', 'It should stop: a new proposal is made')], max_length=10, verbose_name='what follows')),
                    ('next_on', models.DateField(blank=True, null=True, verbose_name='look at it again')),
                    ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='programmes.decision', verbose_name='decision')),
                    ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='recorded by')),
                ],
                options={
                    'verbose_name': 'review of a decision',
                    'verbose_name_plural': 'reviews of decisions',
                    'ordering': ['reviewed_on', 'pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('happened', ''), _negated=True), name='decision_review_says_what_happened'), models.CheckConstraint(condition=models.Q(('next_on', None), ('next_on__gt', models.F('reviewed_on')), _connector='OR'), name='decision_review_next_is_later'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('happened')), 8000)), name='programmes_decisionreview_happened_fits')],
                    'triggers': [pgtrigger.compiler.Trigger(name='decision_reviews_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1c8d9ad97de88f0bbe751b0b6f639d01d0ea8734', operation='UPDATE OR DELETE', pgid='pgtrigger_decision_reviews_stay_d2bab', table='programmes_decisionreview', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_decisionreviewevent" ("decision_id", "happened", "id", "next_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "result", "reviewed_on") VALUES (NEW."decision_id", NEW."happened", NEW."id", NEW."next_on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recorded_by_id", NEW."result", NEW."reviewed_on"); RETURN NULL;', hash='a7c44eb157c9974c1e8435dbb6f1a5e1d74bd336', operation='INSERT', pgid='pgtrigger_insert_insert_0d811', table='programmes_decisionreview', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "programmes_decisionreviewevent" ("decision_id", "happened", "id", "next_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "result", "reviewed_on") VALUES (NEW."decision_id", NEW."happened", NEW."id", NEW."next_on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recorded_by_id", NEW."result", NEW."reviewed_on"); RETURN NULL;', hash='b7996b721e565b7896d826f18ab027ee38b2285e', operation='UPDATE', pgid='pgtrigger_update_update_593df', table='programmes_decisionreview', when='AFTER'))],
                },
            ), migrations.CreateModel(
                name='GroupRules',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('starts_on', models.DateField(verbose_name='from')),
                    ('terms_of_reference', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=20000, verbose_name='terms of reference')),
                    ('quorum', models.PositiveSmallIntegerField(verbose_name='members who must take part')),
                    ('lived_experience_minimum', models.PositiveSmallIntegerField(verbose_name='of them with lived experience')),
                    ('methods', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('consent', 'By consent: it is agreed when nobody objects'), ('gradient', 'By how far each member agrees, in eight steps'), ('vote', 'By vote')], max_length=10), size=None, verbose_name='how the group may decide')),
                    ('support_percent', models.PositiveSmallIntegerField(verbose_name='support needed, more than this per cent')),
                    ('proposers', models.CharField(choices=[('all', 'Members, and programme staff'), ('members', 'Members of the group only'), ('chairs', 'The chairs, and programme staff')], default='all', max_length=10, verbose_name='who may put a proposal')),
                    ('open_days', models.PositiveSmallIntegerField(verbose_name='days a proposal is open at least')),
                    ('amended_days', models.PositiveSmallIntegerField(verbose_name='days it stays open after its words change')),
                    ('answer_days', models.PositiveSmallIntegerField(verbose_name='days to say if an answer is enough')),
                    ('urgency_rule', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=2000, verbose_name='when it may decide sooner')),
                    ('ratify_days', models.PositiveSmallIntegerField(verbose_name='days in which an urgent decision is looked at again')),
                    ('interest_days', models.PositiveSmallIntegerField(verbose_name='days between two looks at declared interests')),
                    ('reach', models.CharField(choices=[('group', 'The group and programme staff'), ('programme', 'Everyone in the programme'), ('public', 'Everyone: there is a public page')], default='programme', max_length=10, verbose_name='who sees what was decided')),
                    ('tells_programme', models.BooleanField(default=False, verbose_name='everyone in the programme is told what was decided')),
                    ('fewest_inside', models.PositiveSmallIntegerField(verbose_name='few people, for members and the programme')),
                    ('fewest_public', models.PositiveSmallIntegerField(verbose_name='few people, for the public')),
                    ('set_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='set')),
                    ('agreed_by', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rules_agreed', to='programmes.decision', verbose_name='decision that agreed them')),
                    ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rules', to='programmes.group', verbose_name='group')),
                    ('set_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='set by')),
                ],
                options={
                    'verbose_name': 'rules of a group',
                    'verbose_name_plural': 'rules of groups',
                    'ordering': ['group', '-starts_on', '-pk'],
                    'constraints': [models.UniqueConstraint(fields=('group', 'starts_on'), name='group_rules_once_a_day'), models.CheckConstraint(condition=models.Q(('lived_experience_minimum__lte', models.F('quorum')), ('quorum__gte', 1)), name='group_rules_quorum'), models.CheckConstraint(condition=models.Q(('support_percent__gte', 50), ('support_percent__lte', 99)), name='group_rules_support'), models.CheckConstraint(condition=models.Q(('methods', []), _negated=True), name='group_rules_have_a_method'), models.CheckConstraint(condition=models.Q(('fewest_inside__gte', 2), ('fewest_public__gte', 2)), name='group_rules_few'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('terms_of_reference')), 20000)), name='programmes_grouprules_terms_of_reference_fits'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('urgency_rule')), 2000)), name='programmes_grouprules_urgency_rule_fits')],
                    'triggers': [pgtrigger.compiler.Trigger(name='group_rules_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='885a72c38b971d54b37ab4690dce23d13b2f500a', operation='UPDATE OR DELETE', pgid='pgtrigger_group_rules_stay_286fc', table='programmes_grouprules', when='BEFORE')), pgtrigger.compiler.Trigger(name='group_rules_change_by_decision', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE fits boolean;', func="IF NEW.agreed_by_id IS NOT NULL THEN SELECT d.group_id = NEW.group_id AND d.status = 'decided' INTO fits FROM programmes_decision d WHERE d.id = NEW.agreed_by_id; IF fits IS NOT TRUE THEN RAISE EXCEPTION 'rules change by a decision that the group itself agreed'; END IF; ELSIF EXISTS (SELECT 1 FROM programmes_grouprules r JOIN programmes_decision d ON d.rules_id = r.id WHERE r.group_id = NEW.group_id AND r.set_by_id IS NOT NULL) THEN RAISE EXCEPTION 'rules change by a decision of the group'; END IF; RETURN NEW;", hash='58b4bec54e96e1d7116dd54fcd26c07df4977c7b', operation='INSERT', pgid='pgtrigger_group_rules_change_by_decision_2e366', table='programmes_grouprules', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_grouprulesevent" ("agreed_by_id", "amended_days", "answer_days", "fewest_inside", "fewest_public", "group_id", "id", "interest_days", "lived_experience_minimum", "methods", "open_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposers", "quorum", "ratify_days", "reach", "set_at", "set_by_id", "starts_on", "support_percent", "tells_programme", "terms_of_reference", "urgency_rule") VALUES (NEW."agreed_by_id", NEW."amended_days", NEW."answer_days", NEW."fewest_inside", NEW."fewest_public", NEW."group_id", NEW."id", NEW."interest_days", NEW."lived_experience_minimum", NEW."methods", NEW."open_days", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."proposers", NEW."quorum", NEW."ratify_days", NEW."reach", NEW."set_at", NEW."set_by_id", NEW."starts_on", NEW."support_percent", NEW."tells_programme", NEW."terms_of_reference", NEW."urgency_rule"); RETURN NULL;', hash='375fff45b6649714d43cc3e9356a49af6ffde9c9', operation='INSERT', pgid='pgtrigger_insert_insert_6c67d', table='programmes_grouprules', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "programmes_grouprulesevent" ("agreed_by_id", "amended_days", "answer_days", "fewest_inside", "fewest_public", "group_id", "id", "interest_days", "lived_experience_minimum", "methods", "open_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposers", "quorum", "ratify_days", "reach", "set_at", "set_by_id", "starts_on", "support_percent", "tells_programme", "terms_of_reference", "urgency_rule") VALUES (NEW."agreed_by_id", NEW."amended_days", NEW."answer_days", NEW."fewest_inside", NEW."fewest_public", NEW."group_id", NEW."id", NEW."interest_days", NEW."lived_experience_minimum", NEW."methods", NEW."open_days", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."proposers", NEW."quorum", NEW."ratify_days", NEW."reach", NEW."set_at", NEW."set_by_id", NEW."starts_on", NEW."support_percent", NEW."tells_programme", NEW."terms_of_reference", NEW."urgency_rule"); RETURN NULL;', hash='42efc942d025fbf26fb49b07955a48b318a96d48', operation='UPDATE', pgid='pgtrigger_update_update_57578', table='programmes_grouprules', when='AFTER'))],
                },
            ), migrations.CreateModel(
                name='Interest',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('nature', models.CharField(choices=[('money', 'Money: payment, a contract, a grant, shares'), ('work', 'Work: for, or on the board of, an organisation it concerns'), ('family', 'Family or a close friend'), ('other', 'Something else that could sway you, or seem to')], max_length=10, verbose_name='kind of interest')),
                    ('outline', wellbeing.lib.texts.LimitedTextField(max_length=1000, verbose_name='in a few words')),
                    ('declared_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='declared')),
                    ('ended_on', models.DateField(blank=True, null=True, verbose_name='ended')),
                    ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interests', to='programmes.group', verbose_name='group')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interests', to='people.person', verbose_name='member')),
                    ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='written down by')),
                ],
                options={
                    'verbose_name': 'interest',
                    'verbose_name_plural': 'interests',
                    'ordering': ['person__sort_key', 'declared_on', 'pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('outline', ''), _negated=True), name='interest_says_what'), models.CheckConstraint(condition=models.Q(('ended_on', None), ('ended_on__gte', models.F('declared_on')), _connector='OR'), name='interest_ends_after_start'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('outline')), 1000)), name='programmes_interest_outline_fits')],
                    'triggers': [pgtrigger.compiler.Trigger(name='interests_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='7dfd26ab05a2fb31014fcdba75a29112040d4667', operation='DELETE', pgid='pgtrigger_interests_are_kept_6c66d', table='programmes_interest', when='BEFORE')), pgtrigger.compiler.Trigger(name='interests_only_end', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."group_id" IS DISTINCT FROM (NEW."group_id") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."nature" IS DISTINCT FROM (NEW."nature") OR OLD."outline" IS DISTINCT FROM (NEW."outline") OR OLD."declared_on" IS DISTINCT FROM (NEW."declared_on") OR OLD."recorded_by_id" IS DISTINCT FROM (NEW."recorded_by_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='af70aaa44371fde6d14d833c353ce8bc8c96ef12', operation='UPDATE', pgid='pgtrigger_interests_only_end_6fabc', table='programmes_interest', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_interestevent" ("declared_on", "ended_on", "group_id", "id", "nature", "outline", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id") VALUES (NEW."declared_on", NEW."ended_on", NEW."group_id", NEW."id", NEW."nature", NEW."outline", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recorded_by_id"); RETURN NULL;', hash='68fbb656511b46aac6f0aeeb707d0320bd31bc10', operation='INSERT', pgid='pgtrigger_insert_insert_afe4d', table='programmes_interest', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "programmes_interestevent" ("declared_on", "ended_on", "group_id", "id", "nature", "outline", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id") VALUES (NEW."declared_on", NEW."ended_on", NEW."group_id", NEW."id", NEW."nature", NEW."outline", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recorded_by_id"); RETURN NULL;', hash='e63251b068b59b17e8cef9453f4f8ec6f6253adb', operation='UPDATE', pgid='pgtrigger_update_update_13fe4', table='programmes_interest', when='AFTER'))],
                },
            ), migrations.CreateModel(
                name='InterestReview',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('reviewed_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='said on')),
                    ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interest_reviews', to='programmes.group', verbose_name='group')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interest_reviews', to='people.person', verbose_name='member')),
                    ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='written down by')),
                ],
                options={
                    'verbose_name': 'look at interests',
                    'verbose_name_plural': 'looks at interests',
                    'ordering': ['-reviewed_on', '-pk'],
                    'triggers': [pgtrigger.compiler.Trigger(name='interest_reviews_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='cf36addc24d097fea719410d7554eaf83f9f9b79', operation='UPDATE OR DELETE', pgid='pgtrigger_interest_reviews_stay_c9322', table='programmes_interestreview', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_interestreviewevent" ("group_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "reviewed_on") VALUES (NEW."group_id", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recorded_by_id", NEW."reviewed_on"); RETURN NULL;', hash='07bfa12220761dd4f48d35ec3667f06bd1c8ecdb', operation='INSERT', pgid='pgtrigger_insert_insert_dfeba', table='programmes_interestreview', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "programmes_interestreviewevent" ("group_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "reviewed_on") VALUES (NEW."group_id", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recorded_by_id", NEW."reviewed_on"); RETURN NULL;', hash='9482fe3e39e392183a0873e8551907507ab2d4b8', operation='UPDATE', pgid='pgtrigger_update_update_d9acb', table='programmes_interestreview', when='AFTER'))],
                },
            ), migrations.CreateModel(
                name='LateView',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('stance', models.CharField(choices=[('whole_hearted', 'I agree whole-heartedly'), ('minor', 'I agree, with one small change'), ('reservations', 'I support it, with reservations'), ('abstain', 'I stand aside (I will not block it)'), ('more_talk', 'We need to talk more'), ('dislike', 'I do not like it, but I will support it'), ('serious', 'I seriously disagree'), ('veto', 'I cannot accept it'), ('consent', 'I have no objection'), ('concerns', 'I have concerns, but it is safe enough to try'), ('object', 'I object'), ('in_favour', 'In favour'), ('against', 'Against'), ('pass', 'I pass')], max_length=15, verbose_name='position')),
                    ('reason', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=4000, verbose_name='in your own words')),
                    ('named', models.BooleanField(default=True, verbose_name='show my name with my words')),
                    ('said_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='said')),
                    ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='late_views', to='programmes.decision', verbose_name='decision')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='member')),
                ],
                options={
                    'verbose_name': 'view said after the decision',
                    'verbose_name_plural': 'views said after the decision',
                    'ordering': ['said_at', 'pk'],
                    'constraints': [models.UniqueConstraint(fields=('decision', 'person'), name='one_late_view_per_member'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('reason')), 4000)), name='programmes_lateview_reason_fits')],
                    'triggers': [pgtrigger.compiler.Trigger(name='late_views_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='72cbfdf87fec89f12077334031d47d9f2b9aa5d3', operation='UPDATE OR DELETE', pgid='pgtrigger_late_views_stay_44895', table='programmes_lateview', when='BEFORE')), pgtrigger.compiler.Trigger(name='late_views_come_after', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE state text;', func="SELECT status INTO state FROM programmes_decision WHERE id = NEW.decision_id FOR SHARE; IF state NOT IN ('decided', 'not_agreed', 'deferred') THEN RAISE EXCEPTION 'a view is late once the decision is made'; END IF; RETURN NEW;", hash='443408251de1748e0729cfa972a246c35a422af9', operation='INSERT', pgid='pgtrigger_late_views_come_after_4e968', table='programmes_lateview', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_lateviewevent" ("decision_id", "id", "named", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "said_at", "stance") VALUES (NEW."decision_id", NEW."id", NEW."named", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."said_at", NEW."stance"); RETURN NULL;', hash='bfdc66a72515bc6c877c82bceda0e048b0bd4110', operation='INSERT', pgid='pgtrigger_insert_insert_9a389', table='programmes_lateview', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "programmes_lateviewevent" ("decision_id", "id", "named", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "said_at", "stance") VALUES (NEW."decision_id", NEW."id", NEW."named", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."said_at", NEW."stance"); RETURN NULL;', hash='fc0555cc62c1fe4a8bbb27c090daa4fb3d1c5673', operation='UPDATE', pgid='pgtrigger_update_update_6a6d4', table='programmes_lateview', when='AFTER'))],
                },
            ), migrations.CreateModel(
                name='Option',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                    ('title', wellbeing.lib.texts.LineField(max_length=150, verbose_name='in a few words')),
                    ('for_it', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=4000, verbose_name='what speaks for it')),
                    ('against_it', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=4000, verbose_name='what speaks against it')),
                    ('cost', wellbeing.lib.texts.LineField(blank=True, max_length=150, verbose_name='what it costs')),
                    ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='added by')),
                    ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='options', to='programmes.decision', verbose_name='decision')),
                    ('made_from', models.ManyToManyField(blank=True, related_name='+', to='programmes.option', verbose_name='made from')),
                ],
                options={
                    'verbose_name': 'option',
                    'verbose_name_plural': 'options',
                    'ordering': ['decision', 'number'],
                    'constraints': [models.UniqueConstraint(fields=('decision', 'number'), name='one_option_per_number'), models.CheckConstraint(condition=models.Q(('title__regex', '[\\u0001-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]'), _negated=True), name='programmes_option_title_on_a_line'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('for_it')), 4000)), name='programmes_option_for_it_fits'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('against_it')), 4000)), name='programmes_option_against_it_fits'), models.CheckConstraint(condition=models.Q(('cost__regex', '[\\u0001-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]'), _negated=True), name='programmes_option_cost_on_a_line')],
                    'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_optionevent" ("added_by_id", "against_it", "cost", "decision_id", "for_it", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title") VALUES (NEW."added_by_id", NEW."against_it", NEW."cost", NEW."decision_id", NEW."for_it", NEW."id", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."title"); RETURN NULL;', hash='e42c3da54ad3292643a4a93b2a3aefe0a8209ae0', operation='INSERT', pgid='pgtrigger_insert_insert_f3b4c', table='programmes_option', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "programmes_optionevent" ("added_by_id", "against_it", "cost", "decision_id", "for_it", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "title") VALUES (NEW."added_by_id", NEW."against_it", NEW."cost", NEW."decision_id", NEW."for_it", NEW."id", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."title"); RETURN NULL;', hash='4ed909432bf2d6e1462f99b02c5b84dd1172d069', operation='UPDATE', pgid='pgtrigger_update_update_efff2', table='programmes_option', when='AFTER'))],
                },
            ), migrations.CreateModel(
                name='Question',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('named', models.BooleanField(default=True, verbose_name='show my name')),
                    ('words', wellbeing.lib.texts.LimitedTextField(max_length=2000, verbose_name='question')),
                    ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='asked')),
                    ('answer', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=4000, verbose_name='answer')),
                    ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered')),
                    ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='answered by')),
                    ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='programmes.decision', verbose_name='decision')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='asked by')),
                ],
                options={
                    'verbose_name': 'question',
                    'verbose_name_plural': 'questions',
                    'ordering': ['asked_at', 'pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='question_asks_something'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None), ('answered_by', None)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='question_answer_is_whole'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('words')), 2000)), name='programmes_question_words_fits'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('answer')), 4000)), name='programmes_question_answer_fits')],
                    'triggers': [pgtrigger.compiler.Trigger(name='questions_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='4579b890696b8d010c5252cf310f2c2df59b0685', operation='DELETE', pgid='pgtrigger_questions_are_kept_55fdf', table='programmes_question', when='BEFORE')), pgtrigger.compiler.Trigger(name='questions_stay', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."decision_id" IS DISTINCT FROM (NEW."decision_id") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."named" IS DISTINCT FROM (NEW."named") OR OLD."words" IS DISTINCT FROM (NEW."words") OR OLD."asked_at" IS DISTINCT FROM (NEW."asked_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='48b3888e0332661f71156c127951ec2fe3b5ab40', operation='UPDATE', pgid='pgtrigger_questions_stay_d1280', table='programmes_question', when='BEFORE')), pgtrigger.compiler.Trigger(name='questions_close_with_decision', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE state text;', func="SELECT status INTO state FROM programmes_decision WHERE id = NEW.decision_id FOR SHARE; IF state NOT IN ('gathering', 'shaping', 'deciding') THEN RAISE EXCEPTION 'nothing is added once the decision is %', state; END IF; RETURN NEW;", hash='9b6f5ddba9cacc20e2125839325829c08f4ee6be', operation='INSERT OR UPDATE', pgid='pgtrigger_questions_close_with_decision_e9a1a', table='programmes_question', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_questionevent" ("answer", "answered_at", "answered_by_id", "asked_at", "decision_id", "id", "named", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "words") VALUES (NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."asked_at", NEW."decision_id", NEW."id", NEW."named", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."words"); RETURN NULL;', hash='427434fcc6b2d84609522ffbfa21e95ad43f6d88', operation='INSERT', pgid='pgtrigger_insert_insert_22e3a', table='programmes_question', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "programmes_questionevent" ("answer", "answered_at", "answered_by_id", "asked_at", "decision_id", "id", "named", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "words") VALUES (NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."asked_at", NEW."decision_id", NEW."id", NEW."named", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."words"); RETURN NULL;', hash='73403e6337d949de07de826c0ccc7f546aa8b170', operation='UPDATE', pgid='pgtrigger_update_update_96d0c', table='programmes_question', when='AFTER'))],
                },
            ), migrations.CreateModel(
                name='Seal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveIntegerField(verbose_name='number')),
                    ('previous', models.CharField(blank=True, max_length=64, verbose_name='seal before it')),
                    ('content', wellbeing.lib.texts.LimitedTextField(max_length=10000000, verbose_name='record')),
                    ('digest', models.CharField(max_length=64, unique=True, verbose_name='seal')),
                    ('sealed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='sealed')),
                    ('decision', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='seal', to='programmes.decision', verbose_name='decision')),
                    ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seals', to='programmes.group', verbose_name='group')),
                ],
                options={
                    'verbose_name': 'seal',
                    'verbose_name_plural': 'seals',
                    'ordering': ['group', 'number'],
                    'constraints': [models.UniqueConstraint(fields=('group', 'number'), name='one_seal_per_number'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('content')), 10000000)), name='programmes_seal_content_fits')],
                    'triggers': [pgtrigger.compiler.Trigger(name='seals_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='cf8b8b4c097d91e2eb98ee491bfd89816603d274', operation='UPDATE OR DELETE', pgid='pgtrigger_seals_stay_69696', table='programmes_seal', when='BEFORE')), pgtrigger.compiler.Trigger(name='seals_follow_each_other', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE last programmes_seal%ROWTYPE; state text; of_group bigint;', func="\n                    SELECT status, group_id INTO state, of_group FROM programmes_decision WHERE id = NEW.decision_id;\n                    IF state NOT IN ('decided', 'not_agreed', 'deferred') OR of_group <> NEW.group_id THEN\n                        RAISE EXCEPTION 'a seal closes a decision of its group'; END IF;\n                    SELECT * INTO last FROM programmes_seal WHERE group_id = NEW.group_id\n                        ORDER BY number DESC LIMIT 1;\n                    IF NEW.number <> coalesce(last.number, 0) + 1 OR NEW.previous <> coalesce(last.digest, '') THEN\n                        RAISE EXCEPTION 'a seal follows the one before it'; END IF;\n                    IF NEW.digest <>\n                        encode(sha256(convert_to(NEW.previous || E'\\n' || NEW.content, 'UTF8')), 'hex') THEN\n                        RAISE EXCEPTION 'a seal is the digest of its record'; END IF;\n                    RETURN NEW;\n                ", hash='6005074e6ca391dc5c4a0f75fc601dda4a2d3547', operation='INSERT', pgid='pgtrigger_seals_follow_each_other_fc90d', table='programmes_seal', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='Version',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                    ('wording', wellbeing.lib.texts.LimitedTextField(help_text='The exact words people are asked about.', max_length=4000, verbose_name='the proposal')),
                    ('why', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=2000, verbose_name='why the words changed')),
                    ('asked_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='asked from')),
                    ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='programmes.decision', verbose_name='decision')),
                    ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='written by')),
                ],
                options={
                    'verbose_name': 'wording of a proposal',
                    'verbose_name_plural': 'wordings of proposals',
                    'ordering': ['decision', 'number'],
                    'constraints': [models.UniqueConstraint(fields=('decision', 'number'), name='one_wording_per_number'), models.CheckConstraint(condition=models.Q(('wording', ''), _negated=True), name='wording_says_something'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('wording')), 4000)), name='programmes_version_wording_fits'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('why')), 2000)), name='programmes_version_why_fits')],
                    'triggers': [pgtrigger.compiler.Trigger(name='wordings_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='113905df4aa614d4f5ba3b5201587113de953759', operation='UPDATE OR DELETE', pgid='pgtrigger_wordings_stay_09720', table='programmes_version', when='BEFORE')), pgtrigger.compiler.Trigger(name='wording_follows_the_last', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE state text; last integer;', func="SELECT status INTO state FROM programmes_decision WHERE id = NEW.decision_id FOR UPDATE; IF state NOT IN ('gathering', 'shaping', 'deciding') THEN RAISE EXCEPTION 'the wording cannot change once the decision is %', state; END IF; SELECT coalesce(max(number), 0) INTO last FROM programmes_version WHERE decision_id = NEW.decision_id; IF NEW.number <> last + 1 THEN RAISE EXCEPTION 'wordings of a proposal are numbered one after the other'; END IF; RETURN NEW;", hash='e00b8e1472dd2074e0b8d5d66f9e8408f37527c0', operation='INSERT', pgid='pgtrigger_wording_follows_the_last_04035', table='programmes_version', when='BEFORE')), pgtrigger.compiler.Trigger(name='newest_wording_is_asked', sql=pgtrigger.compiler.UpsertTriggerSql(func='UPDATE programmes_decision SET version_id = NEW.id WHERE id = NEW.decision_id; RETURN NULL;', hash='f9f8b39cd50d34216923195eac3060a008b36ce5', operation='INSERT', pgid='pgtrigger_newest_wording_is_asked_be61e', table='programmes_version', when='AFTER')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_versionevent" ("asked_on", "decision_id", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "why", "wording", "written_by_id") VALUES (NEW."asked_on", NEW."decision_id", NEW."id", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."why", NEW."wording", NEW."written_by_id"); RETURN NULL;', hash='52ca1138c9e525274634208dff3b2db166b358a7', operation='INSERT', pgid='pgtrigger_insert_insert_5474d', table='programmes_version', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "programmes_versionevent" ("asked_on", "decision_id", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "why", "wording", "written_by_id") VALUES (NEW."asked_on", NEW."decision_id", NEW."id", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."why", NEW."wording", NEW."written_by_id"); RETURN NULL;', hash='478c9ad6275a6b3a26b8d8784110c87784e0aa17', operation='UPDATE', pgid='pgtrigger_update_update_f65f5', table='programmes_version', when='AFTER'))],
                },
            ), migrations.CreateModel(
                name='ActionPointEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('title', wellbeing.lib.texts.LineField(max_length=200, verbose_name='what is to be done')),
                    ('due_on', models.DateField(verbose_name='by when')),
                    ('status', models.CharField(choices=[('open', 'To do'), ('done', 'Done'), ('dropped', 'Will not be done')], default='open', max_length=10, verbose_name='status')),
                    ('progress', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=4000, verbose_name='how far it is')),
                    ('progress_on', models.DateField(blank=True, null=True, verbose_name='said on')),
                    ('created_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='agreed')),
                    ('closed_on', models.DateField(blank=True, null=True, verbose_name='closed')),
                    ('created_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='written down by')),
                    ('decision', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.decision', verbose_name='decision')),
                    ('group', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.group', verbose_name='group')),
                    ('owner', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='who does it')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='programmes.actionpoint')),
                ],
                options={
                    'abstract': False,
                    'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e6c2eb0bc0ee520a345c7fe751241a0009cddbfd', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_44425', table='programmes_actionpointevent', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='DecisionReviewEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('reviewed_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='looked at on')),
                    ('happened', wellbeing.lib.texts.LimitedTextField(max_length=8000, verbose_name='what happened because of it, good and bad')),
                    ('result', models.CharField(choices=[('keep', 'It stays as it is'), ('change', 'It should change: a new proposal is made'), ('stop', 'It should stop: a new proposal is made')], max_length=10, verbose_name='what follows')),
                    ('next_on', models.DateField(blank=True, null=True, verbose_name='look at it again')),
                    ('decision', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.decision', verbose_name='decision')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='programmes.decisionreview')),
                    ('recorded_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='recorded by')),
                ],
                options={
                    'abstract': False,
                    'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='08dbf80d440bfa0c3fc373cb0880fba0ceab5f92', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d1e2a', table='programmes_decisionreviewevent', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='DeclaredInterest',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('nature', models.CharField(choices=[('money', 'Money: payment, a contract, a grant, shares'), ('work', 'Work: for, or on the board of, an organisation it concerns'), ('family', 'Family or a close friend'), ('other', 'Something else that could sway you, or seem to')], max_length=10, verbose_name='kind of interest')),
                    ('outline', wellbeing.lib.texts.LimitedTextField(max_length=1000, verbose_name='in a few words')),
                    ('in_advance', models.BooleanField(verbose_name='declared before it was discussed')),
                    ('declared_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='declared')),
                    ('taken_back_on', models.DateField(blank=True, null=True, verbose_name='taken back')),
                    ('taken_back_why', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=1000, verbose_name='why it was taken back')),
                    ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='declared_interests', to='programmes.decision', verbose_name='decision')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='member')),
                    ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='written down by')),
                    ('interest', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='declared_in', to='programmes.interest', verbose_name='in the register as')),
                ],
                options={
                    'verbose_name': 'interest in a decision',
                    'verbose_name_plural': 'interests in decisions',
                    'ordering': ['declared_on', 'pk'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('taken_back_on', None)), fields=('decision', 'person'), name='one_interest_per_decision'), models.CheckConstraint(condition=models.Q(('outline', ''), _negated=True), name='declared_interest_says_what'), models.CheckConstraint(condition=models.Q(models.Q(('taken_back_on', None), ('taken_back_why', '')), models.Q(('taken_back_on__gte', models.F('declared_on')), models.Q(('taken_back_why', ''), _negated=True)), _connector='OR'), name='declared_interest_taken_back_says_why'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('outline')), 1000)), name='programmes_declaredinterest_outline_fits'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('taken_back_why')), 1000)), name='programmes_declaredinterest_taken_back_why_fits')],
                    'triggers': [pgtrigger.compiler.Trigger(name='declared_interests_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='d039188d38d511e83eb42d2d1af2ca7745cb2493', operation='DELETE', pgid='pgtrigger_declared_interests_are_kept_15b2d', table='programmes_declaredinterest', when='BEFORE')), pgtrigger.compiler.Trigger(name='declared_interests_are_only_taken_back', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."decision_id" IS DISTINCT FROM (NEW."decision_id") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."interest_id" IS DISTINCT FROM (NEW."interest_id") OR OLD."nature" IS DISTINCT FROM (NEW."nature") OR OLD."outline" IS DISTINCT FROM (NEW."outline") OR OLD."in_advance" IS DISTINCT FROM (NEW."in_advance") OR OLD."declared_on" IS DISTINCT FROM (NEW."declared_on") OR OLD."recorded_by_id" IS DISTINCT FROM (NEW."recorded_by_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='cfe620979dd890f8dcbae432643c284bbc20bcd3', operation='UPDATE', pgid='pgtrigger_declared_interests_are_only_taken_back_a4b35', table='programmes_declaredinterest', when='BEFORE')), pgtrigger.compiler.Trigger(name='interests_close_with_decision', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE state text;', func="SELECT status INTO state FROM programmes_decision WHERE id = NEW.decision_id FOR SHARE; IF state NOT IN ('gathering', 'shaping', 'deciding') THEN RAISE EXCEPTION 'an interest is declared before the decision'; END IF; RETURN NEW;", hash='8b6e7c0949848066ad16c8a98c8040a0ebc28625', operation='INSERT OR UPDATE', pgid='pgtrigger_interests_close_with_decision_5e723', table='programmes_declaredinterest', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_declaredinterestevent" ("decision_id", "declared_on", "id", "in_advance", "interest_id", "nature", "outline", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "taken_back_on", "taken_back_why") VALUES (NEW."decision_id", NEW."declared_on", NEW."id", NEW."in_advance", NEW."interest_id", NEW."nature", NEW."outline", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."recorded_by_id", NEW."taken_back_on", NEW."taken_back_why"); RETURN NULL;', hash='3370b1011eab4a82b11af417cb624aff55fb8732', operation='INSERT', pgid='pgtrigger_insert_insert_9657d', table='programmes_declaredinterest', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "programmes_declaredinterestevent" ("decision_id", "declared_on", "id", "in_advance", "interest_id", "nature", "outline", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "taken_back_on", "taken_back_why") VALUES (NEW."decision_id", NEW."declared_on", NEW."id", NEW."in_advance", NEW."interest_id", NEW."nature", NEW."outline", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."recorded_by_id", NEW."taken_back_on", NEW."taken_back_why"); RETURN NULL;', hash='edea929f5e1d7ca13c9bc8e24a763b1cad8c9eae', operation='UPDATE', pgid='pgtrigger_update_update_cfb3a', table='programmes_declaredinterest', when='AFTER'))],
                },
            ), migrations.CreateModel(
                name='GroupRulesEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('starts_on', models.DateField(verbose_name='from')),
                    ('terms_of_reference', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=20000, verbose_name='terms of reference')),
                    ('quorum', models.PositiveSmallIntegerField(verbose_name='members who must take part')),
                    ('lived_experience_minimum', models.PositiveSmallIntegerField(verbose_name='of them with lived experience')),
                    ('methods', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('consent', 'By consent: it is agreed when nobody objects'), ('gradient', 'By how far each member agrees, in eight steps'), ('vote', 'By vote')], max_length=10), size=None, verbose_name='how the group may decide')),
                    ('support_percent', models.PositiveSmallIntegerField(verbose_name='support needed, more than this per cent')),
                    ('proposers', models.CharField(choices=[('all', 'Members, and programme staff'), ('members', 'Members of the group only'), ('chairs', 'The chairs, and programme staff')], default='all', max_length=10, verbose_name='who may put a proposal')),
                    ('open_days', models.PositiveSmallIntegerField(verbose_name='days a proposal is open at least')),
                    ('amended_days', models.PositiveSmallIntegerField(verbose_name='days it stays open after its words change')),
                    ('answer_days', models.PositiveSmallIntegerField(verbose_name='days to say if an answer is enough')),
                    ('urgency_rule', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=2000, verbose_name='when it may decide sooner')),
                    ('ratify_days', models.PositiveSmallIntegerField(verbose_name='days in which an urgent decision is looked at again')),
                    ('interest_days', models.PositiveSmallIntegerField(verbose_name='days between two looks at declared interests')),
                    ('reach', models.CharField(choices=[('group', 'The group and programme staff'), ('programme', 'Everyone in the programme'), ('public', 'Everyone: there is a public page')], default='programme', max_length=10, verbose_name='who sees what was decided')),
                    ('tells_programme', models.BooleanField(default=False, verbose_name='everyone in the programme is told what was decided')),
                    ('fewest_inside', models.PositiveSmallIntegerField(verbose_name='few people, for members and the programme')),
                    ('fewest_public', models.PositiveSmallIntegerField(verbose_name='few people, for the public')),
                    ('set_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='set')),
                    ('agreed_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.decision', verbose_name='decision that agreed them')),
                    ('group', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.group', verbose_name='group')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='programmes.grouprules')),
                    ('set_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='set by')),
                ],
                options={
                    'abstract': False,
                    'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b0234a96684ffba1dbc0aea1f48741151859f914', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d2db1', table='programmes_grouprulesevent', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='InterestEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('nature', models.CharField(choices=[('money', 'Money: payment, a contract, a grant, shares'), ('work', 'Work: for, or on the board of, an organisation it concerns'), ('family', 'Family or a close friend'), ('other', 'Something else that could sway you, or seem to')], max_length=10, verbose_name='kind of interest')),
                    ('outline', wellbeing.lib.texts.LimitedTextField(max_length=1000, verbose_name='in a few words')),
                    ('declared_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='declared')),
                    ('ended_on', models.DateField(blank=True, null=True, verbose_name='ended')),
                    ('group', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.group', verbose_name='group')),
                    ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='member')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='programmes.interest')),
                    ('recorded_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='written down by')),
                ],
                options={
                    'abstract': False,
                    'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='3971007b045d16ea1666d0b9f771c90a23daeb01', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_59d5d', table='programmes_interestevent', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='InterestReviewEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('reviewed_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='said on')),
                    ('group', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.group', verbose_name='group')),
                    ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='member')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='programmes.interestreview')),
                    ('recorded_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='written down by')),
                ],
                options={
                    'abstract': False,
                    'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0eec64c94603c044c9a90884228d28c1281d04ce', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_503d1', table='programmes_interestreviewevent', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='LateViewEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('stance', models.CharField(choices=[('whole_hearted', 'I agree whole-heartedly'), ('minor', 'I agree, with one small change'), ('reservations', 'I support it, with reservations'), ('abstain', 'I stand aside (I will not block it)'), ('more_talk', 'We need to talk more'), ('dislike', 'I do not like it, but I will support it'), ('serious', 'I seriously disagree'), ('veto', 'I cannot accept it'), ('consent', 'I have no objection'), ('concerns', 'I have concerns, but it is safe enough to try'), ('object', 'I object'), ('in_favour', 'In favour'), ('against', 'Against'), ('pass', 'I pass')], max_length=15, verbose_name='position')),
                    ('reason', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=4000, verbose_name='in your own words')),
                    ('named', models.BooleanField(default=True, verbose_name='show my name with my words')),
                    ('said_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='said')),
                    ('decision', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.decision', verbose_name='decision')),
                    ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='member')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='programmes.lateview')),
                ],
                options={
                    'abstract': False,
                    'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1d2a0dd16cebd8467fbf65316e4b3474c8af4b04', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_029f1', table='programmes_lateviewevent', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='Objection',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('is_objection', models.BooleanField(default=True, verbose_name='an objection, and no reservation')),
                    ('words', wellbeing.lib.texts.LimitedTextField(max_length=4000, verbose_name='in their own words')),
                    ('raised_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='raised')),
                    ('closed_as', models.CharField(blank=True, choices=[('enough', 'That is enough for me'), ('stands', 'My objection still stands')], max_length=10, verbose_name='after the answer')),
                    ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='said')),
                    ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='said by')),
                    ('closing_recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='written down by')),
                    ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objections', to='programmes.decision', verbose_name='decision')),
                    ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='member')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='raised by')),
                    ('position', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objections', to='programmes.position', verbose_name='position')),
                    ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.version', verbose_name='wording')),
                ],
                options={
                    'verbose_name': 'objection',
                    'verbose_name_plural': 'objections',
                    'ordering': ['raised_at', 'pk'],
                    'constraints': [models.UniqueConstraint(fields=('position',), name='one_objection_per_position'), models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='objection_says_something'), models.CheckConstraint(condition=models.Q(models.Q(('closed_as', ''), ('closed_at', None), ('closed_by', None)), models.Q(models.Q(('closed_as', ''), _negated=True), ('closed_at__isnull', False), ('closed_by', models.F('person'))), _connector='OR'), name='objection_closed_by_its_member'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('words')), 4000)), name='programmes_objection_words_fits')],
                    'triggers': [pgtrigger.compiler.Trigger(name='objections_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='290300aef39196fa6a6d527a2e0734c29a3ed7ce', operation='DELETE', pgid='pgtrigger_objections_are_kept_5201b', table='programmes_objection', when='BEFORE')), pgtrigger.compiler.Trigger(name='objections_stay', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."decision_id" IS DISTINCT FROM (NEW."decision_id") OR OLD."version_id" IS DISTINCT FROM (NEW."version_id") OR OLD."position_id" IS DISTINCT FROM (NEW."position_id") OR OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."member_id" IS DISTINCT FROM (NEW."member_id") OR OLD."raised_at" IS DISTINCT FROM (NEW."raised_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='e51f088b31f16bc6784a727611ff5bc3ad290940', operation='UPDATE', pgid='pgtrigger_objections_stay_7fb72', table='programmes_objection', when='BEFORE')), pgtrigger.compiler.Trigger(name='objections_close_with_decision', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE state text;', func="SELECT status INTO state FROM programmes_decision WHERE id = NEW.decision_id FOR SHARE; IF state NOT IN ('gathering', 'shaping', 'deciding') THEN RAISE EXCEPTION 'nothing is added once the decision is %', state; END IF; RETURN NEW;", hash='3af27a982a19263beeeb12ea1244df49882467d8', operation='INSERT OR UPDATE', pgid='pgtrigger_objections_close_with_decision_6d3fb', table='programmes_objection', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_objectionevent" ("closed_as", "closed_at", "closed_by_id", "closing_recorded_by_id", "decision_id", "id", "is_objection", "member_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position_id", "raised_at", "version_id", "words") VALUES (NEW."closed_as", NEW."closed_at", NEW."closed_by_id", NEW."closing_recorded_by_id", NEW."decision_id", NEW."id", NEW."is_objection", NEW."member_id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position_id", NEW."raised_at", NEW."version_id", NEW."words"); RETURN NULL;', hash='650e550af7cd70dd40dab69a13841fc055fdf6f4', operation='INSERT', pgid='pgtrigger_insert_insert_18714', table='programmes_objection', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "programmes_objectionevent" ("closed_as", "closed_at", "closed_by_id", "closing_recorded_by_id", "decision_id", "id", "is_objection", "member_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position_id", "raised_at", "version_id", "words") VALUES (NEW."closed_as", NEW."closed_at", NEW."closed_by_id", NEW."closing_recorded_by_id", NEW."decision_id", NEW."id", NEW."is_objection", NEW."member_id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position_id", NEW."raised_at", NEW."version_id", NEW."words"); RETURN NULL;', hash='362e13b3dfca2567be57f8a64c12b25a3e4a1541', operation='UPDATE', pgid='pgtrigger_update_update_4a064', table='programmes_objection', when='AFTER'))],
                },
            ), migrations.CreateModel(
                name='OptionEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                    ('title', wellbeing.lib.texts.LineField(max_length=150, verbose_name='in a few words')),
                    ('for_it', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=4000, verbose_name='what speaks for it')),
                    ('against_it', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=4000, verbose_name='what speaks against it')),
                    ('cost', wellbeing.lib.texts.LineField(blank=True, max_length=150, verbose_name='what it costs')),
                    ('added_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='added by')),
                    ('decision', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.decision', verbose_name='decision')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='programmes.option')),
                ],
                options={
                    'abstract': False,
                    'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='acec12f4e6b9a769afe3d1ca8b7c4cce07131403', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_73d11', table='programmes_optionevent', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='QuestionEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('named', models.BooleanField(default=True, verbose_name='show my name')),
                    ('words', wellbeing.lib.texts.LimitedTextField(max_length=2000, verbose_name='question')),
                    ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='asked')),
                    ('answer', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=4000, verbose_name='answer')),
                    ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered')),
                    ('answered_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='answered by')),
                    ('decision', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.decision', verbose_name='decision')),
                    ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='asked by')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='programmes.question')),
                ],
                options={
                    'abstract': False,
                    'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a44d365e553c1f4e947c946689ea755a8e263340', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4ffb1', table='programmes_questionevent', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='SeatNumber',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('seat', models.CharField(choices=[('lived_experience', 'Lived experience'), ('partner', 'Partner charity'), ('staff', 'Programme staff'), ('funder', 'Funder')], max_length=20, verbose_name='kind of member')),
                    ('number', models.PositiveSmallIntegerField(verbose_name='seats')),
                    ('rules', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='programmes.grouprules', verbose_name='rules')),
                ],
                options={
                    'verbose_name': 'number of seats',
                    'verbose_name_plural': 'numbers of seats',
                    'ordering': ['rules', 'pk'],
                    'constraints': [models.UniqueConstraint(fields=('rules', 'seat'), name='one_number_per_seat')],
                    'triggers': [pgtrigger.compiler.Trigger(name='seat_numbers_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c825db15f36851b3b89a15454a119917cd739c10', operation='UPDATE OR DELETE', pgid='pgtrigger_seat_numbers_stay_42a7b', table='programmes_seatnumber', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_seatnumberevent" ("id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rules_id", "seat") VALUES (NEW."id", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."rules_id", NEW."seat"); RETURN NULL;', hash='27d838cff5e1eb1d3f148d8edea56b340b58c742', operation='INSERT', pgid='pgtrigger_insert_insert_f7b39', table='programmes_seatnumber', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "programmes_seatnumberevent" ("id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rules_id", "seat") VALUES (NEW."id", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."rules_id", NEW."seat"); RETURN NULL;', hash='6a045a5abcf0405f5f2d0e825fb361925f75dc68', operation='UPDATE', pgid='pgtrigger_update_update_fccf7', table='programmes_seatnumber', when='AFTER'))],
                },
            ), migrations.CreateModel(
                name='Thought',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('seat', models.CharField(choices=[('lived_experience', 'Lived experience'), ('partner', 'Partner charity'), ('staff', 'Programme staff'), ('funder', 'Funder')], max_length=20, verbose_name='kind of member')),
                    ('words', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=4000, verbose_name='first thoughts')),
                    ('matters', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=2000, verbose_name='what matters to you about it')),
                    ('passes', models.BooleanField(default=False, verbose_name='I pass for now')),
                    ('named', models.BooleanField(default=True, verbose_name='show my name with my words')),
                    ('said_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='said')),
                    ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='thoughts', to='programmes.decision', verbose_name='decision')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='said by')),
                    ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.version', verbose_name='wording')),
                ],
                options={
                    'verbose_name': 'first thoughts',
                    'verbose_name_plural': 'first thoughts',
                    'ordering': ['said_at', 'pk'],
                    'constraints': [models.UniqueConstraint(fields=('version', 'person'), name='one_thought_per_wording'), models.CheckConstraint(condition=models.Q(('passes', True), models.Q(('words', ''), _negated=True), _connector='OR'), name='thought_speaks_or_passes'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('words')), 4000)), name='programmes_thought_words_fits'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('matters')), 2000)), name='programmes_thought_matters_fits')],
                    'triggers': [pgtrigger.compiler.Trigger(name='thoughts_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='f598a871e58a78bc95d31c3af0bebd5135fb46ad', operation='DELETE', pgid='pgtrigger_thoughts_are_kept_a7faa', table='programmes_thought', when='BEFORE')), pgtrigger.compiler.Trigger(name='thoughts_close_with_decision', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE state text;', func="SELECT status INTO state FROM programmes_decision WHERE id = NEW.decision_id FOR SHARE; IF state NOT IN ('gathering', 'shaping', 'deciding') THEN RAISE EXCEPTION 'nothing is added once the decision is %', state; END IF; RETURN NEW;", hash='cd0deba5ee953383b8eb816df3da5e4fb3459b42', operation='INSERT OR UPDATE', pgid='pgtrigger_thoughts_close_with_decision_824f7', table='programmes_thought', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_thoughtevent" ("decision_id", "id", "matters", "named", "passes", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "said_at", "seat", "version_id", "words") VALUES (NEW."decision_id", NEW."id", NEW."matters", NEW."named", NEW."passes", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."said_at", NEW."seat", NEW."version_id", NEW."words"); RETURN NULL;', hash='614293658c15fe3aaf7f2d3a788840e52f4718c5', operation='INSERT', pgid='pgtrigger_insert_insert_18964', table='programmes_thought', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "programmes_thoughtevent" ("decision_id", "id", "matters", "named", "passes", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "said_at", "seat", "version_id", "words") VALUES (NEW."decision_id", NEW."id", NEW."matters", NEW."named", NEW."passes", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."said_at", NEW."seat", NEW."version_id", NEW."words"); RETURN NULL;', hash='a6a47483d52e4183af2c5756db729da212287db5', operation='UPDATE', pgid='pgtrigger_update_update_090ad', table='programmes_thought', when='AFTER'))],
                },
            ), migrations.CreateModel(
                name='VersionEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                    ('wording', wellbeing.lib.texts.LimitedTextField(help_text='The exact words people are asked about.', max_length=4000, verbose_name='the proposal')),
                    ('why', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=2000, verbose_name='why the words changed')),
                    ('asked_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='asked from')),
                    ('decision', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.decision', verbose_name='decision')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='programmes.version')),
                    ('written_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='written by')),
                ],
                options={
                    'abstract': False,
                    'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='584c48f01bada6f39c958cd918ed28fc63197b75', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_46b2e', table='programmes_versionevent', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='DeclaredInterestEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('nature', models.CharField(choices=[('money', 'Money: payment, a contract, a grant, shares'), ('work', 'Work: for, or on the board of, an organisation it concerns'), ('family', 'Family or a close friend'), ('other', 'Something else that could sway you, or seem to')], max_length=10, verbose_name='kind of interest')),
                    ('outline', wellbeing.lib.texts.LimitedTextField(max_length=1000, verbose_name='in a few words')),
                    ('in_advance', models.BooleanField(verbose_name='declared before it was discussed')),
                    ('declared_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='declared')),
                    ('taken_back_on', models.DateField(blank=True, null=True, verbose_name='taken back')),
                    ('taken_back_why', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=1000, verbose_name='why it was taken back')),
                    ('decision', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.decision', verbose_name='decision')),
                    ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='member')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='programmes.declaredinterest')),
                    ('recorded_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='written down by')),
                    ('interest', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.interest', verbose_name='in the register as')),
                ],
                options={
                    'abstract': False,
                    'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ece4f08516751160f315e64e7ffde2881d88aa44', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9b811', table='programmes_declaredinterestevent', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='ObjectionEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('is_objection', models.BooleanField(default=True, verbose_name='an objection, and no reservation')),
                    ('words', wellbeing.lib.texts.LimitedTextField(max_length=4000, verbose_name='in their own words')),
                    ('raised_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='raised')),
                    ('closed_as', models.CharField(blank=True, choices=[('enough', 'That is enough for me'), ('stands', 'My objection still stands')], max_length=10, verbose_name='after the answer')),
                    ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='said')),
                    ('closed_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='said by')),
                    ('closing_recorded_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='written down by')),
                    ('decision', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.decision', verbose_name='decision')),
                    ('member', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='member')),
                    ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='raised by')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='programmes.objection')),
                    ('position', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.position', verbose_name='position')),
                    ('version', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.version', verbose_name='wording')),
                ],
                options={
                    'abstract': False,
                    'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a9a081104d171cd0a7502a7a004916c190d1b2f1', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a97da', table='programmes_objectionevent', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='ObjectionReply',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('words', wellbeing.lib.texts.LimitedTextField(max_length=4000, verbose_name='answer')),
                    ('answered_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='answered')),
                    ('objection', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='programmes.objection', verbose_name='objection')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='answered by')),
                    ('version', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='programmes.version', verbose_name='changed words')),
                ],
                options={
                    'verbose_name': 'answer to an objection',
                    'verbose_name_plural': 'answers to objections',
                    'ordering': ['pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='objection_reply_says_something'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('words')), 4000)), name='programmes_objectionreply_words_fits')],
                    'triggers': [pgtrigger.compiler.Trigger(name='objection_replies_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='20cd86db84c6a3874145a907e4b9897d91bad13d', operation='UPDATE OR DELETE', pgid='pgtrigger_objection_replies_stay_90de7', table='programmes_objectionreply', when='BEFORE')), pgtrigger.compiler.Trigger(name='objection_replies_close_with_decision', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE state text;', func="SELECT status INTO state FROM programmes_decision WHERE id = (SELECT o.decision_id FROM programmes_objection o WHERE o.id = NEW.objection_id) FOR SHARE; IF state NOT IN ('gathering', 'shaping', 'deciding') THEN RAISE EXCEPTION 'nothing is added once the decision is %', state; END IF; RETURN NEW;", hash='bcd14ed0a5e89f604ec5a3ddb4a70569ab220b43', operation='INSERT OR UPDATE', pgid='pgtrigger_objection_replies_close_with_decision_64256', table='programmes_objectionreply', when='BEFORE')), pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_objectionreplyevent" ("answered_on", "id", "objection_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version_id", "words") VALUES (NEW."answered_on", NEW."id", NEW."objection_id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."version_id", NEW."words"); RETURN NULL;', hash='cb814e9ac973f92ebf0327e4f8bd50e31468fb1a', operation='INSERT', pgid='pgtrigger_insert_insert_984d8', table='programmes_objectionreply', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "programmes_objectionreplyevent" ("answered_on", "id", "objection_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version_id", "words") VALUES (NEW."answered_on", NEW."id", NEW."objection_id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."version_id", NEW."words"); RETURN NULL;', hash='1b80b5a073ddbea3cef13c3bc710ee35b37d1126', operation='UPDATE', pgid='pgtrigger_update_update_19356', table='programmes_objectionreply', when='AFTER'))],
                },
            ), migrations.CreateModel(
                name='SeatNumberEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('seat', models.CharField(choices=[('lived_experience', 'Lived experience'), ('partner', 'Partner charity'), ('staff', 'Programme staff'), ('funder', 'Funder')], max_length=20, verbose_name='kind of member')),
                    ('number', models.PositiveSmallIntegerField(verbose_name='seats')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='programmes.seatnumber')),
                    ('rules', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.grouprules', verbose_name='rules')),
                ],
                options={
                    'abstract': False,
                    'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='18a25e709c30978e652cdfac8465405e6f7c8302', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_cc1eb', table='programmes_seatnumberevent', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='ThoughtEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('seat', models.CharField(choices=[('lived_experience', 'Lived experience'), ('partner', 'Partner charity'), ('staff', 'Programme staff'), ('funder', 'Funder')], max_length=20, verbose_name='kind of member')),
                    ('words', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=4000, verbose_name='first thoughts')),
                    ('matters', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=2000, verbose_name='what matters to you about it')),
                    ('passes', models.BooleanField(default=False, verbose_name='I pass for now')),
                    ('named', models.BooleanField(default=True, verbose_name='show my name with my words')),
                    ('said_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='said')),
                    ('decision', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.decision', verbose_name='decision')),
                    ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='said by')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='programmes.thought')),
                    ('version', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.version', verbose_name='wording')),
                ],
                options={
                    'abstract': False,
                    'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1167bb7ee1be94781a433506f1520032452fd675', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d8612', table='programmes_thoughtevent', when='BEFORE'))],
                },
            ), migrations.CreateModel(
                name='ObjectionReplyEvent',
                fields=[
                    ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                    ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                    ('pgh_label', models.TextField(help_text='The event label.')),
                    ('id', models.BigIntegerField()),
                    ('words', wellbeing.lib.texts.LimitedTextField(max_length=4000, verbose_name='answer')),
                    ('answered_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='answered')),
                    ('objection', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.objection', verbose_name='objection')),
                    ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='answered by')),
                    ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                    ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='programmes.objectionreply')),
                    ('version', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.version', verbose_name='changed words')),
                ],
                options={
                    'abstract': False,
                    'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='20a1daa10569a560cf51e40d038f349077c59e00', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_05149', table='programmes_objectionreplyevent', when='BEFORE'))],
                },
            )],
        ),
        migrations.RunPython(keep_words, migrations.RunPython.noop, elidable=True),
        AtOnce(
            operations=[pgtrigger.migrations.RemoveTrigger(
                model_name='decision',
                name='decision_status',
            ), pgtrigger.migrations.RemoveTrigger(
                model_name='decision',
                name='closed_decisions_are_sealed',
            ), pgtrigger.migrations.RemoveTrigger(
                model_name='decision',
                name='wording_stays_once_someone_spoke',
            ), pgtrigger.migrations.RemoveTrigger(
                model_name='decision',
                name='insert_insert',
            ), pgtrigger.migrations.RemoveTrigger(
                model_name='decision',
                name='update_update',
            ), pgtrigger.migrations.RemoveTrigger(
                model_name='position',
                name='positions_close_with_decision',
            ), pgtrigger.migrations.RemoveTrigger(
                model_name='position',
                name='insert_insert',
            ), pgtrigger.migrations.RemoveTrigger(
                model_name='position',
                name='update_update',
            ), pgtrigger.migrations.RemoveTrigger(
                model_name='term',
                name='insert_insert',
            ), pgtrigger.migrations.RemoveTrigger(
                model_name='term',
                name='update_update',
            ), migrations.RemoveConstraint(
                model_name='decision',
                name='decision_decided_has_outcome',
            ), migrations.RemoveConstraint(
                model_name='decision',
                name='programmes_decision_wording_fits',
            ), migrations.RemoveConstraint(
                model_name='position',
                name='one_position_per_member',
            ), migrations.AddField(
                model_name='decision',
                name='affected',
                field=wellbeing.lib.texts.LimitedTextField(blank=True, max_length=4000, verbose_name='who it affects, and how'),
            ), migrations.AddField(
                model_name='decision',
                name='cost',
                field=wellbeing.lib.texts.LimitedTextField(blank=True, max_length=2000, verbose_name='what it costs'),
            ), migrations.AddField(
                model_name='decision',
                name='deciding_from',
                field=models.DateField(blank=True, null=True, verbose_name='views asked for from'),
            ), migrations.AddField(
                model_name='decision',
                name='earlier',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='later', to='programmes.decision', verbose_name='earlier decision'),
            ), migrations.AddField(
                model_name='decision',
                name='easy_read',
                field=wellbeing.lib.texts.LimitedTextField(blank=True, max_length=4000, verbose_name='in short, easy sentences'),
            ), migrations.AddField(
                model_name='decision',
                name='hides_views',
                field=models.BooleanField(default=False, verbose_name="members see each other's views once they have given theirs"),
            ), migrations.AddField(
                model_name='decision',
                name='in_force_on',
                field=models.DateField(blank=True, null=True, verbose_name='in force from'),
            ), migrations.AddField(
                model_name='decision',
                name='method',
                field=models.CharField(choices=[('consent', 'By consent: it is agreed when nobody objects'), ('gradient', 'By how far each member agrees, in eight steps'), ('vote', 'By vote')], default='gradient', max_length=10, verbose_name='how it is decided'),
            ), migrations.AddField(
                model_name='decision',
                name='relation',
                field=models.CharField(blank=True, choices=[('follows', 'Follows'), ('corrects', 'Puts right'), ('ratifies', 'Confirms or reverses')], max_length=10, verbose_name='link to it'),
            ), migrations.AddField(
                model_name='decision',
                name='safe_to_try',
                field=models.BooleanField(default=False, verbose_name='safe enough to try'),
            ), migrations.AddField(
                model_name='decision',
                name='urgency_reason',
                field=wellbeing.lib.texts.LimitedTextField(blank=True, max_length=2000, verbose_name='why it was decided sooner'),
            ), migrations.AddField(
                model_name='decisionevent',
                name='affected',
                field=wellbeing.lib.texts.LimitedTextField(blank=True, max_length=4000, verbose_name='who it affects, and how'),
            ), migrations.AddField(
                model_name='decisionevent',
                name='cost',
                field=wellbeing.lib.texts.LimitedTextField(blank=True, max_length=2000, verbose_name='what it costs'),
            ), migrations.AddField(
                model_name='decisionevent',
                name='deciding_from',
                field=models.DateField(blank=True, null=True, verbose_name='views asked for from'),
            ), migrations.AddField(
                model_name='decisionevent',
                name='earlier',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.decision', verbose_name='earlier decision'),
            ), migrations.AddField(
                model_name='decisionevent',
                name='easy_read',
                field=wellbeing.lib.texts.LimitedTextField(blank=True, max_length=4000, verbose_name='in short, easy sentences'),
            ), migrations.AddField(
                model_name='decisionevent',
                name='hides_views',
                field=models.BooleanField(default=False, verbose_name="members see each other's views once they have given theirs"),
            ), migrations.AddField(
                model_name='decisionevent',
                name='in_force_on',
                field=models.DateField(blank=True, null=True, verbose_name='in force from'),
            ), migrations.AddField(
                model_name='decisionevent',
                name='method',
                field=models.CharField(choices=[('consent', 'By consent: it is agreed when nobody objects'), ('gradient', 'By how far each member agrees, in eight steps'), ('vote', 'By vote')], default='gradient', max_length=10, verbose_name='how it is decided'),
            ), migrations.AddField(
                model_name='decisionevent',
                name='relation',
                field=models.CharField(blank=True, choices=[('follows', 'Follows'), ('corrects', 'Puts right'), ('ratifies', 'Confirms or reverses')], max_length=10, verbose_name='link to it'),
            ), migrations.AddField(
                model_name='decisionevent',
                name='safe_to_try',
                field=models.BooleanField(default=False, verbose_name='safe enough to try'),
            ), migrations.AddField(
                model_name='decisionevent',
                name='urgency_reason',
                field=wellbeing.lib.texts.LimitedTextField(blank=True, max_length=2000, verbose_name='why it was decided sooner'),
            ), migrations.AddField(
                model_name='position',
                name='matters',
                field=wellbeing.lib.texts.LimitedTextField(blank=True, max_length=2000, verbose_name='what matters to you about it'),
            ), migrations.AddField(
                model_name='position',
                name='member',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='member'),
            ), migrations.AddField(
                model_name='position',
                name='recorded_by',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='written down by'),
            ), migrations.AddField(
                model_name='position',
                name='way',
                field=models.CharField(choices=[('page', 'Online'), ('phone', 'By phone'), ('letter', 'By letter'), ('meeting', 'At a meeting')], default='page', max_length=10, verbose_name='given'),
            ), migrations.AddField(
                model_name='positionevent',
                name='matters',
                field=wellbeing.lib.texts.LimitedTextField(blank=True, max_length=2000, verbose_name='what matters to you about it'),
            ), migrations.AddField(
                model_name='positionevent',
                name='member',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='member'),
            ), migrations.AddField(
                model_name='positionevent',
                name='recorded_by',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='written down by'),
            ), migrations.AddField(
                model_name='positionevent',
                name='way',
                field=models.CharField(choices=[('page', 'Online'), ('phone', 'By phone'), ('letter', 'By letter'), ('meeting', 'At a meeting')], default='page', max_length=10, verbose_name='given'),
            ), migrations.AddField(
                model_name='term',
                name='deputy_for',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deputies', to='people.person', verbose_name='deputy for'),
            ), migrations.AddField(
                model_name='termevent',
                name='deputy_for',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='deputy for'),
            ), migrations.AlterField(
                model_name='decision',
                name='background',
                field=wellbeing.lib.texts.LimitedTextField(blank=True, max_length=8000, verbose_name='why it is put forward now'),
            ), migrations.AlterField(
                model_name='decision',
                name='outcome_reason',
                field=wellbeing.lib.texts.LimitedTextField(blank=True, max_length=8000, verbose_name='why'),
            ), migrations.AlterField(
                model_name='decision',
                name='status',
                field=models.CharField(choices=[('gathering', 'Gathering views'), ('shaping', 'Being shaped'), ('deciding', 'Open for views'), ('decided', 'Decided'), ('not_agreed', 'Not agreed'), ('deferred', 'Put off'), ('withdrawn', 'Withdrawn')], default='deciding', max_length=10, verbose_name='stage'),
            ), migrations.AlterField(
                model_name='decisionevent',
                name='background',
                field=wellbeing.lib.texts.LimitedTextField(blank=True, max_length=8000, verbose_name='why it is put forward now'),
            ), migrations.AlterField(
                model_name='decisionevent',
                name='outcome_reason',
                field=wellbeing.lib.texts.LimitedTextField(blank=True, max_length=8000, verbose_name='why'),
            ), migrations.AlterField(
                model_name='decisionevent',
                name='status',
                field=models.CharField(choices=[('gathering', 'Gathering views'), ('shaping', 'Being shaped'), ('deciding', 'Open for views'), ('decided', 'Decided'), ('not_agreed', 'Not agreed'), ('deferred', 'Put off'), ('withdrawn', 'Withdrawn')], default='deciding', max_length=10, verbose_name='stage'),
            ), migrations.AlterField(
                model_name='position',
                name='person',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='positions', to='people.person', verbose_name='said by'),
            ), migrations.AlterField(
                model_name='position',
                name='seat',
                field=models.CharField(choices=[('lived_experience', 'Lived experience'), ('partner', 'Partner charity'), ('staff', 'Programme staff'), ('funder', 'Funder')], max_length=20, verbose_name='kind of member'),
            ), migrations.AlterField(
                model_name='position',
                name='stance',
                field=models.CharField(choices=[('whole_hearted', 'I agree whole-heartedly'), ('minor', 'I agree, with one small change'), ('reservations', 'I support it, with reservations'), ('abstain', 'I stand aside (I will not block it)'), ('more_talk', 'We need to talk more'), ('dislike', 'I do not like it, but I will support it'), ('serious', 'I seriously disagree'), ('veto', 'I cannot accept it'), ('consent', 'I have no objection'), ('concerns', 'I have concerns, but it is safe enough to try'), ('object', 'I object'), ('in_favour', 'In favour'), ('against', 'Against'), ('pass', 'I pass')], max_length=15, verbose_name='position'),
            ), migrations.AlterField(
                model_name='positionevent',
                name='person',
                field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='said by'),
            ), migrations.AlterField(
                model_name='positionevent',
                name='seat',
                field=models.CharField(choices=[('lived_experience', 'Lived experience'), ('partner', 'Partner charity'), ('staff', 'Programme staff'), ('funder', 'Funder')], max_length=20, verbose_name='kind of member'),
            ), migrations.AlterField(
                model_name='positionevent',
                name='stance',
                field=models.CharField(choices=[('whole_hearted', 'I agree whole-heartedly'), ('minor', 'I agree, with one small change'), ('reservations', 'I support it, with reservations'), ('abstain', 'I stand aside (I will not block it)'), ('more_talk', 'We need to talk more'), ('dislike', 'I do not like it, but I will support it'), ('serious', 'I seriously disagree'), ('veto', 'I cannot accept it'), ('consent', 'I have no objection'), ('concerns', 'I have concerns, but it is safe enough to try'), ('object', 'I object'), ('in_favour', 'In favour'), ('against', 'Against'), ('pass', 'I pass')], max_length=15, verbose_name='position'),
            ), migrations.AlterField(
                model_name='term',
                name='seat',
                field=models.CharField(choices=[('lived_experience', 'Lived experience'), ('partner', 'Partner charity'), ('staff', 'Programme staff'), ('funder', 'Funder')], max_length=20, verbose_name='kind of member'),
            ), migrations.AlterField(
                model_name='termevent',
                name='seat',
                field=models.CharField(choices=[('lived_experience', 'Lived experience'), ('partner', 'Partner charity'), ('staff', 'Programme staff'), ('funder', 'Funder')], max_length=20, verbose_name='kind of member'),
            ), migrations.AddField(
                model_name='decision',
                name='rules',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='programmes.grouprules', verbose_name='rules it is decided by'),
            ), migrations.AddField(
                model_name='decisionevent',
                name='rules',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.grouprules', verbose_name='rules it is decided by'),
            ), migrations.AddField(
                model_name='decision',
                name='version',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.version', verbose_name='the proposal'),
            ), migrations.AddField(
                model_name='decisionevent',
                name='version',
                field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.version', verbose_name='the proposal'),
            ), migrations.AddField(
                model_name='position',
                name='version',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='positions', to='programmes.version', verbose_name='wording'),
            ), migrations.AddField(
                model_name='positionevent',
                name='version',
                field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.version', verbose_name='wording'),
            ), pgtrigger.migrations.AddTrigger(
                model_name='decision',
                trigger=pgtrigger.compiler.Trigger(name='decision_status', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{gathering:shaping,gathering:deciding,gathering:deferred,gathering:withdrawn,shaping:gathering,shaping:deciding,shaping:deferred,shaping:withdrawn,deciding:decided,deciding:not_agreed,deciding:deferred,deciding:withdrawn}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='9b211449a900960165551483b13b70906184df01', operation='UPDATE', pgid='pgtrigger_decision_status_d0536', table='programmes_decision', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='decision',
                trigger=pgtrigger.compiler.Trigger(name='closed_decisions_are_sealed', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."status" IN (\'decided\', \'not_agreed\', \'deferred\', \'withdrawn\'))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='a0b046d69e6fe20fd398f96e847a3b0575c173c1', operation='UPDATE', pgid='pgtrigger_closed_decisions_are_sealed_1415f', table='programmes_decision', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='decision',
                trigger=pgtrigger.compiler.Trigger(name='opens_by_its_rules', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE r programmes_grouprules%ROWTYPE;', func="\n        IF TG_OP = 'INSERT' THEN\n            IF NEW.status NOT IN ('gathering', 'shaping', 'deciding') THEN\n                RAISE EXCEPTION 'a proposal begins open'; END IF;\n        ELSE\n            IF NEW.status IN ('decided', 'not_agreed') AND OLD.version_id IS DISTINCT FROM NEW.version_id THEN\n                RAISE EXCEPTION 'the words and the outcome never change together'; END IF;\n            IF NEW.version_id IS DISTINCT FROM OLD.version_id AND NOT EXISTS (\n                SELECT 1 FROM programmes_version v WHERE v.id = NEW.version_id AND v.decision_id = NEW.id\n                AND v.number = (SELECT max(number) FROM programmes_version WHERE decision_id = NEW.id)) THEN\n                RAISE EXCEPTION 'a proposal is its newest wording'; END IF;\n            IF OLD.status = 'deciding' THEN\n                IF (OLD.title, OLD.group_id, OLD.programme_id, OLD.rules_id, OLD.method, OLD.deciding_from)\n                    IS DISTINCT FROM\n                    (NEW.title, NEW.group_id, NEW.programme_id, NEW.rules_id, NEW.method, NEW.deciding_from)\n                    AND EXISTS (SELECT 1 FROM programmes_position WHERE decision_id = NEW.id) THEN\n                    RAISE EXCEPTION 'the question and how it is decided stay once a member has spoken'; END IF;\n                IF NEW.closes_on < OLD.closes_on THEN\n                    RAISE EXCEPTION 'the last day for views never moves nearer'; END IF;\n            END IF;\n        END IF;\n        IF NEW.rules_id IS NULL THEN\n            IF TG_OP = 'INSERT' THEN RAISE EXCEPTION 'a proposal is decided by rules of its group'; END IF;\n            RETURN NEW;\n        END IF;\n        SELECT * INTO r FROM programmes_grouprules WHERE id = NEW.rules_id;\n        IF r.group_id <> NEW.group_id OR NOT NEW.method = ANY(r.methods) THEN\n            RAISE EXCEPTION 'a proposal is decided by a rule of its own group'; END IF;\n        IF NEW.deciding_from IS NOT NULL AND NEW.closes_on < NEW.deciding_from + r.open_days THEN\n            RAISE EXCEPTION 'a proposal is open for % days at least', r.open_days; END IF;\n        RETURN NEW;\n    ", hash='292dad7a71d817598966229007afaf0fb0646049', operation='INSERT OR UPDATE', pgid='pgtrigger_opens_by_its_rules_aa163', table='programmes_decision', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='decision',
                trigger=pgtrigger.compiler.Trigger(name='decides_by_its_rules', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."status" IN (\'decided\', \'not_agreed\') AND OLD."status" = \'deciding\')', declare='DECLARE r programmes_grouprules%ROWTYPE; v programmes_version%ROWTYPE; last_day date; eligible integer; heard integer; lived integer; support integer; against integer; blocking integer; standing integer; passes boolean;', func="\n        SELECT * INTO r FROM programmes_grouprules WHERE id = NEW.rules_id;\n        SELECT * INTO v FROM programmes_version WHERE id = NEW.version_id;\n        IF r.id IS NULL OR v.id IS NULL THEN\n            RAISE EXCEPTION 'nothing is decided without rules and words'; END IF;\n        IF NEW.decided_on > (now() AT TIME ZONE 'Europe/London')::date + 1 THEN\n            RAISE EXCEPTION 'a decision is never made on a day to come'; END IF;\n        SELECT count(*), count(p.id), count(p.id) FILTER (WHERE w.seat = 'lived_experience'),\n            count(p.id) FILTER (WHERE p.stance IN\n                ('whole_hearted', 'minor', 'reservations', 'dislike', 'consent', 'concerns', 'in_favour')),\n            count(p.id) FILTER (WHERE p.stance IN ('more_talk', 'serious', 'veto', 'object', 'against'))\n            INTO eligible, heard, lived, support, against\n            FROM programmes_decision_voices(NEW.id, NEW.decided_on) w\n            LEFT JOIN programmes_position p ON p.id = w.position_id;\n        last_day := NEW.closes_on;\n        IF v.number > 1 AND v.asked_on > NEW.deciding_from THEN\n            last_day := greatest(last_day, v.asked_on + r.amended_days); END IF;\n        IF NEW.decided_on < last_day AND NOT (eligible > 0 AND heard = eligible)\n            AND NOT (r.urgency_rule <> '' AND NEW.urgency_reason <> '' AND NEW.relation <> 'ratifies') THEN\n            RAISE EXCEPTION 'views are wanted until %', last_day; END IF;\n        IF heard < r.quorum THEN\n            RAISE EXCEPTION '% members have taken part, and % must', heard, r.quorum; END IF;\n        IF lived < r.lived_experience_minimum THEN\n            RAISE EXCEPTION '% members with lived experience have taken part, and % must',\n                lived, r.lived_experience_minimum; END IF;\n        IF EXISTS (SELECT 1 FROM programmes_objection o WHERE o.decision_id = NEW.id AND o.closed_as = ''\n            AND NOT EXISTS (SELECT 1 FROM programmes_objectionreply a WHERE a.objection_id = o.id)) THEN\n            RAISE EXCEPTION 'an objection has no answer'; END IF;\n        SELECT count(*) FILTER (WHERE o.is_objection AND (o.closed_as = 'stands' OR (o.closed_as = ''\n                AND (SELECT max(a.answered_on) FROM programmes_objectionreply a WHERE a.objection_id = o.id)\n                    + r.answer_days > NEW.decided_on))),\n            count(*) FILTER (WHERE o.is_objection AND o.closed_as <> 'enough')\n            INTO blocking, standing\n            FROM programmes_objection o\n            JOIN programmes_decision_voices(NEW.id, NEW.decided_on) w ON w.member_id = o.member_id\n            WHERE o.decision_id = NEW.id;\n        IF NEW.method = 'consent' THEN passes := blocking = 0;\n        ELSE passes := support * 100 > r.support_percent * (support + against); END IF;\n        IF NEW.status = 'decided' AND NOT passes THEN\n            RAISE EXCEPTION 'by the rule it was put under, it is not agreed'; END IF;\n        IF NEW.status = 'not_agreed' AND passes AND (NEW.method = 'vote' OR standing = 0) THEN\n            RAISE EXCEPTION 'by the rule it was put under, it is agreed'; END IF;\n        IF NEW.status = 'decided' AND (NEW.outcome = 'agreed_with_changes') <> (v.number > 1) THEN\n            RAISE EXCEPTION 'agreed with changes is what was asked in changed words'; END IF;\n        RETURN NEW;\n    ", hash='877d40f6c26a639ea20973af88620aafe6586391', operation='UPDATE', pgid='pgtrigger_decides_by_its_rules_4bc18', table='programmes_decision', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='decision',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_decisionevent" ("affected", "background", "closes_on", "cost", "decided_on", "deciding_from", "earlier_id", "easy_read", "group_id", "hides_views", "id", "in_force_on", "method", "opened_on", "outcome", "outcome_reason", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "proposed_by_id", "recorded_by_id", "relation", "review_on", "rules_id", "safe_to_try", "status", "title", "urgency_reason", "version_id", "what_changes", "withdrawn_on") VALUES (NEW."affected", NEW."background", NEW."closes_on", NEW."cost", NEW."decided_on", NEW."deciding_from", NEW."earlier_id", NEW."easy_read", NEW."group_id", NEW."hides_views", NEW."id", NEW."in_force_on", NEW."method", NEW."opened_on", NEW."outcome", NEW."outcome_reason", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."programme_id", NEW."proposed_by_id", NEW."recorded_by_id", NEW."relation", NEW."review_on", NEW."rules_id", NEW."safe_to_try", NEW."status", NEW."title", NEW."urgency_reason", NEW."version_id", NEW."what_changes", NEW."withdrawn_on"); RETURN NULL;', hash='b47a5bd79836379eb9932a9c313b1f8fea8cdcd6', operation='INSERT', pgid='pgtrigger_insert_insert_9d716', table='programmes_decision', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='decision',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "programmes_decisionevent" ("affected", "background", "closes_on", "cost", "decided_on", "deciding_from", "earlier_id", "easy_read", "group_id", "hides_views", "id", "in_force_on", "method", "opened_on", "outcome", "outcome_reason", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "programme_id", "proposed_by_id", "recorded_by_id", "relation", "review_on", "rules_id", "safe_to_try", "status", "title", "urgency_reason", "version_id", "what_changes", "withdrawn_on") VALUES (NEW."affected", NEW."background", NEW."closes_on", NEW."cost", NEW."decided_on", NEW."deciding_from", NEW."earlier_id", NEW."easy_read", NEW."group_id", NEW."hides_views", NEW."id", NEW."in_force_on", NEW."method", NEW."opened_on", NEW."outcome", NEW."outcome_reason", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."programme_id", NEW."proposed_by_id", NEW."recorded_by_id", NEW."relation", NEW."review_on", NEW."rules_id", NEW."safe_to_try", NEW."status", NEW."title", NEW."urgency_reason", NEW."version_id", NEW."what_changes", NEW."withdrawn_on"); RETURN NULL;', hash='e7ca00344b8eed3200c925246d144ab566d4b5a2', operation='UPDATE', pgid='pgtrigger_update_update_e6f25', table='programmes_decision', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='position',
                trigger=pgtrigger.compiler.Trigger(name='positions_close_with_decision', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE state text; newest bigint; of_group bigint; on_day date;', func="\n                    IF TG_OP = 'UPDATE' AND (OLD.decision_id, OLD.version_id, OLD.person_id, OLD.member_id)\n                        IS DISTINCT FROM (NEW.decision_id, NEW.version_id, NEW.person_id, NEW.member_id) THEN\n                        RAISE EXCEPTION 'a position stays with its proposal and its member'; END IF;\n                    SELECT status, version_id, group_id INTO state, newest, of_group\n                        FROM programmes_decision WHERE id = NEW.decision_id FOR SHARE;\n                    IF state <> 'deciding' THEN\n                        RAISE EXCEPTION 'a position cannot change once the decision is %', state; END IF;\n                    IF newest IS DISTINCT FROM NEW.version_id THEN\n                        RAISE EXCEPTION 'a position is on the newest wording'; END IF;\n                    on_day := (NEW.given_at AT TIME ZONE 'Europe/London')::date;\n                    IF NOT EXISTS (\n                        SELECT 1 FROM programmes_term t WHERE t.group_id = of_group AND t.person_id = NEW.person_id\n                        AND t.starts_on <= on_day AND (t.ends_on IS NULL OR t.ends_on >= on_day)\n                        AND coalesce(t.deputy_for_id, t.person_id) = NEW.member_id\n                    ) THEN\n                        RAISE EXCEPTION 'only members in office give a position'; END IF;\n                    IF EXISTS (SELECT 1 FROM programmes_declaredinterest i WHERE i.decision_id = NEW.decision_id\n                        AND i.person_id IN (NEW.person_id, NEW.member_id) AND i.taken_back_on IS NULL) THEN\n                        RAISE EXCEPTION 'a member with an interest in it gives no position'; END IF;\n                    RETURN NEW;\n                ", hash='90a1c67d269e3a0c87a493b2f65b85e1ea97efe7', operation='INSERT OR UPDATE', pgid='pgtrigger_positions_close_with_decision_48e74', table='programmes_position', when='BEFORE')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='position',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_positionevent" ("decision_id", "given_at", "id", "matters", "member_id", "named", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "recorded_by_id", "seat", "stance", "version_id", "way") VALUES (NEW."decision_id", NEW."given_at", NEW."id", NEW."matters", NEW."member_id", NEW."named", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."recorded_by_id", NEW."seat", NEW."stance", NEW."version_id", NEW."way"); RETURN NULL;', hash='30af591397f268852977304599d649f8dc13d963', operation='INSERT', pgid='pgtrigger_insert_insert_ef4c8', table='programmes_position', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='position',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "programmes_positionevent" ("decision_id", "given_at", "id", "matters", "member_id", "named", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "recorded_by_id", "seat", "stance", "version_id", "way") VALUES (NEW."decision_id", NEW."given_at", NEW."id", NEW."matters", NEW."member_id", NEW."named", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."recorded_by_id", NEW."seat", NEW."stance", NEW."version_id", NEW."way"); RETURN NULL;', hash='c2ba9eb91c016f2d2e0cd4110a642273833b8ea1', operation='UPDATE', pgid='pgtrigger_update_update_d3e97', table='programmes_position', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='term',
                trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "programmes_termevent" ("deputy_for_id", "ends_on", "group_id", "id", "office", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seat", "starts_on") VALUES (NEW."deputy_for_id", NEW."ends_on", NEW."group_id", NEW."id", NEW."office", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."seat", NEW."starts_on"); RETURN NULL;', hash='eefb78ff8f70743538e298fc6a4bb249689122cd', operation='INSERT', pgid='pgtrigger_insert_insert_400a3', table='programmes_term', when='AFTER')),
            ), pgtrigger.migrations.AddTrigger(
                model_name='term',
                trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "programmes_termevent" ("deputy_for_id", "ends_on", "group_id", "id", "office", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "seat", "starts_on") VALUES (NEW."deputy_for_id", NEW."ends_on", NEW."group_id", NEW."id", NEW."office", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."seat", NEW."starts_on"); RETURN NULL;', hash='8bcb7d49b9a96b6314880c7805f7ae6b30fe6370', operation='UPDATE', pgid='pgtrigger_update_update_22658', table='programmes_term', when='AFTER')),
            ), migrations.RemoveField(
                model_name='decision',
                name='wording',
            ), migrations.RemoveField(
                model_name='decisionevent',
                name='wording',
            )],
        ),
        InstallTriggers(
            models=['actionpoint', 'actionpointevent', 'countedvoice', 'decisionreview', 'decisionreviewevent', 'declaredinterest', 'declaredinterestevent', 'grouprules', 'grouprulesevent', 'interest', 'interestevent', 'interestreview', 'interestreviewevent', 'lateview', 'lateviewevent', 'objection', 'objectionevent', 'objectionreply', 'objectionreplyevent', 'option', 'optionevent', 'question', 'questionevent', 'seal', 'seatnumber', 'seatnumberevent', 'thought', 'thoughtevent', 'version', 'versionevent'],
        ),
        CreateFunction(VOICES_SIGNATURE, VOICES_SQL, reads_tables=True),
        migrations.RunPython(carry_over, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(fill_history, migrations.RunPython.noop, elidable=True),
        AtOnce(
            operations=[migrations.AddConstraint(
                model_name='term',
                constraint=models.CheckConstraint(condition=models.Q(('deputy_for', None), models.Q(models.Q(('deputy_for', models.F('person')), _negated=True), ('office', 'member')), _connector='OR'), name='term_deputy_is_another_member'),
            ), migrations.AddConstraint(
                model_name='decision',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_on__isnull', False), ('recorded_by__isnull', False), ('status__in', ('decided', 'not_agreed')), models.Q(('outcome', ''), _negated=True), models.Q(('outcome_reason', ''), _negated=True)), models.Q(('decided_on__isnull', False), ('outcome', 'come_back'), ('recorded_by__isnull', False), ('status', 'deferred'), models.Q(('outcome_reason', ''), _negated=True)), models.Q(models.Q(('status__in', ('decided', 'not_agreed', 'deferred')), _negated=True), ('decided_on__isnull', True), ('outcome', '')), _connector='OR'), name='decision_decided_has_outcome'),
            ), migrations.AddConstraint(
                model_name='decision',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'decided'), ('outcome__in', ['agreed', 'agreed_with_changes'])), models.Q(('status', 'not_agreed'), ('outcome', 'not_agreed')), models.Q(('status__in', ('decided', 'not_agreed')), _negated=True), _connector='OR'), name='decision_outcome_fits_stage'),
            ), migrations.AddConstraint(
                model_name='decision',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ('deciding', 'decided', 'not_agreed')), _negated=True), ('deciding_from__isnull', False), _connector='OR'), name='decision_asks_from_a_day'),
            ), migrations.AddConstraint(
                model_name='decision',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('earlier', None), ('relation', '')), models.Q(('earlier__isnull', False), models.Q(('relation', ''), _negated=True)), _connector='OR'), name='decision_says_how_it_is_linked'),
            ), migrations.AddConstraint(
                model_name='decision',
                constraint=models.UniqueConstraint(condition=models.Q(('relation', 'ratifies')), fields=('earlier',), name='one_ratification_per_decision'),
            ), migrations.AddConstraint(
                model_name='decision',
                constraint=models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('affected')), 4000)), name='programmes_decision_affected_fits'),
            ), migrations.AddConstraint(
                model_name='decision',
                constraint=models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('cost')), 2000)), name='programmes_decision_cost_fits'),
            ), migrations.AddConstraint(
                model_name='decision',
                constraint=models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('easy_read')), 4000)), name='programmes_decision_easy_read_fits'),
            ), migrations.AddConstraint(
                model_name='decision',
                constraint=models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('urgency_reason')), 2000)), name='programmes_decision_urgency_reason_fits'),
            ), migrations.AddConstraint(
                model_name='position',
                constraint=models.UniqueConstraint(fields=('version', 'person'), name='one_position_per_member'),
            ), migrations.AddConstraint(
                model_name='position',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('recorded_by', None), ('way', 'page')), models.Q(models.Q(('way', 'page'), _negated=True), ('recorded_by__isnull', False)), _connector='OR'), name='position_says_who_wrote_it_down'),
            ), migrations.AddConstraint(
                model_name='position',
                constraint=models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('matters')), 2000)), name='programmes_position_matters_fits'),
            )],
        ),
        AtOnce(
            operations=[
                migrations.AlterField(
                    model_name='position',
                    name='version',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='positions', to='programmes.version', verbose_name='wording'),
                ),
                migrations.AlterField(
                    model_name='position',
                    name='member',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='member'),
                ),
                migrations.AlterField(
                    model_name='positionevent',
                    name='version',
                    field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='programmes.version', verbose_name='wording'),
                ),
                migrations.AlterField(
                    model_name='positionevent',
                    name='member',
                    field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='member'),
                ),
            ],
        ),
    ]
