"""How everything looks: named tokens, one style sheet made from them, icons. Knows no screen."""
