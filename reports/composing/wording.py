"""The fixed words of reports, marked for gettext."""

from __future__ import annotations

from typing import Final

from cbm_advisor.lib.text import gettext_noop as _

WORDS: Final = {
    "kind": _("Assessment of a package of confidence-building measures"),
    "advice": _("The advice"),
    "contents": _("Contents"),
    "summary": _("Summary"),
    "verdict": _("Verdict"),
    "profile": _("Profile"),
    "guidelines": _("Ten guidelines"),
    "challenges": _("Five challenges"),
    "guideline": _("Guideline"),
    "challenge": _("Challenge"),
    "score": _("Score"),
    "band": _("Band"),
    "known": _("Coverage"),
    "risk": _("Risk"),
    "bar_legend": _("Bar: score. Bracket: range if the unknowns turn out badly or well."),
    "next_steps": _("Next best steps"),
    "would_change": _("What would change the verdict"),
    "alternatives": _("Instead of, or before, such measures"),
    "clauses": _("Clauses"),
    "clauses_intro": _("Underlined words are too loose to be kept or checked."),
    "measures": _("The measures in full"),
    "rest": _("What else the package says"),
    "left_out": _("What could not be read"),
    "left_out_intro": _("This stands in the draft, and is neither told nor judged here until it is mended."),
    "comments": _("Comments"),
    "fit": _("How the parts fit together"),
    "notes": _("Notes"),
    "tensions": _("Aims that pull against each other"),
    "causes": _("Causes that show in several findings"),
    "prompts": _("To ask yourselves"),
    "prompts_intro": _("Not scored."),
    "method": _("Method"),
    "foot": _("The advisor reviews a draft against good practice. The parties decide."),
}

METHOD: Final = (
    _(
        "The draft is read against ten guidelines and five challenges from the handbook chapter by Mason and Siegfried "
        "(2013). Each check is met, partly met or not met; what the draft does not say is unknown and lowers no score."
    ),
    _(
        "A score is the weighted mean of the checks that can be judged, limited by a cap where a serious gap is open. "
        "Coverage says how much can be judged, and the range what the score would be if all unknowns turned out badly "
        "or well. Strong is from 75, adequate from 50."
    ),
    _(
        "The result describes a draft and not a party or a person, and does not predict success: well-made packages "
        "have preceded talks that failed."
    ),
)

METHOD_FOR_PARTIES: Final = (
    _(
        "The text is read against guidelines for good confidence-building measures. A question is met, partly met or not "
        "met; what the text does not say is not known."
    ),
    _("Only what is written is read. No party is judged, and no score is given."),
)

SECTIONS: Final = {
    "conflict": _("Conflict"),
    "context": _("Purpose and phase"),
    "parties": _("Party"),
    "third_parties": _("Third party"),
    "diagnosis": _("Diagnosis"),
    "process": _("Process"),
    "verification": _("Verification"),
    "violations": _("What if"),
    "links": _("Link"),
    "not_applicable": _("Set aside"),
    "summary": _("Summary"),
    "notes": _("Notes"),
}
