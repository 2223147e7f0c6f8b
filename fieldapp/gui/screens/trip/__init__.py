"""Tomorrow's trip: who is visited, what must be on board, the paper for the glove box."""
