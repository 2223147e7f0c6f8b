"""Letters on paper: set in lines, drawn on a screen, written as PDF."""
