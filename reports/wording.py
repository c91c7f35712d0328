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

SECTIONS: Final = {
    "conflict": _("Conflict"),
    "context": _("Purpose and phase"),
    "parties": _("Party"),
    "third_parties": _("Third party"),
    "diagnosis": _("Diagnosis"),
    "process": _("Process"),
    "measures": _("Measure"),
    "commitments": _("clause"),
    "verification": _("Verification"),
    "violations": _("What if"),
    "links": _("Link"),
    "not_applicable": _("Set aside"),
    "summary": _("Summary"),
    "notes": _("Notes"),
}

FIELDS: Final = {
    "kind": _("Kind"),
    "sectors": _("Sectors"),
    "actor_levels": _("Actor levels"),
    "tracks": _("Tracks"),
    "phase": _("Phase"),
    "phases": _("Phases"),
    "purposes": _("Purposes"),
    "purpose_statement": _("Purpose"),
    "purpose_shared": _("Purpose is shared"),
    "binding": _("Binding force"),
    "reciprocity": _("Reciprocity"),
    "initiator": _("Begun by"),
    "reply_agreed": _("Reply is agreed"),
    "tacit_consent": _("Tacit consent"),
    "origin": _("Origin"),
    "developed_with": _("Developed with"),
    "answers_need": _("Answers a need"),
    "sensitivity": _("Sensitivity"),
    "steps": _("Steps"),
    "open_preconditions": _("Still to fall into place"),
    "days_to_first_result": _("Days to the first result"),
    "audiences": _("Audiences"),
    "seen_by": _("Seen by"),
    "exposure": _("Exposure"),
    "message_agreed": _("Message is agreed"),
    "tangible": _("Tangible"),
    "cost": _("Cost (0 to 3)"),
    "funding": _("Funding"),
    "capacity": _("Capacity"),
    "reversible": _("Can be taken back"),
    "without_prejudice": _("Without prejudice"),
    "forecloses": _("Closes off an outcome"),
    "status_neutral": _("Neutral in names and symbols"),
    "time_bound": _("Limited in time"),
    "impact": _("Impact"),
    "cross_matched": _("Cross-matched"),
    "who": _("Who"),
    "when": _("When"),
    "where": _("Where"),
    "quantity": _("How much"),
    "terms_defined": _("Terms are defined"),
    "covers": _("Covers"),
    "method": _("Method"),
    "access": _("Access"),
    "indicators": _("Yardsticks"),
    "ready": _("Ready"),
    "report_every_days": _("Reports every (days)"),
    "mandate": _("Mandate"),
    "accepted": _("Accepted"),
    "from": _("From"),
    "to": _("To"),
    "target": _("Target"),
    "condition": _("Condition"),
    "bridge": _("Bridge between tracks"),
    "trust_deficit": _("Missing trust (0 to 4)"),
    "understanding_deficit": _("Missing understanding (0 to 4)"),
    "will_deficit": _("Missing will (0 to 4)"),
    "comfort": _("Comfort with things as they are (0 to 4)"),
    "power": _("Power"),
}
