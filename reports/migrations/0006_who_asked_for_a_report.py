"""Who asked for a report by itself, beside those that archives ask for."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0005_kinds_formats_audiences_brandings")]

    operations = [
        migrations.AddField(
            model_name="report",
            name="asked_by",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(),
                blank=True,
                default=list,
                size=None,
                verbose_name="asked for by",
            ),
        ),
        migrations.RunSQL(
            "UPDATE reports_report SET asked_by = ARRAY[requested_by_id]", reverse_sql=migrations.RunSQL.noop
        ),
    ]
