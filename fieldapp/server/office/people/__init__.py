"""Pages about people, their laptops, and what was seen and changed."""
