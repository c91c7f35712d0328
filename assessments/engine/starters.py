"""Light ideas to start from in a missing sector: prompts, never templates (rubric, section 6.3)."""

from __future__ import annotations

from typing import Final

from cbm_advisor.lib.text import gettext_noop as _

SECTOR_NAMES: Final = {
    "political": _("political"),
    "security": _("in security"),
    "economic_environmental": _("economic or environmental"),
    "social_humanitarian_cultural": _("social, humanitarian or cultural"),
}

STARTERS: Final = {
    "political": {
        "negotiators": _("shared venue, meals, mixed teams"),
        "decision_makers": _("visits in both directions, congratulation or condolence, a joint statement"),
        "wider_constituencies": _("media conduct code, joint briefings on the text"),
    },
    "security": {
        "negotiators": _("a phone list for liaison"),
        "decision_makers": _("hotline, notice of movements, joint commission"),
        "wider_constituencies": _("community monitors, mine information"),
    },
    "economic_environmental": {
        "negotiators": _("joint study trip"),
        "decision_makers": _("opening a route, a veterinary or water agreement"),
        "wider_constituencies": _("safe market day, access to pasture or wells"),
    },
    "social_humanitarian_cultural": {
        "negotiators": _("family messages for detainees"),
        "decision_makers": _("release of the ill and the young, lists of missing persons"),
        "wider_constituencies": _("family visits, school or health days, heritage repair"),
    },
}

WHO_COULD_BE_BORROWED: Final = {
    "political": _("artists, clergy, athletes"),
    "security": _("traders and drivers as observers, engineers"),
    "economic_environmental": _("soldiers to repair a road, former fighters as rangers"),
    "social_humanitarian_cultural": _("military transport for medical cases, business sponsors"),
}
