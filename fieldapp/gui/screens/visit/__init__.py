"""Recording a visit: one page, five short parts."""
