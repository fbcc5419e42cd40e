from django.db import migrations

# The 2011 rates: a written answer of Parliament. Those of 2026: a page on the change of the car rate. Pence a mile.
ANSWER = "parallelparliament.co.uk/question/4766/voluntary-organisations-mileage-allowances"
CHANGE = "ammu.uk/business-mileage-rates-what-has-changed"

# from_date, vehicle, first_band_pence, first_band_miles, after_pence, passenger_pence, source
RATES = [
    ("2011-04-06", "car", 45, 10000, 25, 5, ANSWER),
    ("2011-04-06", "motorcycle", 24, None, None, 0, ANSWER),
    ("2011-04-06", "bicycle", 20, None, None, 0, ANSWER),
    ("2026-04-06", "car", 55, 10000, 25, 5, CHANGE),
    ("2026-04-06", "motorcycle", 24, None, None, 0, CHANGE),
    ("2026-04-06", "bicycle", 20, None, None, 0, CHANGE),
]
NAMES = (
    "from_date",
    "vehicle",
    "first_band_pence",
    "first_band_miles",
    "after_pence",
    "passenger_pence",
    "source",
)


def add_rates(apps, schema_editor):
    MileageRate = apps.get_model("payments", "MileageRate")
    MileageRate.objects.bulk_create(MileageRate(**dict(zip(NAMES, row, strict=True))) for row in RATES)


def remove_rates(apps, schema_editor):
    MileageRate = apps.get_model("payments", "MileageRate")
    for row in RATES:
        MileageRate.objects.filter(from_date=row[0], vehicle=row[1]).delete()


class Migration(migrations.Migration):
    dependencies = [("payments", "0005_mileage_rates")]

    operations = [migrations.RunPython(add_rates, remove_rates)]
