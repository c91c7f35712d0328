"""temporary"""

from typing import NamedTuple


class Topic(NamedTuple):
    id: str
    key: str
    name: str
    essence: str


_T = {
    f"G{i + 1}": k
    for i, k in enumerate(
        "tailor_made simple visible verifiable what_if linked_to_process several_sectors low_cost open_future equal_impact".split()
    )
} | {f"C{i + 1}": k for i, k in enumerate("trust_not_core stalling over_success asymmetry fuzzy".split())}


def topic(i):
    return Topic(i, _T[i], _T[i], "essence")
