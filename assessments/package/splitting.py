"""An agreement's text cut into clauses. Nothing is invented and no word is lost: the pieces are the text, in its order.

Lines that begin with an article, a number, a letter in brackets or a bullet begin a piece, and so does what follows an empty
line. A long paragraph is cut into its sentences. Short lines above others are headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, Literal, NamedTuple

from assessments.package.kinds import LONGEST_TEXT

LONG: Final = 280
"""Characters from which a paragraph is cut into sentences."""
LONGEST_HEADING: Final = 120
MOST_WORDS: Final = 12
"""Of a heading that has neither a number nor capitals to tell it by."""


class Section(NamedTuple):
    """Clauses below one heading; ``heading`` is empty for what stands before the first one.

    ``above``: headings over this one that have no clause of their own.
    """

    heading: str
    clauses: tuple[str, ...]
    above: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The heading without what only counts it: "Withdrawal" of "Article 3: Withdrawal"."""
        named = _NAMED.match(self.heading)
        bare = named["rest"] if named else _NUMBER.sub("", self.heading, count=1)
        bare = bare.strip(" \t.:-–—)#")
        return bare or self.heading


class _Block(NamedTuple):
    """A run of lines. ``kind``: what its first line looks like."""

    text: str
    kind: Literal["named", "capitals", "numbered", "plain", "clause"]
    level: str = ""


_BREAKS: Final = re.compile(r"\r\n?|[\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f\ud800-\udfff]")
_WORDS_FOR_PARTS: Final = (
    "article|art|section|sec|chapter|part|annex|appendix|protocol|schedule|title|clause|paragraph|point"
    "|chapitre|titre|partie|annexe|artículo|sección|capítulo|título|anexo|artigo|artikel|abschnitt|teil|anhang"
    "|статья|раздел|глава|часть|приложение|المادة|الفصل|الباب|القسم"
)
_NAMED: Final = re.compile(
    rf"(?P<label>(?:{_WORDS_FOR_PARTS})\.?\s+(?:[0-9]+(?:\.[0-9]+)*[a-z]?|[ivxlcdm]+|[a-z])\b)(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_NUMBER: Final = re.compile(
    r"\A\s*(?:[0-9]{1,3}(?:\.[0-9]{1,3})+\.?|[0-9]{1,3}[.)]|\((?:[0-9]{1,3}|[a-z]{1,2}|[ivxlc]{1,6})\)"
    r"|(?:[a-z]|[ivxlc]{1,6})[.)])(?=\s|$)",
    re.IGNORECASE,
)
_BULLET: Final = re.compile(r"\A[-–—*•·▪▫◦‣●○■□➢✓]+(?:\s+|$)")
_ENDED: Final = re.compile(r"[.;:!?؟؛。…][\"”’»)\]]*$")
_SENTENCE: Final = re.compile(
    r"(?<=[.!?؟。])[\"”’»)\]]*\s+(?=[\"“„«(\[]?[^\W_])"
    r"|(?<=[;؛])\s+(?=(?:(?:and|or|et|ou|y|o|und|oder)\s+)?\([0-9a-zA-Z]{1,4}\)\s)"
)
_SHORT_FORM: Final = re.compile(
    r"(?:\b(?:art|arts|no|nos|nr|para|paras|sec|ch|cf|e\.g|i\.e|etc|al|vs|mr|mrs|ms|dr|gen|col|lt|maj|st|op|p|pp|vol|res"
    r"|approx|incl|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec)|\b[A-Z]|^\s*\(?[0-9a-z]{1,4})\.[\"”’»)\]]*$",
    re.IGNORECASE,
)


def split(text: str) -> list[Section]:
    """The sections of a text with their clauses, in order; none if there is no word."""
    return list(_sections(_headings_that_head(list(_blocks(text)))))


def pieces(sections: Iterable[Section]) -> Iterator[str]:
    """Headings and clauses in the order of the text."""
    for section in sections:
        yield from section.above
        if section.heading:
            yield section.heading
        yield from section.clauses


def sentences(paragraph: str) -> list[str]:
    """A paragraph as it is if it is short, else its sentences."""
    if len(paragraph) <= LONG:
        return [paragraph]
    found, start = [], 0
    for gap in _SENTENCE.finditer(paragraph):
        closing = gap.group().rstrip()
        if not closing and _SHORT_FORM.search(paragraph[max(start, gap.start() - 12) : gap.start()]):
            continue
        found.append(paragraph[start : gap.start()] + closing)
        start = gap.end()
    stripped = (each.strip() for each in [*found, paragraph[start:]])
    return [part for each in stripped if each for part in _in_reach(each)]


def _in_reach(sentence: str) -> Iterator[str]:
    """A sentence, in parts if it is longer than a clause may be."""
    while len(sentence) > LONGEST_TEXT and (gap := sentence.rfind(" ", 0, LONGEST_TEXT)) > 0:
        yield sentence[:gap]
        sentence = sentence[gap + 1 :]
    yield sentence


def _blocks(text: str) -> Iterator[_Block]:
    """Runs of lines that belong together; an empty line, a mark at the beginning, or an ended sentence divides them."""
    run: list[str] = []
    divided = True  # by an empty line
    for line in _lines(text):
        if run and (not line or divided or _is_marked(line) or _ENDED.search(run[-1]) or _is_above(run, line)):
            yield _block(run)
            run = []
        divided = not line
        if bare := _BULLET.sub("", line, count=1):
            run.append(bare)
    if run:
        yield _block(run)


def _lines(text: str) -> Iterator[str]:
    for line in _BREAKS.split(text):
        yield " ".join(_CONTROL.sub(" ", line).split())


def _is_marked(line: str) -> bool:
    return bool(_BULLET.match(line) or _NUMBER.match(line) or line.startswith("#") or _begins_part(line))


def _begins_part(line: str) -> bool:
    named = _NAMED.match(line)
    return named is not None and not line[:1].islower()


def _is_above(run: list[str], line: str) -> bool:
    """Whether a run of one line is a heading above ``line``: it did not fill its line, and the next begins anew."""
    return len(run) == 1 and len(run[0]) < 60 and _kind(run[0]) != "clause" and not line[:1].islower()


def _block(run: list[str]) -> _Block:
    text = " ".join(run)
    kind = _kind(text) if len(run) == 1 else "clause"
    return _Block(text, kind, _level(text, kind))


def _kind(text: str) -> Literal["named", "capitals", "numbered", "plain", "clause"]:
    if len(text) > LONGEST_HEADING or (_ENDED.search(text) and not _is_bare_label(text)):
        return "clause"
    if text.startswith("#") or _begins_part(text):
        return "named"
    if sum(map(str.isalpha, text)) > 2 and text.upper() == text and text.lower() != text:
        return "capitals"
    bare = _NUMBER.sub("", text, count=1).strip()
    if not bare or len(bare.split()) > MOST_WORDS or bare[0].islower():
        return "clause"
    return "numbered" if bare != text else "plain"


def _is_bare_label(text: str) -> bool:
    """ "Article 3." and "Article 3:" end with a mark and are headings all the same."""
    named = _NAMED.fullmatch(text)
    return named is not None and not named["rest"].strip(" .:-–—)")


def _level(text: str, kind: str) -> str:
    """What headings of one level have in common."""
    if kind == "named":
        named = _NAMED.match(text)
        return named["label"].split()[0].lower() if named else text[: len(text) - len(text.lstrip("#"))]
    if kind == "numbered" and (number := _NUMBER.match(text)):
        return re.sub(r"[0-9]+", "1", re.sub(r"[a-z]+", "a", number.group().strip().lower()))
    return kind


def _headings_that_head(blocks: list[_Block]) -> list[_Block]:
    """Takes headings for clauses where nothing stands below them: entries of a list, and the last lines."""
    found: list[_Block] = []
    for n, block in enumerate(blocks):
        follower = blocks[n + 1] if n + 1 < len(blocks) else None
        heads = follower is not None and (follower.kind == "clause" or follower.level != block.level)
        listed = block.kind in ("numbered", "plain") and bool(found) and found[-1].level == f"list {block.level}"
        if block.kind == "clause" or (heads and not listed):
            found.append(block)
        else:
            found.append(_Block(block.text, "clause", f"list {block.level}"))
    return found


def _sections(blocks: list[_Block]) -> Iterator[Section]:
    above: list[str] = []
    heading, clauses = "", list[str]()
    for block in blocks:
        if block.kind == "clause":
            clauses += sentences(block.text)
            continue
        if heading and not clauses and _is_bare_label(heading) and block.kind in ("plain", "capitals"):
            heading = f"{heading} {block.text}"
            continue
        if clauses:
            yield Section(heading, tuple(clauses), tuple(above))
            above = []
        elif heading:
            above.append(heading)
        heading, clauses = block.text, []
    if heading or clauses:
        yield Section(heading, tuple(clauses), tuple(above))
