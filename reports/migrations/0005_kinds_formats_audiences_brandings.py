"""Reports of more kinds, in more formats, for us or for the parties, and how a workspace's reports look."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from accounts.operations import Wall


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_invitations_to_what_is_shared"),
        ("proposals", "0009_drafts_change_by_change"),
        ("reports", "0004_reports_of_shared_proposals"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Branding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("logo", models.FileField(blank=True, max_length=200, upload_to="", verbose_name="logo")),
                ("accent", models.CharField(default="#0b5a61", max_length=7, verbose_name="colour")),
                ("header", models.CharField(blank=True, max_length=120, verbose_name="header")),
                ("footer", models.CharField(blank=True, max_length=120, verbose_name="footer")),
                ("language", models.CharField(blank=True, max_length=35, verbose_name="language")),
                ("paper", models.CharField(default="a4", max_length=20, verbose_name="paper")),
                ("template", models.FileField(blank=True, max_length=200, upload_to="", verbose_name="Word template")),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="made")),
            ],
            options={
                "ordering": ["-number"],
            },
        ),
        migrations.CreateModel(
            name="Part",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField(verbose_name="position")),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="report",
            name="one_live_report_of_a_kind_per_revision",
        ),
        migrations.RemoveConstraint(
            model_name="report",
            name="one_live_report_of_a_shelf_as_it_was",
        ),
        migrations.RemoveConstraint(
            model_name="report",
            name="a_report_has_what_its_kind_tells_of",
        ),
        migrations.RemoveField(
            model_name="report",
            name="content_sha256",
        ),
        migrations.AddField(
            model_name="report",
            name="against",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="proposals.revision",
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="audience",
            field=models.CharField(
                choices=[("internal", "For us alone"), ("parties", "To share with the parties")],
                default="internal",
                max_length=20,
                verbose_name="audience",
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="classification",
            field=models.CharField(blank=True, max_length=80, verbose_name="classification"),
        ),
        migrations.AddField(
            model_name="report",
            name="expires_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="kept until"),
        ),
        migrations.AddField(
            model_name="report",
            name="fingerprint",
            field=models.CharField(default="", max_length=64, verbose_name="digest of what decides on the file"),
            preserve_default=False,
        ),
        # What was made before is shared with nobody who asks for the same now.
        migrations.RunSQL(
            "UPDATE reports_report SET fingerprint = encode(sha256(id::text::bytea), 'hex')", migrations.RunSQL.noop
        ),
        migrations.AddField(
            model_name="report",
            name="format",
            field=models.CharField(
                choices=[
                    ("pdf", "PDF"),
                    ("pdfa", "PDF for archives (PDF/A)"),
                    ("docx", "Word"),
                    ("xlsx", "Spreadsheet"),
                    ("csv", "CSV"),
                    ("json", "JSON"),
                    ("zip", "ZIP archive"),
                ],
                default="pdf",
                max_length=10,
                verbose_name="format",
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="party",
            field=models.CharField(blank=True, max_length=64, verbose_name="party"),
        ),
        migrations.AddField(
            model_name="report",
            name="valid_until",
            field=models.DateField(blank=True, null=True, verbose_name="valid until"),
        ),
        migrations.AddField(
            model_name="report",
            name="watermark",
            field=models.CharField(blank=True, max_length=40, verbose_name="watermark"),
        ),
        migrations.AlterField(
            model_name="report",
            name="kind",
            field=models.CharField(
                choices=[
                    ("assessment", "Full assessment"),
                    ("brief", "Brief for principals"),
                    ("annex", "Draft text for an agreement"),
                    ("comparison", "Comparison"),
                    ("review", "Review letter"),
                    ("shelf", "Shelf of cases"),
                    ("dossier", "Dossier"),
                    ("batch", "Several reports"),
                ],
                default="assessment",
                max_length=20,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="report",
            name="state",
            field=models.CharField(
                choices=[
                    ("queued", "Waiting"),
                    ("running", "In the making"),
                    ("done", "Ready"),
                    ("failed", "Failed"),
                    ("cancelled", "Cancelled"),
                    ("expired", "Expired"),
                ],
                default="queued",
                max_length=10,
                verbose_name="state",
            ),
        ),
        migrations.AlterField(
            model_name="report",
            name="step",
            field=models.CharField(
                blank=True,
                choices=[
                    ("collect", "Collect what it tells"),
                    ("compose", "Compose the report"),
                    ("render", "Make the file"),
                    ("store", "Store the file"),
                ],
                max_length=10,
                verbose_name="step",
            ),
        ),
        migrations.AddField(
            model_name="branding",
            name="made_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="branding",
            name="workspace",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="brandings", to="accounts.workspace"
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="branding",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="reports.branding",
            ),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                models.F("expires_at"), condition=models.Q(("state", "done")), name="reports_that_expire"
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["failed", "cancelled", "expired"]), _negated=True),
                fields=("workspace", "fingerprint"),
                name="one_live_report_of_the_same",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("against__isnull", True),
                        ("kind__in", ["assessment", "brief", "annex", "review", "dossier"]),
                        ("revision__isnull", False),
                        models.Q(("rubric_version", ""), _negated=True),
                    ),
                    models.Q(
                        ("against__isnull", False),
                        ("kind", "comparison"),
                        ("revision__isnull", False),
                        models.Q(("rubric_version", ""), _negated=True),
                    ),
                    models.Q(
                        ("against__isnull", True),
                        ("content__isnull", False),
                        ("kind__in", ["shelf", "batch"]),
                        ("revision__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="a_report_has_what_its_kind_tells_of",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(("fingerprint", ""), _negated=True), name="a_report_has_a_fingerprint"
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("format", "zip"), ("kind__in", ["dossier", "batch"])),
                    models.Q(
                        models.Q(("kind__in", ["dossier", "batch"]), _negated=True),
                        models.Q(("format", "zip"), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="what_holds_several_files_is_an_archive",
            ),
        ),
        migrations.AddField(
            model_name="part",
            name="report",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="wholes", to="reports.report"
            ),
        ),
        migrations.AddField(
            model_name="part",
            name="whole",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="reports.report"
            ),
        ),
        migrations.AddField(
            model_name="part",
            name="workspace",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.workspace"
            ),
        ),
        migrations.AddConstraint(
            model_name="branding",
            constraint=models.UniqueConstraint(
                fields=("workspace", "number"), name="brandings_are_numbered_in_a_workspace"
            ),
        ),
        migrations.AddConstraint(
            model_name="branding",
            constraint=models.CheckConstraint(
                condition=models.Q(("accent__regex", "^#[0-9a-f]{6}$")), name="an_accent_is_a_colour"
            ),
        ),
        migrations.AddConstraint(
            model_name="part",
            constraint=models.UniqueConstraint(fields=("whole", "report"), name="a_report_stands_in_an_archive_once"),
        ),
        Wall("branding"),
        Wall("part"),
    ]
