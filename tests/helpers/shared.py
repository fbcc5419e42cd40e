"""Worlds that many tests start from: made once in a transaction that stays open, each test in a savepoint within it.

Takes back all that a test changes: in the database by its savepoint, in memory because each test gets a copy. A test
that does not ask for a world, or that commits, finds none of its rows: the transaction is taken back before it begins.
"""

import copy
import time

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction

from tests import factories

# Sign-ins, proofs and the database's `now()`, which is the beginning of its transaction, must not grow old.
OLDEST_SECONDS = 240


class Shared:
    """A world that `make()` makes, in the database that `blocker` guards, for tests that use the fixture `fixture`."""

    every = []
    test = None

    def __init__(self, fixture, make, blocker):
        self.fixture, self._make, self._blocker = fixture, make, blocker
        self._transaction = self._world = self._connection = None

    @classmethod
    def begin(cls, test):
        """Before anything of `test` (a pytest item) begins: close the worlds it does not use, open the one it uses."""
        cls.test = test
        for each in cls.every:
            if not each._is_used():
                each._close()
        for each in cls.every:
            if each._is_used():
                each._open()

    @classmethod
    def for_session(cls, fixture, make, blocker):
        """The body of a session's fixture called `fixture`: yields the Shared and closes it at the end."""
        shared = cls(fixture, make, blocker)
        cls.every.append(shared)
        if shared._is_used():
            shared._open()
        yield shared
        shared._close()
        cls.every.remove(shared)

    def copy(self):
        """A copy of the world for one test; a new world for a test that commits.

        What a test makes is numbered on from the world, so that tests which make the same get the same.
        """
        if not self._transaction:
            return self._make()
        factories.numbers = copy.copy(self._numbers)
        return copy.deepcopy(self._world)

    def _is_used(self):
        return self.fixture in self.test.fixturenames and not commits(self.test)

    def _open(self):
        if self._transaction and time.monotonic() - self._made_at < OLDEST_SECONDS:
            return
        self._close()
        with self._blocker.unblock():
            self._connection = connections[DEFAULT_DB_ALIAS]
            self._transaction = transaction.atomic()
            # Like the transaction of a test, so that `atomic(durable=True)` may stand directly within it.
            self._transaction._from_testcase = True
            self._transaction.__enter__()
            self._made_at = time.monotonic()
            try:
                self._world = self._make()
                self._numbers = factories.numbers
                # Otherwise every test would check these rows again.
                connection.check_constraints()
                _undefer()
            except BaseException:
                self._close()
                raise

    def _close(self):
        if self._transaction:
            with self._blocker.unblock():
                if connections[DEFAULT_DB_ALIAS] is self._connection:
                    transaction.set_rollback(True)
                    self._transaction.__exit__(None, None, None)
                else:
                    # Opened beside a browser's event loop, where Django keeps a connection apart, and the browser is
                    # gone.
                    self._connection.close()
            self._transaction = self._world = None


def _undefer():
    """Check at once again what Postgres checks at once unless told otherwise: Django's check put it all off."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(conname) FROM pg_constraint WHERE condeferrable AND NOT condeferred")
        if names := ", ".join(name for (name,) in cursor.fetchall()):
            cursor.execute(f"SET CONSTRAINTS {names} IMMEDIATE")


def commits(test):
    """Whether `test` (a pytest item) works in a database that commits."""
    mark = test.get_closest_marker("django_db")
    asked = mark is not None and (mark.kwargs.get("transaction") or (mark.args and mark.args[0]))
    return bool(asked) or not {"transactional_db", "live_server"}.isdisjoint(test.fixturenames)
