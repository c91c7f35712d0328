"""Our own data files, which are YAML."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import yaml

# The same language as SafeLoader's, read in C where libyaml is there: ten times as fast.
_Loader: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_data(path: Path) -> Any:
    """What the file says, as plain lists, dicts, texts and numbers. For our own files: what people send is another
    matter (``assessments.package.load_package``)."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - a safe loader, see above
