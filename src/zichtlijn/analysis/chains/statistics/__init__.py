"""Statistics on small results: nothing here knows of a log; counts in, estimates with their uncertainty out."""
