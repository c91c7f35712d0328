"""A revision has its proposal's workspace, so that its wall need not look at another table; the database holds them
together."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def fill(apps: Any, schema_editor: Any) -> None:
    proposals = apps.get_model("proposals", "Proposal").objects.filter(pk=OuterRef("proposal_id"))
    revisions = apps.get_model("proposals", "Revision").objects.all()
    revisions.update(workspace=Subquery(proposals.values("workspace_id")[:1]))
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_workspaces_invitations_audit"),
        ("proposals", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="revision",
            name="workspace",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.workspace"
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="revision",
            name="workspace",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.workspace"
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.UniqueConstraint(fields=("id", "workspace"), name="proposal_and_its_workspace"),
        ),
        migrations.RunSQL(
            "ALTER TABLE proposals_revision ADD CONSTRAINT a_revision_is_in_its_proposals_workspace "
            "FOREIGN KEY (proposal_id, workspace_id) REFERENCES proposals_proposal (id, workspace_id) "
            "DEFERRABLE INITIALLY DEFERRED",
            "ALTER TABLE proposals_revision DROP CONSTRAINT a_revision_is_in_its_proposals_workspace",
        ),
    ]
