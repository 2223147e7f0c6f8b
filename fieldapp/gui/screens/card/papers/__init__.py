"""The papers of one child that are signed: printing them, and how far each signature is."""
