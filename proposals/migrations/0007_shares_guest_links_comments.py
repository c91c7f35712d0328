"""Shares, links for guests and comments; what stands below a proposal follows it, and is seen by whom it is shared with."""

import uuid

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from accounts.operations import Wall
from proposals.sharing.operations import MINE, Follows, NoWall, SharedWall, below_a_proposal, open_through


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_invitations_to_what_is_shared"),
        ("proposals", "0006_variants_of_proposals"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Comment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision_number", models.PositiveIntegerField(verbose_name="written on revision")),
                ("address", models.CharField(blank=True, max_length=300, verbose_name="about")),
                ("text", models.TextField(max_length=4000, verbose_name="comment")),
                ("guest_name", models.CharField(blank=True, max_length=100, verbose_name="your name")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="written")),
                ("resolved_at", models.DateTimeField(blank=True, null=True, verbose_name="settled")),
                ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="taken away")),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="GuestLink",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("label", models.CharField(max_length=100, verbose_name="who it is for")),
                ("token_sha256", models.CharField(max_length=64, unique=True, verbose_name="digest of the token")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("revision_number", models.PositiveIntegerField(blank=True, null=True, verbose_name="revision")),
                ("expires_at", models.DateTimeField(verbose_name="expires")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="taken back")),
                (
                    "comments_seen_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="comments seen"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="made")),
            ],
            options={
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="Share",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                (
                    "kind",
                    models.CharField(
                        choices=[("co_drafter", "Co-drafter"), ("observer", "Observer")],
                        max_length=20,
                        verbose_name="may",
                    ),
                ),
                ("reads_confidential", models.BooleanField(default=False, verbose_name="reads the confidential parts")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="shared")),
            ],
            options={
                "ordering": ["created_at"],
            },
        ),
        migrations.AddField(
            model_name="proposal",
            name="responsible",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.UniqueConstraint(fields=("id", "workspace"), name="revision_and_its_workspace"),
        ),
        migrations.AddField(
            model_name="comment",
            name="author",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="replies",
                to="proposals.comment",
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="proposal",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="comments", to="proposals.proposal"
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="resolved_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="workspace",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.workspace"
            ),
        ),
        migrations.AddField(
            model_name="guestlink",
            name="created_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="guestlink",
            name="proposal",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="guest_links", to="proposals.proposal"
            ),
        ),
        migrations.AddField(
            model_name="guestlink",
            name="workspace",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.workspace"
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="link",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="comments",
                to="proposals.guestlink",
            ),
        ),
        migrations.AddField(
            model_name="share",
            name="created_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="share",
            name="invitation",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="accounts.invitation",
            ),
        ),
        migrations.AddField(
            model_name="share",
            name="person",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="share",
            name="proposal",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="shares", to="proposals.proposal"
            ),
        ),
        migrations.AddField(
            model_name="share",
            name="workspace",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.workspace"
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("author__isnull", False), ("guest_name", ""), ("link", None)),
                    models.Q(("author", None), ("link__isnull", False), models.Q(("guest_name", ""), _negated=True)),
                    _connector="OR",
                ),
                name="a_comment_is_by_a_person_or_a_guest",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("resolved_at", None), ("resolved_by", None)),
                    models.Q(("parent", None), ("resolved_at__isnull", False), ("resolved_by__isnull", False)),
                    _connector="OR",
                ),
                name="a_settled_comment_says_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("removed_at", None), models.Q(("text", ""), _negated=True)),
                    models.Q(("removed_at__isnull", False), ("text", "")),
                    _connector="OR",
                ),
                name="a_comment_says_something_until_it_is_taken_away",
            ),
        ),
        migrations.AddConstraint(
            model_name="share",
            constraint=models.UniqueConstraint(
                models.F("proposal"),
                django.db.models.functions.text.Lower("email"),
                name="one_share_per_address_and_proposal",
            ),
        ),
        migrations.AddConstraint(
            model_name="share",
            constraint=models.UniqueConstraint(fields=("person", "proposal"), name="one_share_per_person_and_proposal"),
        ),
        *(NoWall(name) for name in ("proposal", "revision")),
        SharedWall("proposal", open_through("id")),
        SharedWall("revision"),
        migrations.RunSQL(
            "ALTER TABLE proposals_revision DROP CONSTRAINT a_revision_is_in_its_proposals_workspace",
            "ALTER TABLE proposals_revision ADD CONSTRAINT a_revision_is_in_its_proposals_workspace "
            "FOREIGN KEY (proposal_id, workspace_id) REFERENCES proposals_proposal (id, workspace_id) "
            "DEFERRABLE INITIALLY DEFERRED",
        ),
        Follows("revision"),
        Follows("share"),
        SharedWall("share", MINE, to_read_only=True),
        Follows("guestlink"),
        Wall("guestlink"),
        *below_a_proposal("comment"),
    ]
