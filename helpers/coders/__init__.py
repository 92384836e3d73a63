"""What people judged, and what the codebook's errors do to a share."""
