"""Let a note about a person be for finance."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('programmes', '0030_welcome_packs'),
    ]

    operations = [
        migrations.AlterField(
            model_name='personnote',
            name='readers',
            field=models.CharField(choices=[('staff', 'All staff of the programme'), ('named', 'Only the colleagues I name, and me'), ('finance', 'Only finance of the programme, and me'), ('writer', 'Only me')], max_length=7, verbose_name='who may read it'),
        ),
        migrations.AlterField(
            model_name='personnoteevent',
            name='readers',
            field=models.CharField(choices=[('staff', 'All staff of the programme'), ('named', 'Only the colleagues I name, and me'), ('finance', 'Only finance of the programme, and me'), ('writer', 'Only me')], max_length=7, verbose_name='who may read it'),
        ),
    ]
