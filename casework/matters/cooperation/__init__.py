"""Co-operation on a matter: support, outside bodies, notes, disputes over duty, supervision, danger."""
