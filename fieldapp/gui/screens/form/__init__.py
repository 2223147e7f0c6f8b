"""The screen FORM: one filled copy of one of the district's forms."""
