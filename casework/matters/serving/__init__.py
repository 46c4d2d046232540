"""Service of papers (送达): one set of rules of ways and proof, for an answer and for every letter."""
