"""What laptops bring and fetch: push, pull, bundles, and what could not be brought. Knows the wire; no HTTP."""
