from django.db import migrations


# The rates are rows of payments/reference_data.py, which is loaded after migrating.
class Migration(migrations.Migration):
    dependencies = [("payments", "0005_mileage_rates")]

    operations = [migrations.RunPython(migrations.RunPython.noop, migrations.RunPython.noop, elidable=True)]
