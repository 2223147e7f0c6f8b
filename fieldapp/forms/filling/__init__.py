"""One form being filled in: the answers, what follows from each, and the finished submission. Must not know how it looks."""
