"""The apps, in the order of the line of sight."""
