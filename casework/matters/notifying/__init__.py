"""Who hears of what happens to a matter: put into the outbox with what happened (`office.outbox`)."""
