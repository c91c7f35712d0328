"""The audit log becomes chains, and the database refuses to change or remove what is in them."""

import hashlib
import json
import uuid
from datetime import UTC
from typing import Any

import django.db.models.deletion
from django.db import migrations, models

REFUSE = """
CREATE FUNCTION accounts_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The audit log is append-only: % on % is refused.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE FUNCTION accounts_audit_head_advances() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.id <> OLD.id OR NEW.workspace_id IS DISTINCT FROM OLD.workspace_id OR NEW.number <> OLD.number + 1 THEN
        RAISE EXCEPTION 'The head of an audit chain advances by one entry at a time.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER audit_entries_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON accounts_auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION accounts_audit_refuse();
CREATE TRIGGER audit_heads_stay BEFORE DELETE OR TRUNCATE ON accounts_audithead
    FOR EACH STATEMENT EXECUTE FUNCTION accounts_audit_refuse();
CREATE TRIGGER audit_heads_advance BEFORE UPDATE ON accounts_audithead
    FOR EACH ROW EXECUTE FUNCTION accounts_audit_head_advances();
"""
ALLOW = """
DROP TRIGGER audit_heads_advance ON accounts_audithead;
DROP TRIGGER audit_heads_stay ON accounts_audithead;
DROP TRIGGER audit_entries_stay ON accounts_auditentry;
DROP FUNCTION accounts_audit_head_advances();
DROP FUNCTION accounts_audit_refuse();
"""


def digest(entry: Any) -> str:
    """As ``accounts.audit.digest`` was when this was written."""
    said = {
        "workspace": str(entry.workspace_id) if entry.workspace_id else None,
        "number": entry.number,
        "previous_sha256": entry.previous_sha256,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": entry.actor_id,
        "verb": entry.verb,
        "subject_type": entry.subject_type,
        "subject_id": entry.subject_id,
        "details": entry.details,
    }
    canonical = json.dumps(said, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def chain(apps: Any, schema_editor: Any) -> None:
    """Chains the entries that were written before there were chains, in the order in which they were written."""
    heads: dict[uuid.UUID | None, tuple[int, str]] = {}
    for entry in apps.get_model("accounts", "AuditEntry").objects.order_by("pk").iterator():
        number, sha256 = heads.get(entry.workspace_id, (0, ""))
        entry.number, entry.previous_sha256 = number + 1, sha256
        entry.sha256 = digest(entry)
        entry.save()
        heads[entry.workspace_id] = (entry.number, entry.sha256)
    head = apps.get_model("accounts", "AuditHead")
    head.objects.bulk_create(head(workspace_id=key, number=n, sha256=sha256) for key, (n, sha256) in heads.items())
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_workspaces_invitations_audit")]

    operations = [
        migrations.CreateModel(
            name="AuditHead",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveBigIntegerField(default=0, verbose_name="number of the newest entry")),
                ("sha256", models.CharField(blank=True, max_length=64, verbose_name="digest of the newest entry")),
                (
                    "workspace",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.workspace",
                    ),
                ),
            ],
        ),
        migrations.RemoveIndex(model_name="auditentry", name="audit_by_workspace"),
        migrations.AddField(
            model_name="auditentry",
            name="number",
            field=models.PositiveBigIntegerField(default=0, verbose_name="number in the chain"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="auditentry",
            name="previous_sha256",
            field=models.CharField(blank=True, default="", max_length=64, verbose_name="digest of the entry before"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="auditentry",
            name="sha256",
            field=models.CharField(default="", max_length=64, verbose_name="digest"),
            preserve_default=False,
        ),
        migrations.RunPython(chain, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="auditentry",
            constraint=models.UniqueConstraint(
                fields=("workspace", "number"), nulls_distinct=False, name="audit_numbers_are_unique_in_their_chain"
            ),
        ),
        migrations.AddConstraint(
            model_name="audithead",
            constraint=models.UniqueConstraint(
                fields=("workspace",), nulls_distinct=False, name="one_audit_head_per_chain"
            ),
        ),
        migrations.RunSQL(REFUSE, ALLOW),
    ]
