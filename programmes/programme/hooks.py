"""Functions that wings above add to the life of a programme."""

# Called with the new programme and the user who set it up, in the same transaction.
after_creating = []
