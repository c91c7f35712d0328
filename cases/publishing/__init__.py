"""The library as open data, for people, programs and search engines."""
