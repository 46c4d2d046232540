"""The clocks of a matter: begun, met, lengthened, recounted, explained (domain §2.3)."""
