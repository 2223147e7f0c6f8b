"""Pages about the district's instruments: uploading, looking, publishing."""
