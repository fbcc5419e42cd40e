"""Several people who press a button at the same moment: real threads, each with a database connection of its own."""

import threading

from django.db import connections

from wellbeing.lib.errors import ActionError


def at_once(*works, expected=ActionError):
    """Call the functions at the same moment, each in its own thread, and return what each returned, in their order.

    An `expected` error stands in the place of a result. Every other error is raised here, so a deadlock fails the test.
    """
    barrier, results, wrong = threading.Barrier(len(works)), [None] * len(works), []

    def press(place, work):
        try:
            barrier.wait(timeout=20)
            results[place] = work()
        except expected as error:
            results[place] = error
        except Exception as error:
            wrong.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads), "a thread waits for ever"
    if wrong:
        raise wrong[0]
    return results
