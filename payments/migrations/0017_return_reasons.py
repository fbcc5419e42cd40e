from django.db import migrations


# The reasons are rows of payments/reference_data.py, which is loaded after migrating.
class Migration(migrations.Migration):
    dependencies = [('payments', '0016_runs_and_returns')]

    operations = [migrations.RunPython(migrations.RunPython.noop, migrations.RunPython.noop, elidable=True)]
