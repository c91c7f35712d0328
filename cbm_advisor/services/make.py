"""The ``make`` that started us, and how its end becomes ours."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from cbm_advisor.services import processes

_BIT_OF_SIGINT = 1 << (signal.SIGINT - 1)


class Make:
    """Watches the ``make`` that started us, if one did.

    Ctrl-C in a terminal reaches both of us. A signal sent to ``make`` alone does not: killed, it leaves us behind, and
    interrupted, it waits for us without passing the signal on. Both are seen on Linux only.
    """

    def __init__(self) -> None:
        self._pid = os.getppid() if os.environ.get("MAKELEVEL") else None
        if self._pid:
            processes.die_with_parent(signal.SIGTERM)
        self._waits_for_signals = self._handles_interrupts()

    def is_done(self) -> bool:
        """Whether ``make`` was interrupted: it then has given its handling of SIGINT back to the system."""
        return self._waits_for_signals and not self._handles_interrupts()

    def _handles_interrupts(self) -> bool:
        try:
            status = Path(f"/proc/{self._pid}/status").read_text()
        except OSError:
            return False
        caught = next(line.split()[1] for line in status.splitlines() if line.startswith("SigCgt:"))
        return bool(int(caught, 16) & _BIT_OF_SIGINT)
