"""Reports of what is on this laptop."""
