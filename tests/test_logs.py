"""Log lines for collectors."""

from __future__ import annotations

import json
import logging
import sys

import pytest

from cbm_advisor.logs import DiscreetFormatter, JsonFormatter, tells_of_more_than_housekeeping


def test_a_line_is_one_json_object_even_with_an_exception_in_it() -> None:
    try:
        raise ValueError("Änderung\nin two lines")
    except ValueError:
        record = logging.LogRecord("reports", logging.ERROR, "", 0, "report %s failed", (7,), sys.exc_info())
    line = JsonFormatter().format(record)
    assert "\n" not in line
    said = json.loads(line)
    assert (said["level"], said["logger"], said["message"]) == ("error", "reports", "report 7 failed")
    assert "test_logs.py" in said["exception"]
    assert "ValueError" in said["exception"]
    assert said["time"].endswith("+00:00")


@pytest.mark.parametrize(
    ("level", "task", "told"),
    [
        (logging.INFO, "reports.tasks.sweep", False),
        (logging.ERROR, "reports.tasks.sweep", True),
        (logging.INFO, "reports.tasks.render_report", True),
    ],
)
def test_what_succeeds_every_minute_is_not_told(level: int, task: str, told: bool) -> None:
    record = logging.LogRecord("celery.app.trace", level, "", 0, "Task %(name)s", (), None)
    record.data = {"name": task}
    assert tells_of_more_than_housekeeping(record) is told


SECRET = "-".join(["a", "sentence", "of", "a", "package"])


@pytest.mark.parametrize("formatter", [JsonFormatter(), DiscreetFormatter("%(message)s")])
def test_no_line_quotes_what_an_exception_says(formatter: logging.Formatter) -> None:
    def fail() -> None:
        try:
            int(SECRET)
        except ValueError as error:
            raise RuntimeError(SECRET) from error

    try:
        fail()
    except RuntimeError:
        record = logging.LogRecord("django.request", logging.ERROR, "", 0, "failed", (), sys.exc_info())
    line = formatter.format(record)
    assert SECRET not in line
    assert "builtins.RuntimeError" in line
    assert "builtins.ValueError" in line
