"""One reader per file format; each gives a ``Draft``: the text and its blocks."""
