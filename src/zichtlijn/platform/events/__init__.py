"""What happened: append-only events, sealed in Merkle trees."""
