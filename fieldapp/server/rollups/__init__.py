"""Roll-ups of filled copies: how often each answer was chosen, by school, by class and sex. Figures only; the pages put words to them."""
