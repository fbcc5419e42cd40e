"""Read a spreadsheet that somebody sent, in a process of its own that is held to hard limits.

Nothing here leans on Django: the process starts quickly, and has no secret and no file but its two pipes.
"""
