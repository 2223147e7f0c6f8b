"""One editor a kind of question. Each shows and takes one answer as the text that the form keeps; `factory` chooses."""
