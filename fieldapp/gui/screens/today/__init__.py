"""The first screen of the day."""
