"""What a user can do with what comes in."""
