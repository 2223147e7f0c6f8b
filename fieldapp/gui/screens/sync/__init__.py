"""The sync centre: what waits, what the district holds, what needs a person."""
