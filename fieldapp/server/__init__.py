"""The district server: HTTP API on PostgreSQL. The only importer of the web framework and of psycopg; imports nothing of the laptop."""
