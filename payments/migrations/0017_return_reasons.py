import datetime as dt

from django.db import migrations

# The reasons of the Automated Return of Unapplied Credits Service, as a payment bureau lists them for its users.
SOURCE = "ptx-rbs.readme.io/docs/arucs-aop"
FROM = dt.date(2020, 1, 1)
CHECK = "Check your sort code and account number, and give them to us again."

# code, words, advice, tells_person
REASONS = [
    ("0", "The bank did not know these account details", CHECK, True),
    ("2", "The bank says that the person has died", "", False),
    (
        "3",
        "The account has moved to another bank or building society",
        "Give us the sort code and account number of your new account.",
        True,
    ),
    ("5", "There is no account with this number", CHECK, True),
    ("B", "The account is closed", "Give us the sort code and account number you use now.", True),
    ("C", "We asked the bank to send it back", "Check that your bank details are right.", True),
]


def add_reasons(apps, schema_editor):
    ReturnReason = apps.get_model("payments", "ReturnReason")
    ReturnReason.objects.bulk_create(
        ReturnReason(code=code, from_date=FROM, words=words, advice=advice, tells_person=tells, source=SOURCE)
        for code, words, advice, tells in REASONS
    )


def remove_reasons(apps, schema_editor):
    ReturnReason = apps.get_model("payments", "ReturnReason")
    ReturnReason.objects.filter(source=SOURCE, from_date=FROM).delete()


class Migration(migrations.Migration):
    dependencies = [('payments', '0016_runs_and_returns')]

    operations = [migrations.RunPython(add_reasons, remove_reasons)]
