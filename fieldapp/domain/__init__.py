"""The nouns of the programme as frozen dataclasses and pure functions. Standard library only: no database, no network, no words for
people."""
