"""The API for organisations that notify from their own system, and for tools of the staff. Names are Dutch."""
