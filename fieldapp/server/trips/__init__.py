"""Joint field trips: when, where, who goes along, which children, what came of it. Bookkeeping of the office: no laptop reads it."""
