"""Keep which version of its event an invitation was written about."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0008_invitations_have_notices'),
    ]

    operations = [
        migrations.AddField(
            model_name='invitation',
            name='invited_sequence',
            field=models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name='changes of the event when its notice was written'),
        ),
    ]
