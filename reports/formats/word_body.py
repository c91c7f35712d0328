"""The blocks of a report as WordprocessingML: paragraphs and tables that are named by style."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import singledispatchmethod
from itertools import chain, count
from typing import Any, Final, NamedTuple

from reports import model as m
from reports.formats import word_styles as styles
from reports.formats.errors import FormatError
from reports.formats.word_bars import bar
from reports.formats.word_lists import Lists
from reports.formats.word_text import Direction, clean, direction_of, is_right_to_left, runs

Place = Callable[[bytes], str]
"""Puts a PNG file into the document, and gives the drawing that shows it."""

LABEL_SHARE: Final = (28, 72)
PROFILE_SHARES: Final = (33, 35, 18, 14)
LIGHT_SHARES: Final = (70, 30)
DEEPEST: Final = 4
"""How deep headings go."""

TONES: Final = {"plain": "Normal", "lead": "Report Lead", "quiet": "Report Quiet", "warning": "Report Warning"}
GAP: Final = "\u2002"


class Piece(NamedTuple):
    """A part of a paragraph, in a character style."""

    text: str
    style: str = ""


class Listed(NamedTuple):
    """A heading that contents can list."""

    level: int
    title: str
    bookmark: str


class Inside(NamedTuple):
    """The section that a block stands in."""

    depth: int
    title: str


class Body:
    """Writes blocks for a document with these style ``ids`` whose text is ``width`` twentieths of a point wide."""

    def __init__(self, ids: Mapping[str, str], lists: Lists, place: Place, width: int, language: str) -> None:
        self.ids = ids
        self.lists = lists
        self.place = place
        self.width = width
        self.direction: Direction = "rtl" if is_right_to_left(language) else "ltr"
        self.colon = "\u00a0: " if language.partition("-")[0] == "fr" else ": "
        self.listed: list[Listed] = []
        self.numbers = count(10_001)

    def sections(self, sections: Sequence[m.Section], *, begins_page: bool) -> str:
        """All sections; ``begins_page``: also the first begins one, whatever it says."""
        first = [self._section(section, 1, begins_page=begins_page) for section in sections[:1]]
        return "".join([*first, *(self._section(section, 1) for section in sections[1:])])

    def contents(self, title: str, depth: int, *, begins_page: bool) -> str:
        """A table of contents that already has its entries; page numbers come when Word updates it."""
        listed = [heading for heading in self.listed if heading.level <= depth]
        if not listed:
            return ""
        begin = f'{_field("begin")}<w:r><w:instrText xml:space="preserve">TOC \\o "1-{depth}" \\h \\z \\u</w:instrText></w:r>'
        entries = [
            self._paragraph(
                f"toc {entry.level}",
                [Piece(entry.title)],
                before=begin + _field("separate") if n == 0 else "",
                link=entry.bookmark,
                after=_field("end") if n == len(listed) - 1 else "",
            )
            for n, entry in enumerate(listed)
        ]
        return self._paragraph("TOC Heading", [Piece(title)], begins_page=begins_page) + "".join(entries)

    def facts(self, rows: Iterable[m.Fact]) -> str:
        """A table of labels and values."""
        cells = [
            [self._said("Report Cell", fact.value)]
            if not fact.label
            else [self._said("Report Label", fact.label), self._said("Report Cell", fact.value)]
            for fact in rows
        ]
        return self._table(styles.FACTS, LABEL_SHARE, [], cells) if cells else ""

    # --- Blocks -------------------------------------------------------------------------------------------------------

    @singledispatchmethod
    def block(self, block: Any, inside: Inside) -> str:
        """What a block says."""
        raise FormatError(f"Word files cannot show a part of this report: {type(block).__name__}.")

    @block.register
    def _(self, block: m.Section, inside: Inside) -> str:
        return self._section(block, inside.depth + 1)

    @block.register
    def _(self, block: m.Paragraph, inside: Inside) -> str:
        return self._lines(TONES[block.tone], block.text)

    @block.register
    def _(self, block: m.Facts, inside: Inside) -> str:
        return self.facts(block.rows)

    @block.register
    def _(self, block: m.Bullets, inside: Inside) -> str:
        style, numbering = ("List Number", self.lists.numbered()) if block.is_numbered else ("List Bullet", "")
        return "".join(
            self._paragraph(style, [Piece(entry.text), *_aside(entry.note)], numbering=numbering)
            for entry in block.entries
        )

    @block.register
    def _(self, block: m.Table, inside: Inside) -> str:
        caption = self._said("caption", block.caption) if block.caption else ""
        numbers = {n for row in block.rows for n, cell in enumerate(row) if isinstance(cell, int)}
        rows = [[self._cell(cell, at_end=n in numbers) for n, cell in enumerate(row)] for row in block.rows]
        return caption + self._table(styles.TABLE, block.widths, block.columns, rows, numbers)

    @block.register
    def _(self, block: m.Profile, inside: Inside) -> str:
        rows = [
            [
                self._paragraph("Report Cell", [Piece(score.id, styles.SMALL), Piece(GAP + score.name)]),
                self._score(score),
                self._cell(score.mark),
                self._paragraph("Report Cell", [Piece(score.known, styles.SMALL)]),
            ]
            for score in block.scores
        ]
        table = self._table(styles.TABLE, PROFILE_SHARES, block.columns, rows)
        return table + self._said("Report Quiet", block.legend)

    @block.register
    def _(self, block: m.Lights, inside: Inside) -> str:
        rows = [
            [
                self._paragraph("Report Cell", [Piece(light.id, styles.SMALL), Piece(GAP + light.name)]),
                self._cell(light.mark),
            ]
            for light in block.lights
        ]
        return self._table(styles.TABLE, LIGHT_SHARES, block.columns, rows)

    @block.register
    def _(self, block: m.Finding, inside: Inside) -> str:
        head = [Piece(f"{block.check} {block.question}".strip()), Piece(GAP), *_mark(block.mark)]
        if block.topic != inside.title:
            head += _aside(block.topic)
        return self._paragraph("Report Item", head) + self._lines("Normal", block.because) + self._details(block.facts)

    @block.register
    def _(self, block: m.Clause, inside: Inside) -> str:
        head = [Piece(block.where), Piece(GAP), *_mark(block.mark)]
        clause = self._runs(block.runs, keeps=bool(block.facts))
        return self._paragraph("Report Where", head) + clause + self._details(block.facts)

    @block.register
    def _(self, block: m.Commitment, inside: Inside) -> str:
        number = [Piece(f"{block.number}\t", styles.NAME)] if block.number else []
        style, below = ("Commitment", "Commitment Detail") if block.number else ("Unnumbered Commitment", "Detail")
        measure = [m.Fact("", block.measure)] if block.measure not in ("", inside.title) else []
        details = [*measure, *block.facts]
        text = self._paragraph(f"Report {style}", [*number, Piece(block.text)], keeps=bool(details))
        return text + self._details(details, f"Report {below}")

    @block.register
    def _(self, block: m.Change, inside: Inside) -> str:
        head = [Piece(block.where), Piece(GAP), Piece(block.what, styles.NAME)]
        return self._paragraph("Report Where", head) + self._runs(block.runs)

    @block.register
    def _(self, block: m.Comment, inside: Inside) -> str:
        return self._comment(block, "Report Comment")

    @block.register
    def _(self, block: m.Note, inside: Inside) -> str:
        label = self._said("Report Note Label", block.label) if block.label else ""
        return label + self._lines("Report Note", block.text) + self._said("Report Gap", "")

    @block.register
    def _(self, block: m.Signatures, inside: Inside) -> str:
        cells = [
            self._said("Report Signature", "") + self._said("Report Cell", name)
            + self._said("Report Signature", "") + self._said("Report Cell", block.label)
            for name in block.names
        ]  # fmt: skip
        rows = [cells[n : n + 2] for n in range(0, len(cells), 2)]
        return self._table(styles.FACTS, (1, 1), [], rows, may_span=False)

    # --- Their parts --------------------------------------------------------------------------------------------------

    def _section(self, section: m.Section, depth: int, *, begins_page: bool = False) -> str:
        heading = self._heading(section, depth, begins_page=begins_page or section.begins_page)
        marked = _mark(section.mark) if section.mark else []
        aside = [*marked, *([Piece(GAP)] if marked and section.aside else []), Piece(section.aside, styles.SMALL)]
        below = self._paragraph("Report Quiet", aside, keeps=True) if section.mark or section.aside else ""
        return heading + below + "".join(self.block(block, Inside(depth, section.title)) for block in section.blocks)

    def _heading(self, section: m.Section, depth: int, *, begins_page: bool) -> str:
        style = f"heading {min(depth, DEEPEST)}"
        number = next(self.numbers)
        entry = Listed(min(depth, DEEPEST), section.title, f"_Toc{number:09}")
        self.listed.append(entry)
        return self._paragraph(
            style,
            [Piece(section.title)],
            begins_page=begins_page,
            before=f'<w:bookmarkStart w:id="{number}" w:name="{entry.bookmark}"/>',
            after=f'<w:bookmarkEnd w:id="{number}"/>',
        )

    def _details(self, facts: Iterable[m.Fact], style: str = "Report Detail") -> str:
        """Facts below what they are about, each on a line."""
        return "".join(
            self._paragraph(
                style,
                [*([Piece(fact.label + self.colon, styles.NAME)] if fact.label else []), Piece(fact.value)],
            )
            for fact in facts
            if fact.label or fact.value
        )

    def _runs(self, pieces: Iterable[m.Run], *, keeps: bool = False) -> str:
        said = [Piece(run.text, _run_style(run)) for run in pieces]
        return self._paragraph("Report Clause", said, keeps=keeps) if said else ""

    def _comment(self, comment: m.Comment, style: str) -> str:
        told = [Piece(comment.by, styles.NAME), *(Piece(each, styles.SMALL) for each in (comment.at, comment.state))]
        said = [piece for piece in told if piece.text]
        head = list(chain.from_iterable((Piece(GAP), piece) for piece in said))[1:]
        where = self._said("Report Where", comment.where) if comment.where else ""
        line = self._paragraph(style, head, keeps=True) if head else ""
        answers = "".join(self._comment(answer, "Report Answer") for answer in comment.answers)
        return where + line + self._lines(style, comment.text) + answers

    def _score(self, score: m.Score) -> str:
        if score.score is None:
            return self._said("Report Cell", "–")
        colour = styles.MARKS[styles.MARK_OF.get(score.mark.code, "Report Mark Unsure")]
        drawing = self.place(bar(score.score, score.span, colour, score.mark.code != "insufficient"))
        span = [Piece(f" ({score.span[0]}–{score.span[1]})", styles.SMALL)] if score.span else []
        return self._paragraph("Report Cell", [Piece(f"{GAP}{score.score}"), *span], before=f"<w:r>{drawing}</w:r>")

    def _cell(self, cell: str | int | m.Mark | None, *, at_end: bool = False) -> str:
        said = _mark(cell) if isinstance(cell, m.Mark) else [Piece("–" if cell is None else str(cell))]
        return self._paragraph("Report Number" if at_end else "Report Cell", said)

    # --- Paragraphs and tables ----------------------------------------------------------------------------------------

    def _lines(self, style: str, text: str) -> str:
        """A paragraph for each line that is not empty."""
        return "".join(self._said(style, line) for line in clean(text).split("\n") if line.strip())

    def _said(self, style: str, text: str) -> str:
        return self._paragraph(style, [Piece(text)])

    def _paragraph(
        self,
        style: str,
        pieces: Iterable[Piece],
        *,
        numbering: str = "",
        begins_page: bool = False,
        keeps: bool = False,
        before: str = "",
        after: str = "",
        link: str = "",
    ) -> str:
        said = [piece._replace(text=clean(piece.text)) for piece in pieces]
        way = direction_of("".join(piece.text for piece in said), self.direction)
        properties = "".join(
            [
                f'<w:pStyle w:val="{self._id(style)}"/>',
                "<w:keepNext/>" if keeps else "",
                "<w:pageBreakBefore/>" if begins_page else "",
                numbering,
                "<w:bidi/>" if way == "rtl" else '<w:bidi w:val="0"/>' if self.direction == "rtl" else "",
            ]
        )
        text = "".join(runs(piece.text, way, self._id(piece.style) if piece.style else "") for piece in said)
        if link:
            text = f'<w:hyperlink w:anchor="{link}" w:history="1">{text}</w:hyperlink>'
        return f"<w:p><w:pPr>{properties}</w:pPr>{before}{text}{after}</w:p>"

    def _id(self, style: str) -> str:
        return self.ids[style.lower()]

    def _table(
        self,
        style: str,
        shares: Sequence[int],
        heads: Sequence[str],
        rows: Iterable[Sequence[str]],
        numbers: Collection[int] = (),
        *,
        may_span: bool = True,
    ) -> str:
        """A table of cells that hold paragraphs; ``numbers``: columns that end at the same place. A row with one cell
        spans all, unless it may not."""
        widths = [self.width * share // sum(shares) for share in shares]
        head = [
            self._said("Report Number Head" if n in numbers else "Report Cell Head", title)
            for n, title in enumerate(heads)
        ]
        looks = f'w:firstRow="{int(bool(heads))}" w:lastRow="0" w:firstColumn="1" w:lastColumn="0"'
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        body = [_row(widths, head, is_head=True)] if heads else []
        body += [_row(widths, row, spans=may_span and len(row) == 1 < len(widths)) for row in rows]
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{self._id(style)}"/>'
            f"{'<w:bidiVisual/>' if self.direction == 'rtl' else ''}"
            f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
            f'<w:tblLook w:val="04A0" {looks} w:noHBand="1" w:noVBand="1"/></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>"
            f"{''.join(body)}</w:tbl>{self._said('Report Gap', '')}"
        )


def _row(widths: Sequence[int], cells: Sequence[str], *, is_head: bool = False, spans: bool = False) -> str:
    kind = f"<w:trPr><w:cantSplit/>{'<w:tblHeader/>' if is_head else ''}</w:trPr>"
    if spans:
        span = f'<w:tcW w:w="{sum(widths)}" w:type="dxa"/><w:gridSpan w:val="{len(widths)}"/>'
        return f"<w:tr>{kind}<w:tc><w:tcPr>{span}</w:tcPr>{cells[0]}</w:tc></w:tr>"
    filled = zip(widths, [*cells, *["<w:p/>"] * (len(widths) - len(cells))], strict=True)
    return f"<w:tr>{kind}{''.join(_table_cell(width, cell) for width, cell in filled)}</w:tr>"


def _table_cell(width: int, content: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{content}</w:tc>'


def _mark(mark: m.Mark) -> list[Piece]:
    words = f"{mark.sign}\u00a0{mark.word}" if mark.sign else mark.word
    return [Piece(words, styles.MARK_OF.get(mark.code, "Report Mark Unsure"))]


def _aside(text: str) -> list[Piece]:
    return [Piece(GAP), Piece(text, styles.SMALL)] if text else []


def _run_style(run: m.Run) -> str:
    return {"out": styles.REMOVED, "in": styles.ADDED}.get(run.change, styles.LOOSE if run.is_marked else "")


def _field(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'
