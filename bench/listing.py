"""The list of proposals at 10,000 against 100: ``python -m bench.listing``, a process and a database of its own."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from bench.services import database

VAR = Path(__file__).resolve().parent.parent / "var"


def main() -> None:
    """Prints the figures, and throws the database away."""
    VAR.mkdir(exist_ok=True)
    with TemporaryDirectory(dir=VAR, prefix="bench-listing-") as folder, database(Path(folder)):
        from django.db import connections

        from bench import long_lists

        for figure in long_lists.figures():
            print(figure, flush=True)
        connections.close_all()


if __name__ == "__main__":
    main()
