"""The windows. The only importer of PySide6."""
