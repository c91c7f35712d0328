"""What lists show of a proposal, beside it, and the words that it is found by.

What a query can tell of the proposals that are there is filled in; the rest the first worker makes, see
``proposals.listing.describing``.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from proposals.sharing.operations import below_a_proposal

FILL = """
    UPDATE proposals_proposal AS proposal
    SET changed_at = newest.created_at, changed_by_id = newest.author_id, newest_number = newest.number,
        worked_on_by = ARRAY(
            SELECT author_id FROM proposals_revision WHERE proposal_id = proposal.id
            UNION SELECT proposal.created_by_id
        ),
        sort_title = lower(title), behind_since = now() - interval '1 hour'
    FROM (
        SELECT DISTINCT ON (proposal_id) * FROM proposals_revision ORDER BY proposal_id, number DESC
    ) AS newest
    WHERE newest.proposal_id = proposal.id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_invitations_to_what_is_shared"),
        ("proposals", "0007_shares_guest_links_comments"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ProposalWord",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "proposal_id", "word", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="words",
                        to="proposals.proposal",
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.workspace",
                    ),
                ),
                ("word", models.TextField(verbose_name="word")),
            ],
        ),
        migrations.AddField(
            model_name="proposal",
            name="actor_levels",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=40),
                blank=True,
                default=list,
                size=None,
                verbose_name="actor levels",
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="archived_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="archived"),
        ),
        migrations.AddField(
            model_name="proposal",
            name="archived_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="behind_since",
            field=models.DateTimeField(blank=True, null=True, verbose_name="behind since"),
        ),
        migrations.AddField(
            model_name="proposal",
            name="changed_at",
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name="changed"),
        ),
        migrations.AddField(
            model_name="proposal",
            name="changed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="described_as",
            field=models.CharField(blank=True, max_length=40, verbose_name="described as"),
        ),
        migrations.AddField(
            model_name="proposal",
            name="worked_on_by",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), blank=True, default=list, size=None, verbose_name="worked on by"
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="measure_count",
            field=models.PositiveIntegerField(default=0, verbose_name="measures"),
        ),
        migrations.AddField(
            model_name="proposal",
            name="newest_number",
            field=models.PositiveIntegerField(default=0, verbose_name="newest revision"),
        ),
        migrations.AddField(
            model_name="proposal",
            name="phase",
            field=models.CharField(blank=True, max_length=30, verbose_name="phase"),
        ),
        migrations.AddField(
            model_name="proposal",
            name="purposes",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=40), blank=True, default=list, size=None, verbose_name="purposes"
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="score",
            field=models.SmallIntegerField(default=-1, verbose_name="score"),
        ),
        migrations.AddField(
            model_name="proposal",
            name="sectors",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=40), blank=True, default=list, size=None, verbose_name="sectors"
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="sort_title",
            field=models.CharField(blank=True, max_length=200, verbose_name="title to sort by"),
        ),
        migrations.AddField(
            model_name="proposal",
            name="verdict",
            field=models.CharField(blank=True, max_length=30, verbose_name="verdict"),
        ),
        migrations.RunSQL([FILL, "SET CONSTRAINTS ALL IMMEDIATE"], migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="proposal",
            index=models.Index(
                condition=models.Q(("archived_at__isnull", True), ("deleted_at__isnull", True)),
                fields=["workspace", "changed_at", "id"],
                name="proposals_by_changed_at",
            ),
        ),
        migrations.AddIndex(
            model_name="proposal",
            index=models.Index(
                condition=models.Q(("archived_at__isnull", True), ("deleted_at__isnull", True)),
                fields=["workspace", "sort_title", "id"],
                name="proposals_by_sort_title",
            ),
        ),
        migrations.AddIndex(
            model_name="proposal",
            index=models.Index(
                condition=models.Q(("archived_at__isnull", True), ("deleted_at__isnull", True)),
                fields=["workspace", "score", "id"],
                name="proposals_by_score",
            ),
        ),
        migrations.AddIndex(
            model_name="proposal",
            index=models.Index(
                condition=models.Q(("archived_at__isnull", True), ("deleted_at__isnull", True)),
                fields=["workspace", "measure_count", "id"],
                name="proposals_by_measure_count",
            ),
        ),
        migrations.AddIndex(
            model_name="proposal",
            index=models.Index(
                condition=models.Q(("archived_at__isnull", False), ("deleted_at__isnull", True)),
                fields=["workspace", "changed_at", "id"],
                name="archived_proposals",
            ),
        ),
        migrations.AddIndex(
            model_name="proposal",
            index=models.Index(
                condition=models.Q(("behind_since__isnull", False)), fields=["behind_since"], name="proposals_behind"
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("archived_at", None), ("archived_by", None)),
                    models.Q(("archived_at__isnull", False), ("archived_by__isnull", False)),
                    _connector="OR",
                ),
                name="an_archived_proposal_says_by_whom",
            ),
        ),
        migrations.AddIndex(
            model_name="proposalword",
            index=models.Index(fields=["workspace", "word", "proposal"], name="proposals_by_word"),
        ),
        *below_a_proposal("proposalword"),
    ]
