import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("payments", "0026_payment_methods"),
    ]

    operations = [
        migrations.AddField(
            model_name="warningthresholds",
            name="ask_above_pence",
            field=models.PositiveIntegerField(
                default=20_000,
                help_text="In pence. An expense of no more than this is never asked about while it is typed.",
                verbose_name="ask whether it is right above",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="warningthresholds",
            name="ask_times_usual",
            field=models.PositiveSmallIntegerField(
                default=3,
                validators=[django.core.validators.MinValueValidator(1)],
                verbose_name="and above so many times what is usual",
            ),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="warningthresholds",
            constraint=models.CheckConstraint(
                condition=models.Q(("ask_above_pence__gt", 0), ("ask_times_usual__gt", 0)),
                name="limits_of_asking_make_sense",
            ),
        ),
    ]
