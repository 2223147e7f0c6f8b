"""The one way by which events become records: admitted, applied, numbered, signed and stored in one transaction."""
