"""Finds the entries on one thing: who downloaded a report."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_notifications")]

    operations = [
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(fields=["subject_id"], name="audit_entries_by_subject"),
        ),
    ]
