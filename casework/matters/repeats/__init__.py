"""判重、并入与联名: what belongs together, decided by a person (domain §2.7, practice §1)."""
