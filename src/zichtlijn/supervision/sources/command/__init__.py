"""``zichtlijn import-programme``: the import from the command line. Loads Django only when something is stored."""
