"""The functions that the notebooks share, room by room; imports go down this list only.

files, text, articles, codebook, measures, coders, readings, findings, figures, scale; and run, which is `make run`.
"""
