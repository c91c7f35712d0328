from django.db import migrations

from accounts.operations import Wall


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]

    operations = [Wall("report")]
