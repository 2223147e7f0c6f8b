"""Help pages, searchable, without a network."""
