"""Who speaks, what was undertaken, who is held responsible: by lists and rules."""
