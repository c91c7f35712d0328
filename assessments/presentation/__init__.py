"""From a document and its scorecard to what a page shows: words, places, bars, marked clauses. No request, no user."""
