"""The kinds of values in a package: texts, ids, ratings, tri-state answers, and the format's enumerations.

``None`` is unknown everywhere; an empty list, ``no`` or ``never`` says that there is none.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, WithJsonSchema

LONGEST_TEXT: Final = 20_000
MOST_ENTRIES: Final = 1_000

COUNTRIES: Final = frozenset(
    [
        "AD",
        "AE",
        "AF",
        "AG",
        "AI",
        "AL",
        "AM",
        "AO",
        "AQ",
        "AR",
        "AS",
        "AT",
        "AU",
        "AW",
        "AX",
        "AZ",
        "BA",
        "BB",
        "BD",
        "BE",
        "BF",
        "BG",
        "BH",
        "BI",
        "BJ",
        "BL",
        "BM",
        "BN",
        "BO",
        "BQ",
        "BR",
        "BS",
        "BT",
        "BV",
        "BW",
        "BY",
        "BZ",
        "CA",
        "CC",
        "CD",
        "CF",
        "CG",
        "CH",
        "CI",
        "CK",
        "CL",
        "CM",
        "CN",
        "CO",
        "CR",
        "CU",
        "CV",
        "CW",
        "CX",
        "CY",
        "CZ",
        "DE",
        "DJ",
        "DK",
        "DM",
        "DO",
        "DZ",
        "EC",
        "EE",
        "EG",
        "EH",
        "ER",
        "ES",
        "ET",
        "FI",
        "FJ",
        "FK",
        "FM",
        "FO",
        "FR",
        "GA",
        "GB",
        "GD",
        "GE",
        "GF",
        "GG",
        "GH",
        "GI",
        "GL",
        "GM",
        "GN",
        "GP",
        "GQ",
        "GR",
        "GS",
        "GT",
        "GU",
        "GW",
        "GY",
        "HK",
        "HM",
        "HN",
        "HR",
        "HT",
        "HU",
        "ID",
        "IE",
        "IL",
        "IM",
        "IN",
        "IO",
        "IQ",
        "IR",
        "IS",
        "IT",
        "JE",
        "JM",
        "JO",
        "JP",
        "KE",
        "KG",
        "KH",
        "KI",
        "KM",
        "KN",
        "KP",
        "KR",
        "KW",
        "KY",
        "KZ",
        "LA",
        "LB",
        "LC",
        "LI",
        "LK",
        "LR",
        "LS",
        "LT",
        "LU",
        "LV",
        "LY",
        "MA",
        "MC",
        "MD",
        "ME",
        "MF",
        "MG",
        "MH",
        "MK",
        "ML",
        "MM",
        "MN",
        "MO",
        "MP",
        "MQ",
        "MR",
        "MS",
        "MT",
        "MU",
        "MV",
        "MW",
        "MX",
        "MY",
        "MZ",
        "NA",
        "NC",
        "NE",
        "NF",
        "NG",
        "NI",
        "NL",
        "NO",
        "NP",
        "NR",
        "NU",
        "NZ",
        "OM",
        "PA",
        "PE",
        "PF",
        "PG",
        "PH",
        "PK",
        "PL",
        "PM",
        "PN",
        "PR",
        "PS",
        "PT",
        "PW",
        "PY",
        "QA",
        "RE",
        "RO",
        "RS",
        "RU",
        "RW",
        "SA",
        "SB",
        "SC",
        "SD",
        "SE",
        "SG",
        "SH",
        "SI",
        "SJ",
        "SK",
        "SL",
        "SM",
        "SN",
        "SO",
        "SR",
        "SS",
        "ST",
        "SV",
        "SX",
        "SY",
        "SZ",
        "TC",
        "TD",
        "TF",
        "TG",
        "TH",
        "TJ",
        "TK",
        "TL",
        "TM",
        "TN",
        "TO",
        "TR",
        "TT",
        "TV",
        "TW",
        "TZ",
        "UA",
        "UG",
        "UM",
        "US",
        "UY",
        "UZ",
        "VA",
        "VC",
        "VE",
        "VG",
        "VI",
        "VN",
        "VU",
        "WF",
        "WS",
        "XK",
        "YE",
        "YT",
        "ZA",
        "ZM",
        "ZW",
    ]
)
"""ISO 3166-1 alpha-2, and XK."""

CHECKS_PER_GROUP: Final = {
    "G1": 4,
    "G2": 6,
    "G3": 5,
    "G4": 7,
    "G5": 7,
    "G6": 6,
    "G7": 6,
    "G8": 5,
    "G9": 5,
    "G10": 7,
    "C1": 5,
    "C2": 7,
    "C3": 6,
    "C4": 6,
    "C5": 7,
}
"""How many checks each guideline and challenge has, so that a package can name only checks that exist."""


def _words(value: Any) -> Any:
    if value is True:
        return "yes"
    return "no" if value is False else value


def _as_text(value: Any) -> Any:
    """A bare number or year in YAML is meant as text where text is asked for."""
    return str(value) if type(value) in (int, float) else value


def _in_order(values: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(sorted(set(values)))


def _number(value: float) -> float:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _country(value: str) -> str:
    if value not in COUNTRIES:
        raise ValueError(f'"{value}" is not a country code of ISO 3166-1 alpha-2, such as SD or KE')
    return value


def _iso_date(value: str) -> str:
    try:
        date.fromisoformat(value)
    except ValueError:
        raise ValueError(f'"{value}" is not a date; write it as 2002-01-19') from None
    return value


def _check_id(value: str) -> str:
    group, _, number = value.partition(".")
    if not number.isdecimal() or not 1 <= int(number) <= CHECKS_PER_GROUP.get(group, 0):
        raise ValueError(f'no check "{value}"; checks are named like G4.1 or C5.7')
    return value


Tri = Annotated[
    Literal["yes", "partly", "no"],
    BeforeValidator(_words),
    WithJsonSchema({"enum": ["yes", "partly", "no", True, False]}),
]
Text = Annotated[str, StringConstraints(max_length=LONGEST_TEXT)]
Wording = Annotated[Text, BeforeValidator(_as_text)]
ShortText = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"\S")]
Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{1,64}$")]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,100}$")]
Language = Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$", max_length=35)]
Country = Annotated[str, AfterValidator(_country)]
IsoDate = Annotated[str, AfterValidator(_iso_date)]
CheckId = Annotated[str, AfterValidator(_check_id)]

Count = Annotated[int, Field(strict=True, ge=0, le=1_000_000)]
Number = Count | Annotated[float, Field(strict=True, ge=0, le=1_000_000, allow_inf_nan=False), AfterValidator(_number)]
Rating2 = Annotated[int, Field(strict=True, ge=0, le=2)]
Rating3 = Annotated[int, Field(strict=True, ge=0, le=3)]
Rating4 = Annotated[int, Field(strict=True, ge=0, le=4)]

Phase = Literal["before_process", "pre_negotiation", "negotiation", "implementation"]
Purpose = Literal["prevent_escalation", "initiate_deepen", "consolidate"]
Sector = Literal["political", "security", "economic_environmental", "social_humanitarian_cultural"]
Level = Literal["negotiators", "decision_makers", "wider_constituencies"]
Track = Literal["I", "II", "III"]
Audience = Literal["negotiators", "decision_makers", "security_forces", "constituencies", "international"]
Role = Literal["mediator", "facilitator", "monitor", "guarantor", "funder", "host", "implementer"]

Entries = Field(max_length=MOST_ENTRIES)
Several = Annotated[tuple[Text, ...], Entries]
Sorted = AfterValidator(_in_order)
Ids = Annotated[tuple[Id, ...], Entries]
IdSet = Annotated[tuple[Id, ...], Entries, Sorted]
Phases = Annotated[tuple[Phase, ...], Entries, Sorted]
Purposes = Annotated[tuple[Purpose, ...], Entries]
Sectors = Annotated[tuple[Sector, ...], Entries, Sorted]
Levels = Annotated[tuple[Level, ...], Entries, Sorted]
Tracks = Annotated[tuple[Track, ...], Entries, Sorted]
Audiences = Annotated[tuple[Audience, ...], Entries, Sorted]
Roles = Annotated[tuple[Role, ...], Entries]
AllOr = Literal["all"] | Ids
