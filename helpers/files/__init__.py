"""Tables of ours and the bytes they come in."""
