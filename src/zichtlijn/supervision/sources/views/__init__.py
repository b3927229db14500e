"""Pages of the sources: they ask queries and call actions, and hold no rules of their own."""
