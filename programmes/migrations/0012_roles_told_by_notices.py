"""Leave news about roles to notices."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('programmes', '0011_role_news_of_before'),
    ]

    operations = [
        migrations.DeleteModel(
            name='RoleNotice',
        ),
    ]
