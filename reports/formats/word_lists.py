"""The numbering of lists in a Word file: bullets, and numbers that begin again with each list."""

from __future__ import annotations

from typing import Any, Final

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.parts.numbering import NumberingPart

BULLETS: Final = "list bullet"
NUMBERS: Final = "list number"
_SIGNS: Final = {BULLETS: ("bullet", "•"), NUMBERS: ("decimal", "%1.")}


class Lists:
    """The lists of a document. A list style of its own that has no sign gets ours."""

    def __init__(self, document: Document, ids: dict[str, str]) -> None:
        self.root = _numbering(document)
        by_id = {style.get(qn("w:styleId")): style for style in document.styles.element.findall(qn("w:style"))}
        kinds = {name: self._kind(by_id[ids[name]], name) for name in (BULLETS, NUMBERS)}
        self.numbers = kinds[NUMBERS]

    def numbered(self) -> str:
        """What the paragraphs of a new numbered list have in common; it begins at 1."""
        number = self._num(self.numbers, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>')
        return f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'

    def _kind(self, style: Any, name: str) -> int:
        """The id of the abstract numbering that a list style follows."""
        numbering = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
        followed = self._followed(numbering.get(qn("w:val"))) if numbering is not None else None
        if followed is not None:
            return followed
        kind = self._abstract(*_SIGNS[name])
        properties = style.get_or_add_pPr()
        properties._remove_numPr()
        properties.get_or_add_numPr().get_or_add_numId().val = self._num(kind)
        return kind

    def _followed(self, number: str) -> int | None:
        for num in self.root.findall(qn("w:num")):
            if num.get(qn("w:numId")) == number:
                return int(num.find(qn("w:abstractNumId")).get(qn("w:val")))
        return None

    def _abstract(self, form: str, sign: str) -> int:
        kinds = self.root.findall(qn("w:abstractNum"))
        kind = 1 + max((int(each.get(qn("w:abstractNumId"))) for each in kinds), default=-1)
        made = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{kind}"><w:multiLevelType w:val="singleLevel"/>'
            f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{sign}"/>'
            '<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="340" w:hanging="340"/></w:pPr></w:lvl></w:abstractNum>'
        )
        if kinds:
            kinds[-1].addnext(made)
        else:
            self.root.insert(0, made)
        return kind

    def _num(self, kind: int, override: str = "") -> int:
        nums = self.root.findall(qn("w:num"))
        number = 1 + max((int(num.get(qn("w:numId"))) for num in nums), default=0)
        made = parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{kind}"/>{override}</w:num>'
        )
        if nums:
            nums[-1].addnext(made)
        else:
            kinds = self.root.findall(qn("w:abstractNum"))
            kinds[-1].addnext(made)
        return number


def _numbering(document: Document) -> Any:
    """The root of the numbering, made where there is none."""
    try:
        return document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING)._element  # type: ignore[attr-defined]
    except KeyError:
        root: Any = parse_xml(f"<w:numbering {nsdecls('w')}/>")
        name = PackURI("/word/numbering.xml")
        part = NumberingPart(name, CONTENT_TYPE.WML_NUMBERING, root, document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
        return root
