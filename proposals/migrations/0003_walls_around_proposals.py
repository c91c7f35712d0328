from django.db import migrations

from accounts.operations import Wall


class Migration(migrations.Migration):
    dependencies = [("proposals", "0002_revisions_know_their_workspace")]

    operations = [Wall("proposal"), Wall("revision")]
