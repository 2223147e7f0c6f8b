"""The year's work in the cycle P-D-R-C-A-S: the district's own books about it. No workflow: tables that people fill in."""
