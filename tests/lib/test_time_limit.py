"""Work is stopped by the processor time it takes, whatever it swallows; waiting for others by the wall clock."""

import gc
import sys
import threading
import time

import pytest

from wellbeing.lib import pdf
from wellbeing.lib.time_limit import TookTooLongError, at_most, within


def busy(seconds):
    until = time.process_time() + seconds
    while time.process_time() < until:
        sum(range(1000))


def test_work_over_its_limit_is_stopped_though_it_swallows_exceptions():
    began = time.process_time()

    def stubborn():
        while True:
            try:
                busy(60)
            except Exception:
                continue

    with pytest.raises(TookTooLongError), at_most(0.2):
        stubborn()
    assert 0.1 < time.process_time() - began < 30


@pytest.fixture
def swallowed(monkeypatch):
    """Let the next search for garbage take 5 seconds in a callback. Return the errors that Python swallowed there."""
    errors = []

    def slow(phase, _info):
        gc.callbacks.remove(slow)
        busy(5)

    monkeypatch.setattr(sys, "unraisablehook", lambda unraisable: errors.append(unraisable.exc_type.__name__))
    gc.callbacks.append(slow)
    yield errors
    assert slow not in gc.callbacks


def test_an_alarm_that_was_swallowed_rings_again(swallowed):
    began = time.process_time()
    with pytest.raises(TookTooLongError), at_most(0.2):
        gc.collect()
        busy(60)
    assert set(swallowed) == {"_Rang"}
    assert time.process_time() - began < 5


def test_work_that_swallowed_the_alarm_and_ended_has_taken_too_long(swallowed):
    with pytest.raises(TookTooLongError), at_most(0.2):
        gc.collect()
    assert set(swallowed) == {"_Rang"}


def test_work_within_its_limit_is_left_alone_also_while_it_waits():
    with at_most(0.2):
        # Waiting, as for a busy machine, takes no processor time.
        time.sleep(0.4)
    busy(0.3)


def test_an_error_of_the_work_itself_comes_through():
    with pytest.raises(ZeroDivisionError), at_most(5):
        1 / 0  # noqa: B018


def test_outside_the_main_thread_the_work_is_done_all_the_same():
    done = []

    def work():
        with at_most(0.01):
            busy(0.05)
            done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]


def page(words):
    return f'<!doctype html><html lang="en"><title>Invented</title><body>{words}</body></html>'


def test_a_document_of_too_many_pages_is_refused_with_how_many(settings):
    settings.DOCUMENT_PAGES = 2
    long = page("<p style='break-after: page'>x</p>" * 3)
    with pytest.raises(pdf.TooMuchError, match="3 pages, and at most 2"):
        pdf.render(long)
    settings.DOCUMENT_PAGES = 3
    assert pdf.render(long).startswith(b"%PDF")


def test_a_document_that_takes_too_long_is_refused_and_the_next_is_made(settings):
    settings.DOCUMENT_SECONDS = 0.5
    with pytest.raises(pdf.TooMuchError, match=r"longer than 0.5 seconds"):
        pdf.render(page("<p>word</p>" * 20_000))
    settings.DOCUMENT_SECONDS = 60
    assert pdf.render(page("<p>word</p>")).startswith(b"%PDF")


def test_waiting_for_another_machine_ends_when_its_time_is_over():
    over = threading.Event()
    began = time.monotonic()
    with pytest.raises(TookTooLongError):
        within(0.2, lambda: over.wait(30))
    assert time.monotonic() - began < 10
    over.set()


def test_an_answer_in_time_comes_back_and_so_does_an_error():
    assert within(10, lambda: "answer") == "answer"
    assert within(10, lambda: None) is None
    with pytest.raises(ZeroDivisionError):
        within(10, lambda: 1 / 0)
