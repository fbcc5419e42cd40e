"""Play faults against the real servers of an installation under load, and check afterwards that everything held."""
