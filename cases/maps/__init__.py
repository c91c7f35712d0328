"""Where cases are: countries, the library's map, the small map of a case."""
