"""Pages of retention and destruction."""
