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


def as_yaml(case: CaseFile) -> str:
    """The text of the case's file; ``read_case`` reads an equal case from it."""
    source = case.model_dump(mode="json")
    source["measures"] = [_with_tracks_last(measure) for measure in source["measures"]]
    if not source["notes"]:
        del source["notes"]
    return yaml.dump(source, Dumper=_Layout, sort_keys=False, allow_unicode=True, width=WIDTH)


def _with_tracks_last(measure: dict[str, Any]) -> dict[str, Any]:
    return {**{key: value for key, value in measure.items() if key != "tracks"}, "tracks": measure["tracks"]}
