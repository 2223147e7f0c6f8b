"""The list of children with the card of the chosen one beside it."""
