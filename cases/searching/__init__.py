"""Finding cases: by words and facets, and the result set as list, timeline and matrix."""
