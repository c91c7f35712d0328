"""The advice on a draft while it is written: what the pane beside the form shows, and how it is had in time."""
