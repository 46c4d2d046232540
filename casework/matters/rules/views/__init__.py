"""Pages of rule profiles."""
