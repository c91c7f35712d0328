"""A report of a revision follows its proposal to another workspace, and is seen by whom the proposal is shared with."""

from django.db import migrations

from proposals.sharing.operations import THROUGH_REVISION, Follows, NoWall, SharedWall


class Migration(migrations.Migration):
    dependencies = [
        ("proposals", "0007_shares_guest_links_comments"),
        ("reports", "0003_make_reports_of_shelves"),
    ]

    operations = [
        NoWall("report"),
        SharedWall("report", THROUGH_REVISION),
        Follows("report", "revision"),
    ]
