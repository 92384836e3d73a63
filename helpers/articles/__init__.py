"""Articles from wherever they are kept: read, cleaned, dated, told apart from their copies."""
