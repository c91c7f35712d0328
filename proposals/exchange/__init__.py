"""Packages as files: in and out."""
