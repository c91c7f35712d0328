"""Lists of proposals: what a proposal is found and sorted by, the pages, and what is done with several at once."""
