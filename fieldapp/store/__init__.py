"""The laptop's own data: encrypted SQLite files, the outbox, queries, photos. Knows nothing of the network or of windows."""
