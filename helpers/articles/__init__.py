"""Articles from wherever they are kept: read, cleaned, dated, and compared for copies."""
