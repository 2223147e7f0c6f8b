"""Pages of the joint field trips."""
