"""An invented district to try the product with: people, schools, two received lists and what has been done since.

names, schools, people (who there is) -> children (whom the lists name, and what becomes of each) -> lists (the two files, with the dirt
of real ones) -> story (the events) -> build (all of it into a database, through the importer and the event path that everyone uses).
Everything is invented; only the places are real. The same seed gives the same district.
"""
