"""Who may come in and what they may see: accounts, sessions, keys of laptops, scope."""
