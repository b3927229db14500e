"""What a user can ask of what came in."""
