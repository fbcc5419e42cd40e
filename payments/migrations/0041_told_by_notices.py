"""Point offers to notices, and leave who was told of an entered claim to its notices."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('payments', '0040_tellings_of_before'),
        ('people', '0012_messages_deliver_notices'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='claimnoticeevent',
            name='pgh_obj',
        ),
        migrations.RemoveField(
            model_name='claimnoticeevent',
            name='by',
        ),
        migrations.RemoveField(
            model_name='claimnoticeevent',
            name='claim',
        ),
        migrations.RemoveField(
            model_name='claimnoticeevent',
            name='pgh_context',
        ),
        migrations.AlterField(
            model_name='invitationoffer',
            name='notice',
            field=models.ForeignKey(blank=True, help_text='Empty: they were told with the invitation itself.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.notice', verbose_name='message that told them of a change'),
        ),
        migrations.AlterField(
            model_name='invitationofferevent',
            name='notice',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='Empty: they were told with the invitation itself.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='people.notice', verbose_name='message that told them of a change'),
        ),
        migrations.DeleteModel(
            name='ClaimNotice',
        ),
        migrations.DeleteModel(
            name='ClaimNoticeEvent',
        ),
    ]
