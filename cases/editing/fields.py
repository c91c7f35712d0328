"""What a case is made of, named for people: one list for the form, the spreadsheet, what differs and what is wrong.

No database. ``cases.schema`` says what each field takes; a test holds this list to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

from cases.searching.facets import DIRECTIONS
from cbm_advisor.lib.text import gettext_noop as _
from guidelines.catalogue import topics
from guidelines.taxonomy import LABELS

Kind = Literal["line", "text", "choice", "choices", "whole", "decimal", "flag", "codes"]
"""How a value is written. ``codes`` are short words, one after the other; ``flag`` is yes or no."""


class Field(NamedTuple):
    """A field of a case or of a part of it. ``path``: as in a case file, ``verification.method``."""

    path: str
    label: str
    kind: Kind = "line"
    help: str = ""
    vocabulary: Mapping[str, str] = {}
    is_needed: bool = True

    @property
    def name(self) -> str:
        """Its name in a form."""
        return self.path.replace(".", "_")


class Group(NamedTuple):
    """Parts of which a case has several. Without ``fields`` each is a text by itself."""

    name: str
    label: str
    one: str
    fields: tuple[Field, ...] = ()
    text: Kind = "line"
    help: str = ""
    is_needed: bool = True

    @property
    def own_fields(self) -> tuple[Field, ...]:
        """Its fields; of a text by itself one without a path."""
        return self.fields or (Field("", self.one, self.text),)


_TOPICS: Final = {each.id: f"{each.id} {each.name}" for each in topics().values()}
_SHOWN: Final = {"illustrates_strength": DIRECTIONS["well"], "illustrates_problem": DIRECTIONS["badly"]}

CASE: Final = (
    Field("title", _("Title"), help=_("The place and what was done, as it stands in the list.")),
    Field("slug", _("Address"), help=_("Small letters, digits and hyphens: the place first, the year last.")),
    Field("region", _("Region"), help=_("As other cases say it, so that they are found together.")),
    Field("countries", _("Countries"), "codes", _("Codes of two letters, such as SD, SS.")),
    Field("lat", _("Latitude"), "decimal", _("In degrees, between -90 and 90.")),
    Field("lon", _("Longitude"), "decimal", _("In degrees, between -180 and 180.")),
    Field("years", _("Years"), help=_("2002, or 2002-2005, or 2002-ongoing.")),
    Field("conflict_type", _("Type of conflict"), "choice", vocabulary=LABELS["conflict_type"]),
    Field("third_party", _("Third party"), help=_("Who helped, if anybody did."), is_needed=False),
    Field("process_phases", _("Phases"), "choices", vocabulary=LABELS["phase"]),
    Field("summary", _("Summary"), "text", _("What happened, in your own words. Facts that the sources bear out.")),
    Field("outcome.worked", _("What worked"), "text"),
    Field("outcome.did_not", _("What did not"), "text"),
    Field("confidence", _("How sure the facts are"), "choice", vocabulary=LABELS["confidence"]),
    Field("checked", _("Checked"), "flag", _("A public page that supports the core facts was seen."), is_needed=False),
    Field("checked_on", _("Facts last checked on"), help=_("The day, as 2026-11-25."), is_needed=False),
    Field("chapter", _("Chapter"), help=_("Where the chapter on measures speaks of it."), is_needed=False),
)
PARTY: Final = (
    Field("name", _("Name")),
    Field("kind", _("Kind"), "choice", vocabulary=LABELS["party_kind"]),
    Field("relative_power", _("Power"), "choice", vocabulary=LABELS["power"]),
)
MEASURE: Final = (
    Field("title", _("Title")),
    Field("description", _("Description"), "text", _("Who did what, where and for how long.")),
    Field("sectors", _("Sectors"), "choices", vocabulary=LABELS["sector"]),
    Field("actor_levels", _("Actor levels"), "choices", vocabulary=LABELS["actor_level"]),
    Field("phases", _("Phases"), "choices", vocabulary=LABELS["phase"]),
    Field("purposes", _("Purposes"), "choices", vocabulary=LABELS["purpose"]),
    Field("tracks", _("Tracks"), "choices", vocabulary=LABELS["track"]),
    Field("binding", _("Binding force"), "choice", vocabulary=LABELS["binding"]),
    Field("reciprocity", _("Reciprocity"), "choice", vocabulary=LABELS["reciprocity"]),
    Field("verification.method", _("Verified by"), "choice", vocabulary=LABELS["verification"]),
    Field("verification.note", _("Note on verification"), is_needed=False),
    Field("year", _("Year"), "whole", is_needed=False),
    Field("result", _("What came of it"), "choice", vocabulary=LABELS["result"]),
    Field("result_note", _("Why"), "text", _("From what the case says; unclear if it does not tell."), is_needed=False),
)
LESSON: Final = (
    Field("key", _("Guideline or challenge"), "choice", vocabulary=_TOPICS),
    Field("direction", _("What the case shows of it"), "choice", vocabulary=_SHOWN),
    Field("why", _("Why"), "text", _("One sentence with the fact that shows it.")),
)
SOURCE: Final = (
    Field("who", _("Author or publisher")),
    Field("title", _("Title")),
    Field("year", _("Year"), "whole", is_needed=False),
    Field("where", _("Where it is to be found"), help=_("A publisher, a collection, a web page."), is_needed=False),
)
GROUPS: Final = (
    Group("parties", _("Parties"), _("Party"), PARTY),
    Group("measures", _("Measures"), _("Measure"), MEASURE),
    Group("lessons", _("Lessons"), _("Lesson"), LESSON),
    Group("sources", _("Sources"), _("Source"), SOURCE),
    Group("links", _("Links"), _("Link"), help=_("Public pages that support the facts."), is_needed=False),
    Group("notes", _("Where sources differ"), _("Note"), text="text", is_needed=False),
)
BY_NAME: Final = {group.name: group for group in GROUPS}
