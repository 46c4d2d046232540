"""我的台面: what waits for one person, by their posts; one address, a tab a role."""
