"""The engine: a package in, an explained scorecard out.

Pure: no Django, no database, no clock, no randomness. The same document and rubric version give the same scorecard,
byte for byte.
"""

from __future__ import annotations

from assessments.engine.evaluation import Evaluation
from assessments.engine.scorecard import Scorecard
from assessments.package import Package

__all__ = ["Scorecard", "assess"]


def assess(package: Package, *, steps: bool = True) -> Scorecard:
    """Scores a package against the ten guidelines and five challenges.

    ``steps``: also try what each open check would bring if it were mended or answered, and what would change the
    verdict; without it both lists are empty and the result comes several times sooner.
    """
    return Scorecard(Evaluation(package), steps=steps)
