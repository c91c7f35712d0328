"""Words that stand in confidential parts alone."""

CONFIDENTIAL = ("unmistakable-note", "unmistakable-motive", "unmistakable-evidence")
