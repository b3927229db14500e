"""Names of actions and values."""
