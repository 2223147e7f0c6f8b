"""Sheets that come back: taking them in, and sorting those that no code tells of."""
