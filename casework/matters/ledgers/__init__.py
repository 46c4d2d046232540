"""Ledgers of other systems come in: recognised, checked by cell, imported in batches that resume."""
