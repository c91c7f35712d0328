"""What differs between two states of a draft, by field and by score; going back to one, and trying out variants."""
