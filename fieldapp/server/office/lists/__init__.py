"""The pages of received lists: upload, columns, preview, one row, undo."""
