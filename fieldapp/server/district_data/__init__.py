"""What a district edits for everyone: schools, agencies, causes, settings. Each change goes to every laptop and into the audit."""
