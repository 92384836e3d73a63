"""What a notebook found, in words."""
