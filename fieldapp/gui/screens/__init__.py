"""The pages of the window, one module or folder each; the list of them is `gui/navigation.py`."""
