"""Who beside the workspace gets to a proposal, and what is said about it: shares, links for guests, comments, transfer."""
