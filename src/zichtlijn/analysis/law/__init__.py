"""Rules of law that can be worked out: days and terms."""
