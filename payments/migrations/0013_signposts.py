from django.db import migrations


# The signposts are rows of payments/reference_data.py, which is loaded after migrating.
class Migration(migrations.Migration):
    dependencies = [('payments', '0012_recognition_and_advances')]

    operations = [migrations.RunPython(migrations.RunPython.noop, migrations.RunPython.noop, elidable=True)]
