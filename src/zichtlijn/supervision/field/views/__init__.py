"""The pages of the field, by subject."""
