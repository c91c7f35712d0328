"""A case as the text of its file: the layout of ``cases/data``, so that what git shows of a change is the change."""

from __future__ import annotations

from typing import Any, Final

import yaml

from cases.schema import CaseFile

WIDTH: Final = 110
FOLDED_FROM: Final = 100
"""Texts longer than this stand below their key, folded."""


class _Layout(yaml.SafeDumper):
    """YAML as the case files are written."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    folded = len(text) > FOLDED_FROM and "\n" not in text
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=">" if folded else None)


_Layout.add_representer(str, _text)


LAST_OF_A_MEASURE: Final = ("tracks", "result", "result_note")
LEFT_OUT_IF_EMPTY: Final = ("notes", "checked_on", "where", "result_note")


def as_yaml(case: CaseFile) -> str:
    """The text of the case's file; ``read_case`` reads an equal case from it."""
    source = _laid_out({**case.model_dump(mode="json"), "checked_on": case.checked_on})
    source["measures"] = [_laid_out(measure, LAST_OF_A_MEASURE) for measure in source["measures"]]
    source["sources"] = [_laid_out(each) for each in source["sources"]]
    return yaml.dump(source, Dumper=_Layout, sort_keys=False, allow_unicode=True, width=WIDTH)


def _laid_out(part: dict[str, Any], last: tuple[str, ...] = ()) -> dict[str, Any]:
    """The part without what stands in no file when it is empty, ``last`` at its end."""
    keys = [*(key for key in part if key not in last), *last]
    return {key: part[key] for key in keys if part[key] or key not in LEFT_OUT_IF_EMPTY}
