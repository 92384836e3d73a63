"""Our own CSV tables, and the bytes of any file: encodings, dividers, quotation marks."""
