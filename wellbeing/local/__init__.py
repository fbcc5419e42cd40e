"""Embedded PostgreSQL and Valkey, the demo's supervisor and the test runner; never used in production."""
