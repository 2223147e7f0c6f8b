"""Received lists: from OBEC's file, however it was saved, to children and cases, with every row that could not be taken and why.

reader (bytes to rows) -> header (which row names the columns) -> mapping (which column is what) -> values (cells to fields) ->
checks (what is doubtful, what is known already) -> importer (lists, rows and events into the district).
"""
