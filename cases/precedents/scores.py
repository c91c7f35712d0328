"""A number for each member of a set of positions, kept as binary digits that are sets themselves.

Adding a weight to ten thousand positions is a few operations on whole numbers, and so is finding the highest of them.
"""

from __future__ import annotations

from cases.searching.bitmaps import members


class Scores:
    """Sums of weights by position, zero at first."""

    def __init__(self) -> None:
        self.digits: list[int] = []

    def add(self, bits: int, weight: int) -> None:
        """Adds a weight, not negative, to every position in ``bits``."""
        for place in range(weight.bit_length()):
            if weight >> place & 1:
                self._carry(bits, place)

    def _carry(self, bits: int, place: int) -> None:
        while bits:
            while place >= len(self.digits):
                self.digits.append(0)
            self.digits[place], bits = self.digits[place] ^ bits, self.digits[place] & bits
            place += 1

    def highest(self, among: int, number: int) -> list[int]:
        """The positions in ``among`` with the highest sums, at most ``number``; of equals the first, in ascending order."""
        sure, open_ = 0, among
        for digit in reversed(self.digits):
            higher = open_ & digit
            if (sure | higher).bit_count() >= number:
                open_ = higher
            else:
                sure |= higher
                open_ &= ~digit
        rest = members(open_, 0, max(0, number - sure.bit_count()))
        return sorted([*members(sure, 0, number), *rest])
