"""The pages under /office/year: the year's plan, supervision, support, evaluation, improvements, lessons and indicators."""
