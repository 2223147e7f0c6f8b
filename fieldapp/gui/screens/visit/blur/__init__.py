"""Blurring faces by hand in a photo that is still in a draft."""
