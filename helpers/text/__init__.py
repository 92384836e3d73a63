"""Sentences and words."""
