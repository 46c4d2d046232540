"""The entry side: from registration to acceptance, the ways out before it, and what is led elsewhere."""
