"""The engine: a package in, an explained scorecard out.

Pure: no Django, no database, no clock, no randomness. The same document and rubric version give the same scorecard,
byte for byte.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assessments.engine.scorecard import Scorecard
    from assessments.package import Package


def assess(package: Package, *, steps: bool = True) -> Scorecard:
    """Scores a package against the ten guidelines and five challenges.

    ``steps``: also try what each open check would bring if it were mended or answered, and what would change the
    verdict; without it both lists are empty and the result comes some five times sooner.
    """
    from assessments.engine.evaluation import Evaluation
    from assessments.engine.scorecard import Scorecard

    return Scorecard(Evaluation(package), steps=steps)
