"""Small reusable pieces of the windows. They take plain values, emit what happened, and know no use case."""
