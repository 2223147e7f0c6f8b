"""Pages of what the district decides: schools, agencies, causes, how it counts."""
