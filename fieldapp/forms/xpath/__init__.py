"""XPath 1.0 with the functions of ODK XForms: text -> tokens -> tree -> closures. Must not know forms, only nodes and values."""
