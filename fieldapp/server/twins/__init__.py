"""Likely duplicates: cards that may be of one child, what a person said of them, and putting their cases together or apart again."""
