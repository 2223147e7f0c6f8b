"""What goes up and what is looked at: figures by anything, work per person, visits, the overall report, entries for OBEC, rounds."""
