"""Reports of several proposals in one archive, as a kind of report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from reports.files import FileGoneError, opened
from reports.models import Part, Report
from reports.telling import About

README: Final = "README.txt"
DIGITS: Final = 8


class BatchKind:
    """An archive is its requester's alone, and only as long as they may read all that stands in it."""

    is_personal = True
    formats: tuple[Report.Format, ...] = (Report.Format.ZIP,)
    audiences: tuple[Report.Audience, ...] = tuple(Report.Audience)
    takes_party = False

    def keep(self, report: Report) -> dict[str, Any] | None:
        """What stands in an archive is written down where it is asked for."""
        return report.content

    def may_open(self, user: User, report: Report) -> bool:
        if report.requested_by_id != user.pk or report.workspace_id not in user.roles:
            return False
        return not report.parts.exclude(report__in=Report.objects.readable_by(user)).exists()

    def hold(self, report: Report) -> None:
        User.objects.select_for_update(no_key=True).get(pk=report.requested_by_id)

    def about(self, report: Report) -> About:
        return About(
            title=_("Reports of several proposals"),
            number=report.fingerprint[:DIGITS],
            note=_("For you alone"),
            heading=_("An archive of files"),
            address=reverse("proposals:list"),
            way=_("Back to the proposals"),
        )

    def audited(self, report: Report) -> tuple[str, dict[str, str | int]]:
        return "batch_", {"number": len(_kept(report)["names"])}

    def files(self, report: Report) -> Iterator[tuple[str, bytes]]:
        """The file of each part that is ready, and a text that names the others."""
        names, lacking = _kept(report)["names"], []
        parts = Part.objects.filter(whole=report).select_related("report").defer("report__content")
        for part in parts.order_by("position").iterator(chunk_size=50):
            name = names[part.position - 1]
            content, why = _content_of(part.report)
            if content:
                yield name, content
            else:
                lacking.append(f"{name}: {why}")
        yield README, _read_me(report, lacking).encode()


def _kept(report: Report) -> dict[str, Any]:
    assert report.content is not None, "The database holds a report of this kind to a content."
    return dict(report.content)


def _content_of(part: Report) -> tuple[bytes, str]:
    """The file of a part, or why there is none."""
    if part.state != Report.State.DONE:
        return b"", part.error or part.get_state_display()
    try:
        with opened(part) as file:
            return file.read(), ""
    except FileGoneError:
        return b"", _("The file is no longer there.")


def _read_me(report: Report, lacking: list[str]) -> str:
    left_out = _kept(report)["left_out"]
    lines = [
        _("Reports made by CBM Advisor for %(workspace)s, asked for on %(day)s.")
        % {"workspace": report.workspace.name, "day": report.requested_at.date().isoformat()},
        _("manifest.sha256 has the sums of all files: sha256sum -c manifest.sha256 checks them."),
    ]
    if lacking:
        lines += ["", _("These could not be made:"), *(f"- {line}" for line in lacking)]
    if left_out:
        lines += [
            "",
            _("These were left out, for you may not read all of them:"),
            *(f"- {title}" for title in left_out),
        ]
    return "\n".join(lines) + "\n"
