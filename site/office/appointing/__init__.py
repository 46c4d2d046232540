"""Rights are asked for by one person and confirmed by another; only then is anything written."""
