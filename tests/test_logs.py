"""Log lines for collectors."""

from __future__ import annotations

import json
import logging
import sys

from cbm_advisor.logs import JsonFormatter


def test_a_line_is_one_json_object_even_with_an_exception_in_it() -> None:
    try:
        raise ValueError("Änderung\nin two lines")
    except ValueError:
        record = logging.LogRecord("reports", logging.ERROR, "", 0, "report %s failed", (7,), sys.exc_info())
    line = JsonFormatter().format(record)
    assert "\n" not in line
    said = json.loads(line)
    assert (said["level"], said["logger"], said["message"]) == ("error", "reports", "report 7 failed")
    assert "ValueError: Änderung" in said["exception"]
    assert said["time"].endswith("+00:00")
