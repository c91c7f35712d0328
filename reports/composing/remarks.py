"""Comments as blocks. No database."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cbm_advisor.lib.text import Translate
from cbm_advisor.lib.text import gettext_noop as _
from reports.model import Comment


def comment_blocks(comments: Iterable[dict[str, Any]], say: Translate) -> tuple[Comment, ...]:
    """A block each. A comment has ``where``, ``by``, ``at`` (a day), ``text`` ("" if it was taken away), ``is_settled`` and
    ``answers``."""
    return tuple(_thread(each, say) for each in comments)


def _thread(said: dict[str, Any], say: Translate) -> Comment:
    state = say(_("settled") if said["is_settled"] else _("open"))
    return _comment(said, say, said["where"], state, tuple(_comment(answer, say) for answer in said["answers"]))


def _comment(
    said: dict[str, Any], say: Translate, where: str = "", state: str = "", answers: tuple[Comment, ...] = ()
) -> Comment:
    text = said["text"] or say(_("This comment was taken away."))
    return Comment(where=where, by=said["by"], at=said["at"], text=text, state=state, answers=answers)
