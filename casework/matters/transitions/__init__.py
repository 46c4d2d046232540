"""The rows of the table of moves and what each does, by the part of the procedure."""
