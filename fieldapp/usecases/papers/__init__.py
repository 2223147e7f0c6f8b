"""Papers that come back signed: read, filed to their record, or put aside for a person to sort."""
