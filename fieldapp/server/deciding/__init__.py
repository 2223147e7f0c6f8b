"""What waits in the district's inbox, read for a person, and what a person decides about it."""
