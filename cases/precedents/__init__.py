"""Historic measures like one of a draft, failures beside successes."""

from cases.precedents.ranking import Precedent, precedents

__all__ = ["Precedent", "precedents"]
