"""Working on drafts: documents in which anything may be missing or wrong."""
