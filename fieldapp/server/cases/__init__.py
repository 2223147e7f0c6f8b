"""Cases as the office looks at them: in lists, and one with all that belongs to it. Reads only; changes are events (`recording`)."""
