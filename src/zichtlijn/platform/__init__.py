"""What every app stands on: accounts, events, the line of sight, search, files, tasks, comments, lists and design."""
