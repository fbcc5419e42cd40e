import django.db.models.deletion
import pgtrigger.migrations
from django.db import migrations, models

class Migration(migrations.Migration):
    dependencies = [
        ("people", "0009_phone_numbers_in_one_form"),
        ("payments", "0035_second_looks"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(model_name="accountlook", name="looks_at_accounts_are_kept"),
        migrations.AddField(
            model_name="accountlook",
            name="person",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.person",
                verbose_name="whose account",
            ),
        ),
        migrations.AddField(
            model_name="accountlook",
            name="last_digits",
            field=models.CharField(default="", max_length=2, verbose_name="last digits of the account number"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="accountlook",
            name="payment",
            field=models.ForeignKey(
                blank=True,
                help_text="In a signed run. Empty: the account the person had given then.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="looks",
                to="payments.payment",
                verbose_name="payment",
            ),
        ),
    ]
