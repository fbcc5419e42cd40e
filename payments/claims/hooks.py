"""Functions that wings above add to the life of a claim."""

# Called as a claim is sent: each takes the locked claim and returns further fields of it to save, as a dictionary.
on_sending = []
