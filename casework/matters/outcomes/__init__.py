"""What became of a matter, and what is kept of it once it is closed (art. 27, domain §0.8, §2.6)."""
