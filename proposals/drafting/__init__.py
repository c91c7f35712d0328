"""Changing a draft: what is saved is merged by field, written down change by change, and can be taken back."""
