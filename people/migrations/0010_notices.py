"""Add notices, calls, marks on addresses, supporters and second choices; messages get what they will need."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
import people.messages.models.notices
import pgtrigger.compiler
import pgtrigger.migrations
import wellbeing.lib.phones
import wellbeing.lib.texts
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0009_phone_numbers_in_one_form'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='AddressMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(choices=[('email', 'Email'), ('sms', 'Text message'), ('letter', 'Letter'), ('phone', 'Phone call'), ('colleague', 'In another way')], max_length=10, verbose_name='channel')),
                ('address', models.CharField(max_length=500, verbose_name='address or number')),
                ('reason', models.CharField(choices=[('refused', 'Refused by the mail server or the network'), ('bounced', 'Came back as undeliverable'), ('complained', 'Reported as unwanted'), ('stopped', 'Asked us to stop'), ('returned', 'The letter came back')], max_length=12, verbose_name='why')),
                ('said', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=500, verbose_name='what was said')),
                ('since', models.DateTimeField(default=django.utils.timezone.now, verbose_name='since')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended')),
            ],
            options={
                'verbose_name': 'mark on an address',
                'verbose_name_plural': 'marks on addresses',
                'ordering': ['-since', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='AddressMarkEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('channel', models.CharField(choices=[('email', 'Email'), ('sms', 'Text message'), ('letter', 'Letter'), ('phone', 'Phone call'), ('colleague', 'In another way')], max_length=10, verbose_name='channel')),
                ('address', models.CharField(max_length=500, verbose_name='address or number')),
                ('reason', models.CharField(choices=[('refused', 'Refused by the mail server or the network'), ('bounced', 'Came back as undeliverable'), ('complained', 'Reported as unwanted'), ('stopped', 'Asked us to stop'), ('returned', 'The letter came back')], max_length=12, verbose_name='why')),
                ('said', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=500, verbose_name='what was said')),
                ('since', models.DateTimeField(default=django.utils.timezone.now, verbose_name='since')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Call',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(choices=[('told', 'I spoke to them and told them'), ('no_answer', 'No answer'), ('later', 'They asked me to ring at another time'), ('wrong_number', 'The number is wrong or does not work')], max_length=14, verbose_name='how it ended')),
                ('note', wellbeing.lib.texts.WordsField(blank=True, max_length=300, verbose_name='note')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='rung')),
            ],
            options={
                'verbose_name': 'call',
                'verbose_name_plural': 'calls',
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='CallEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('outcome', models.CharField(choices=[('told', 'I spoke to them and told them'), ('no_answer', 'No answer'), ('later', 'They asked me to ring at another time'), ('wrong_number', 'The number is wrong or does not work')], max_length=14, verbose_name='how it ended')),
                ('note', wellbeing.lib.texts.WordsField(blank=True, max_length=300, verbose_name='note')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='rung')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=200, unique=True, verbose_name='what it is for')),
                ('kind', models.CharField(db_index=True, max_length=40, verbose_name='kind')),
                ('audience', models.CharField(blank=True, db_index=True, help_text='Known to the app that wrote it. Empty: administrators alone.', max_length=60, verbose_name='whose staff may read it')),
                ('voice', models.CharField(blank=True, help_text='Known to the app that wrote it. Empty: the service itself.', max_length=60, verbose_name='who speaks')),
                ('reply_to', wellbeing.lib.texts.EmailField(blank=True, max_length=254, verbose_name='replies go to')),
                ('subject', models.CharField(max_length=250, verbose_name='subject')),
                ('text_body', wellbeing.lib.texts.LimitedTextField(max_length=200000, verbose_name='plain text')),
                ('html_body', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=1000000, verbose_name='as a page')),
                ('short', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=900, verbose_name='as a text message')),
                ('link', wellbeing.lib.texts.LineField(blank=True, max_length=500, verbose_name='page to go to')),
                ('read_key', models.CharField(default=people.messages.models.notices.new_read_key, max_length=40, unique=True, verbose_name='key to read it by')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='written')),
            ],
            options={
                'verbose_name': 'notice',
                'verbose_name_plural': 'notices',
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='NoticePart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', wellbeing.lib.texts.LineField(max_length=150, verbose_name='file name')),
                ('content_type', models.CharField(max_length=100, verbose_name='type')),
                ('content', models.BinaryField(verbose_name='content')),
            ],
            options={
                'verbose_name': 'part of a notice',
                'verbose_name_plural': 'parts of notices',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Supporter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', wellbeing.lib.texts.LineField(max_length=150, verbose_name='their name')),
                ('relationship', wellbeing.lib.texts.LineField(blank=True, help_text='For example sister, or carer.', max_length=100, verbose_name='who they are')),
                ('channel', models.CharField(choices=[('email', 'Email'), ('sms', 'Text message'), ('letter', 'Letter'), ('phone', 'Phone call')], max_length=10, verbose_name='how to reach them')),
                ('email', wellbeing.lib.texts.EmailField(blank=True, max_length=254, verbose_name='their email address')),
                ('phone', wellbeing.lib.phones.PhoneField(blank=True, max_length=40, verbose_name='their phone number')),
                ('postal_address', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=500, max_lines=10, verbose_name='their postal address')),
                ('consent_on', models.DateField(verbose_name='the person agreed on')),
                ('consent_how', wellbeing.lib.texts.LineField(help_text='For example: on the phone, with me.', max_length=200, verbose_name='how they agreed')),
            ],
            options={
                'verbose_name': 'supporter',
                'verbose_name_plural': 'supporters',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='SupporterEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name', wellbeing.lib.texts.LineField(max_length=150, verbose_name='their name')),
                ('relationship', wellbeing.lib.texts.LineField(blank=True, help_text='For example sister, or carer.', max_length=100, verbose_name='who they are')),
                ('channel', models.CharField(choices=[('email', 'Email'), ('sms', 'Text message'), ('letter', 'Letter'), ('phone', 'Phone call')], max_length=10, verbose_name='how to reach them')),
                ('email', wellbeing.lib.texts.EmailField(blank=True, max_length=254, verbose_name='their email address')),
                ('phone', wellbeing.lib.phones.PhoneField(blank=True, max_length=40, verbose_name='their phone number')),
                ('postal_address', wellbeing.lib.texts.LimitedTextField(blank=True, max_length=500, max_lines=10, verbose_name='their postal address')),
                ('consent_on', models.DateField(verbose_name='the person agreed on')),
                ('consent_how', wellbeing.lib.texts.LineField(help_text='For example: on the phone, with me.', max_length=200, verbose_name='how they agreed')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='message',
            name='message_status',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='message',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='message',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='person',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='person',
            name='update_update',
        ),
        migrations.RemoveConstraint(
            model_name='message',
            name='message_sent_has_its_time',
        ),
        migrations.RemoveConstraint(
            model_name='message',
            name='people_message_to_address_on_a_line',
        ),
        migrations.RemoveConstraint(
            model_name='message',
            name='people_message_reply_to_on_a_line',
        ),
        migrations.RemoveConstraint(
            model_name='message',
            name='people_message_text_body_fits',
        ),
        migrations.RemoveConstraint(
            model_name='message',
            name='people_message_html_body_fits',
        ),
        migrations.RemoveConstraint(
            model_name='message',
            name='people_message_to_address_in_ascii',
        ),
        migrations.RemoveConstraint(
            model_name='message',
            name='people_message_reply_to_in_ascii',
        ),
        migrations.AddField(
            model_name='message',
            name='channel',
            field=models.CharField(choices=[('email', 'Email'), ('sms', 'Text message'), ('letter', 'Letter'), ('phone', 'Phone call'), ('colleague', 'In another way')], default='email', max_length=10, verbose_name='how'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='message',
            name='colleague',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person', verbose_name='whose task it is'),
        ),
        migrations.AddField(
            model_name='message',
            name='delivered_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='delivered'),
        ),
        migrations.AddField(
            model_name='message',
            name='provider_ref',
            field=models.CharField(blank=True, max_length=120, verbose_name="the provider's number"),
        ),
        migrations.AddField(
            model_name='message',
            name='to',
            field=wellbeing.lib.texts.LimitedTextField(blank=True, help_text='Address, number, or the lines of a letter.', max_length=500, max_lines=12, verbose_name='sent to'),
        ),
        migrations.AddField(
            model_name='message',
            name='told_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='told by'),
        ),
        migrations.AddField(
            model_name='message',
            name='told_how',
            field=wellbeing.lib.texts.WordsField(blank=True, max_length=300, verbose_name='how they were told'),
        ),
        migrations.AddField(
            model_name='message',
            name='via',
            field=wellbeing.lib.texts.LineField(blank=True, help_text='The supporter it goes through.', max_length=150, verbose_name='through'),
        ),
        migrations.AddField(
            model_name='messageevent',
            name='channel',
            field=models.CharField(choices=[('email', 'Email'), ('sms', 'Text message'), ('letter', 'Letter'), ('phone', 'Phone call'), ('colleague', 'In another way')], default='email', max_length=10, verbose_name='how'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='messageevent',
            name='colleague',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='whose task it is'),
        ),
        migrations.AddField(
            model_name='messageevent',
            name='delivered_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='delivered'),
        ),
        migrations.AddField(
            model_name='messageevent',
            name='provider_ref',
            field=models.CharField(blank=True, max_length=120, verbose_name="the provider's number"),
        ),
        migrations.AddField(
            model_name='messageevent',
            name='to',
            field=wellbeing.lib.texts.LimitedTextField(blank=True, help_text='Address, number, or the lines of a letter.', max_length=500, max_lines=12, verbose_name='sent to'),
        ),
        migrations.AddField(
            model_name='messageevent',
            name='told_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='told by'),
        ),
        migrations.AddField(
            model_name='messageevent',
            name='told_how',
            field=wellbeing.lib.texts.WordsField(blank=True, max_length=300, verbose_name='how they were told'),
        ),
        migrations.AddField(
            model_name='messageevent',
            name='via',
            field=wellbeing.lib.texts.LineField(blank=True, help_text='The supporter it goes through.', max_length=150, verbose_name='through'),
        ),
        migrations.AddField(
            model_name='person',
            name='call_time',
            field=models.CharField(choices=[('any', 'Any time'), ('morning', 'In the morning'), ('afternoon', 'In the afternoon'), ('evening', 'In the evening')], db_default='any', default='any', max_length=10, verbose_name='when to ring'),
        ),
        migrations.AddField(
            model_name='person',
            name='second_channel',
            field=models.CharField(blank=True, choices=[('email', 'Email'), ('sms', 'Text message'), ('letter', 'Letter'), ('phone', 'Phone call'), ('supporter', 'Through their supporter')], db_default='', default='', max_length=10, verbose_name='if that does not work'),
        ),
        migrations.AddField(
            model_name='personevent',
            name='call_time',
            field=models.CharField(choices=[('any', 'Any time'), ('morning', 'In the morning'), ('afternoon', 'In the afternoon'), ('evening', 'In the evening')], db_default='any', default='any', max_length=10, verbose_name='when to ring'),
        ),
        migrations.AddField(
            model_name='personevent',
            name='second_channel',
            field=models.CharField(blank=True, choices=[('email', 'Email'), ('sms', 'Text message'), ('letter', 'Letter'), ('phone', 'Phone call'), ('supporter', 'Through their supporter')], db_default='', default='', max_length=10, verbose_name='if that does not work'),
        ),
        migrations.AlterField(
            model_name='message',
            name='created_at',
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name='written'),
        ),
        migrations.AlterField(
            model_name='message',
            name='last_error',
            field=models.CharField(blank=True, max_length=500, verbose_name='why it did not work'),
        ),
        migrations.AlterField(
            model_name='message',
            name='status',
            field=models.CharField(choices=[('waiting', 'Waiting to be sent'), ('sending', 'Being sent'), ('sent', 'Sent'), ('delivered', 'Delivered'), ('failed', 'Could not be sent'), ('cancelled', 'Not needed any more')], default='waiting', max_length=10, verbose_name='status'),
        ),
        migrations.AlterField(
            model_name='messageevent',
            name='created_at',
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name='written'),
        ),
        migrations.AlterField(
            model_name='messageevent',
            name='last_error',
            field=models.CharField(blank=True, max_length=500, verbose_name='why it did not work'),
        ),
        migrations.AlterField(
            model_name='messageevent',
            name='status',
            field=models.CharField(choices=[('waiting', 'Waiting to be sent'), ('sending', 'Being sent'), ('sent', 'Sent'), ('delivered', 'Delivered'), ('failed', 'Could not be sent'), ('cancelled', 'Not needed any more')], default='waiting', max_length=10, verbose_name='status'),
        ),
        migrations.AlterField(
            model_name='person',
            name='channel',
            field=models.CharField(choices=[('email', 'Email'), ('sms', 'Text message'), ('letter', 'Letter'), ('phone', 'Phone call'), ('supporter', 'Through their supporter')], default='email', max_length=10, verbose_name='best way to reach them'),
        ),
        migrations.AlterField(
            model_name='personevent',
            name='channel',
            field=models.CharField(choices=[('email', 'Email'), ('sms', 'Text message'), ('letter', 'Letter'), ('phone', 'Phone call'), ('supporter', 'Through their supporter')], default='email', max_length=10, verbose_name='best way to reach them'),
        ),
        migrations.AddField(
            model_name='addressmark',
            name='ended_by',
            field=models.ForeignKey(blank=True, help_text='Empty where the person wrote START.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='ended by'),
        ),
        migrations.AddField(
            model_name='addressmarkevent',
            name='ended_by',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='Empty where the person wrote START.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='ended by'),
        ),
        migrations.AddField(
            model_name='addressmarkevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='addressmarkevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='people.addressmark'),
        ),
        migrations.AddField(
            model_name='call',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='rung by'),
        ),
        migrations.AddField(
            model_name='call',
            name='message',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='people.message', verbose_name='message'),
        ),
        migrations.AddField(
            model_name='callevent',
            name='by',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='rung by'),
        ),
        migrations.AddField(
            model_name='callevent',
            name='message',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.message', verbose_name='message'),
        ),
        migrations.AddField(
            model_name='callevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='callevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='people.call'),
        ),
        migrations.AddField(
            model_name='notice',
            name='person',
            field=models.ForeignKey(blank=True, help_text="Empty where it goes to an address that is nobody's now.", null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='notices', to='people.person', verbose_name='person'),
        ),
        migrations.AddField(
            model_name='message',
            name='notice',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='people.notice', verbose_name='notice'),
        ),
        migrations.AddField(
            model_name='messageevent',
            name='notice',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.notice', verbose_name='notice'),
        ),
        migrations.AddField(
            model_name='noticepart',
            name='notice',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='people.notice', verbose_name='notice'),
        ),
        migrations.AddField(
            model_name='supporter',
            name='person',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='supporter', to='people.person', verbose_name='person'),
        ),
        migrations.AddField(
            model_name='supporter',
            name='recorded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person', verbose_name='recorded by'),
        ),
        migrations.AddField(
            model_name='supporterevent',
            name='person',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='person'),
        ),
        migrations.AddField(
            model_name='supporterevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='supporterevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='history', to='people.supporter'),
        ),
        migrations.AddField(
            model_name='supporterevent',
            name='recorded_by',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.person', verbose_name='recorded by'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='person',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_personevent" ("about", "address_changed_at", "call_time", "channel", "created_at", "email", "full_name", "id", "joined_at", "known_as", "letter_size", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "postal_address", "second_channel", "user_id") VALUES (NEW."about", NEW."address_changed_at", NEW."call_time", NEW."channel", NEW."created_at", NEW."email", NEW."full_name", NEW."id", NEW."joined_at", NEW."known_as", NEW."letter_size", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."postal_address", NEW."second_channel", NEW."user_id"); RETURN NULL;', hash='c8ee4a827aa4887367fda7e9103dc4f7faecd33c', operation='INSERT', pgid='pgtrigger_insert_insert_65688', table='people_person', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='person',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."about" IS DISTINCT FROM (NEW."about") OR OLD."address_changed_at" IS DISTINCT FROM (NEW."address_changed_at") OR OLD."call_time" IS DISTINCT FROM (NEW."call_time") OR OLD."channel" IS DISTINCT FROM (NEW."channel") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."full_name" IS DISTINCT FROM (NEW."full_name") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."joined_at" IS DISTINCT FROM (NEW."joined_at") OR OLD."known_as" IS DISTINCT FROM (NEW."known_as") OR OLD."letter_size" IS DISTINCT FROM (NEW."letter_size") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."postal_address" IS DISTINCT FROM (NEW."postal_address") OR OLD."second_channel" IS DISTINCT FROM (NEW."second_channel") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id"))', func='INSERT INTO "people_personevent" ("about", "address_changed_at", "call_time", "channel", "created_at", "email", "full_name", "id", "joined_at", "known_as", "letter_size", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "postal_address", "second_channel", "user_id") VALUES (NEW."about", NEW."address_changed_at", NEW."call_time", NEW."channel", NEW."created_at", NEW."email", NEW."full_name", NEW."id", NEW."joined_at", NEW."known_as", NEW."letter_size", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."postal_address", NEW."second_channel", NEW."user_id"); RETURN NULL;', hash='7341ab7e2261f00a5f77f9c8fdb673c714b61dcb', operation='UPDATE', pgid='pgtrigger_update_update_de829', table='people_person', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='addressmark',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('channel', 'address'), name='one_open_mark_on_an_address'),
        ),
        migrations.AddConstraint(
            model_name='addressmark',
            constraint=models.CheckConstraint(condition=models.Q(('ended_by', None), ('ended_at__isnull', False), _connector='OR'), name='address_mark_ended_by_has_its_time'),
        ),
        migrations.AddConstraint(
            model_name='addressmark',
            constraint=models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('said')), 500)), name='people_addressmark_said_fits'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='addressmark',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_addressmarkevent" ("address", "channel", "ended_at", "ended_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "said", "since") VALUES (NEW."address", NEW."channel", NEW."ended_at", NEW."ended_by_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."said", NEW."since"); RETURN NULL;', hash='ce13ad8493c897f0c12e15f1f9841512c0608e58', operation='INSERT', pgid='pgtrigger_insert_insert_92bd5', table='people_addressmark', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='addressmark',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "people_addressmarkevent" ("address", "channel", "ended_at", "ended_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "said", "since") VALUES (NEW."address", NEW."channel", NEW."ended_at", NEW."ended_by_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."said", NEW."since"); RETURN NULL;', hash='43a132f5419e62164e965e2ce3b12ae1ca8b884c', operation='UPDATE', pgid='pgtrigger_update_update_4637c', table='people_addressmark', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='addressmarkevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='06a6e4156535f8de9a339ec009368ed006a4eab2', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_038dc', table='people_addressmarkevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='call',
            trigger=pgtrigger.compiler.Trigger(name='calls_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete or update rows from % table', TG_TABLE_NAME;", hash='cd43d1110645d77312e072ddbd03eca608276a61', operation='DELETE OR UPDATE', pgid='pgtrigger_calls_are_kept_21b4b', table='people_call', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='call',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_callevent" ("at", "by_id", "id", "message_id", "note", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."at", NEW."by_id", NEW."id", NEW."message_id", NEW."note", NEW."outcome", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='2caca5145c111d17ae9f7a81fa3caa7ea52f11f5', operation='INSERT', pgid='pgtrigger_insert_insert_93896', table='people_call', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='call',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "people_callevent" ("at", "by_id", "id", "message_id", "note", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."at", NEW."by_id", NEW."id", NEW."message_id", NEW."note", NEW."outcome", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='58253f055eeb0fefb8963b234eb5ae616b6da3bc', operation='UPDATE', pgid='pgtrigger_update_update_f9302', table='people_call', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='callevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0c0d586caade898e71347d97bd8931b516da23d2', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4c7b2', table='people_callevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(models.F('person'), models.F('created_at'), name='notices_of_person'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('reply_to__regex', '[\\u0001-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]'), _negated=True), name='people_notice_reply_to_on_a_line'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('reply_to__regex', '[^\\u0001-\\u007f]'), _negated=True), name='people_notice_reply_to_in_ascii'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('text_body')), 200000)), name='people_notice_text_body_fits'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('html_body')), 1000000)), name='people_notice_html_body_fits'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('short')), 900)), name='people_notice_short_fits'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('link__regex', '[\\u0001-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]'), _negated=True), name='people_notice_link_on_a_line'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='notice',
            trigger=pgtrigger.compiler.Trigger(name='notices_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='705ef5143c20f14269fc5d737325745b4df20c3d', operation='DELETE', pgid='pgtrigger_notices_are_kept_7d51b', table='people_notice', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='notice',
            trigger=pgtrigger.compiler.Trigger(name='words_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func='RAISE EXCEPTION \'pgtrigger: Cannot update of "key", "kind", "audience", "voice", "reply_to", "subject", "text_body", "html_body", "short", "link" rows from % table\', TG_TABLE_NAME;', hash='70d1d2063ca70b3b63f1618e1227685d6713dcce', operation='UPDATE OF "key", "kind", "audience", "voice", "reply_to", "subject", "text_body", "html_body", "short", "link"', pgid='pgtrigger_words_are_kept_b4e4f', table='people_notice', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='noticepart',
            constraint=models.CheckConstraint(condition=models.Q(('name__regex', '[\\u0001-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]'), _negated=True), name='people_noticepart_name_on_a_line'),
        ),
        migrations.AddConstraint(
            model_name='supporter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('channel', 'email'), ('email__gt', '')), models.Q(('channel__in', ['sms', 'phone']), ('phone__gt', '')), models.Q(('channel', 'letter'), ('postal_address__gt', '')), _connector='OR'), name='supporter_can_be_reached'),
        ),
        migrations.AddConstraint(
            model_name='supporter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('consent_how', ''), _negated=True)), name='supporter_has_name_and_consent'),
        ),
        migrations.AddConstraint(
            model_name='supporter',
            constraint=models.CheckConstraint(condition=models.Q(('name__regex', '[\\u0001-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]'), _negated=True), name='people_supporter_name_on_a_line'),
        ),
        migrations.AddConstraint(
            model_name='supporter',
            constraint=models.CheckConstraint(condition=models.Q(('relationship__regex', '[\\u0001-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]'), _negated=True), name='people_supporter_relationship_on_a_line'),
        ),
        migrations.AddConstraint(
            model_name='supporter',
            constraint=models.CheckConstraint(condition=models.Q(('email__regex', '[\\u0001-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]'), _negated=True), name='people_supporter_email_on_a_line'),
        ),
        migrations.AddConstraint(
            model_name='supporter',
            constraint=models.CheckConstraint(condition=models.Q(('email__regex', '[^\\u0001-\\u007f]'), _negated=True), name='people_supporter_email_in_ascii'),
        ),
        migrations.AddConstraint(
            model_name='supporter',
            constraint=models.CheckConstraint(condition=models.Q(('phone__regex', '[\\u0001-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]'), _negated=True), name='people_supporter_phone_on_a_line'),
        ),
        migrations.AddConstraint(
            model_name='supporter',
            constraint=models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(models.F('postal_address')), 500)), name='people_supporter_postal_address_fits'),
        ),
        migrations.AddConstraint(
            model_name='supporter',
            constraint=models.CheckConstraint(condition=models.Q(('postal_address__regex', '(\\n[^\\n]*){10}'), _negated=True), name='people_supporter_postal_address_lines'),
        ),
        migrations.AddConstraint(
            model_name='supporter',
            constraint=models.CheckConstraint(condition=models.Q(('consent_how__regex', '[\\u0001-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]'), _negated=True), name='people_supporter_consent_how_on_a_line'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='supporter',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "people_supporterevent" ("channel", "consent_how", "consent_on", "email", "id", "name", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "postal_address", "recorded_by_id", "relationship") VALUES (NEW."channel", NEW."consent_how", NEW."consent_on", NEW."email", NEW."id", NEW."name", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."postal_address", NEW."recorded_by_id", NEW."relationship"); RETURN NULL;', hash='4e750144e83e6e7a429480c493b84a45750825bc', operation='INSERT', pgid='pgtrigger_insert_insert_f55a7', table='people_supporter', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='supporter',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "people_supporterevent" ("channel", "consent_how", "consent_on", "email", "id", "name", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "postal_address", "recorded_by_id", "relationship") VALUES (NEW."channel", NEW."consent_how", NEW."consent_on", NEW."email", NEW."id", NEW."name", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."postal_address", NEW."recorded_by_id", NEW."relationship"); RETURN NULL;', hash='c7148e1f8556fc1aad7200664dec3a75d29dc32e', operation='UPDATE', pgid='pgtrigger_update_update_96a40', table='people_supporter', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='supporterevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='73f67d65f10b0d068d008d990bc1771ac7382ca5', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7861d', table='people_supporterevent', when='BEFORE')),
        ),
    ]
