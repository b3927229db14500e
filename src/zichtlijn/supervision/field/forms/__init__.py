"""The forms of the field, by subject."""
