"""授权与交接: standing authorisations, and all open work of a person handed over (practice §2)."""
