"""How long what is kept: what is past its years is shown first, and removed when an administrator says so. Cases are only listed."""
