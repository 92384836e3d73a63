"""What a term means, and where it occurs."""
