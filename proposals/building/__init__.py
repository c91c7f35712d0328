"""The forms of the builder: every field of the format with its help, and the way from a draft to a form and back."""
