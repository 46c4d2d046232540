"""Letters: documents printed from the office's own templates, numbered, signed and frozen."""
