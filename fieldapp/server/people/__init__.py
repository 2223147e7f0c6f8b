"""The people of a district and how they get in: their list, one-time codes, many at once from a spreadsheet."""
