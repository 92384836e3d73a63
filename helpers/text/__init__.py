"""Where sentences end, and what a word is."""
