"""Hiding the screen at one key or tap: the curtain, the page that it shows, and who may lift it."""
