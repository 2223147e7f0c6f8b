"""Pages of the assigning: which cases, to whom, the plan and what became of it."""
