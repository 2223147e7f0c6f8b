"""What a person does: one small class a noun, one method an intention. No Qt, no SQL, no HTTP."""
