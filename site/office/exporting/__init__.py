"""Lists that leave the house as files: what may, in which columns, by whom, and for how long."""
