"""The user guide: its pages, found by any word in them, shown in the window, in a dialog over whatever is open, and on paper."""
