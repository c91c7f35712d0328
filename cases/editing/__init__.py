"""Editing the library in the browser, by file and by spreadsheet."""
