"""Pure calculators: no Django, no database, no clock, no globals."""
