"""What waits in the index to be sorted in is read by every search; the library is searched far more often than loaded."""

import django.contrib.postgres.indexes
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0006_what_came_of_measures_and_when_facts_were_checked"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="case", name="cases_by_words"),
        migrations.AddIndex(
            model_name="case",
            index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=["search"], name="cases_by_words"),
        ),
    ]
