"""Between the store and the district: one loop of push, pull and photos, safe to repeat at any point."""
