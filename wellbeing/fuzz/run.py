"""Make the scene, walk it, and send the requests."""

import gc
import logging
import random
import time
from itertools import islice

import time_machine
from django.utils import timezone

from . import crawl, report
from .attack import Attack
from .scene import Scene


def everything(requests, seed, pages, only=None):
    """Send `requests` requests or a few more, or those of the try numbered `only`, and print what came back.

    Each visitor walks `pages` pages before, and what they meet there is what is tried. Return whether nothing broke.
    """
    # Each page that is refused would be a line.
    logging.disable(logging.CRITICAL)
    began = time.perf_counter()
    scene = Scene()
    attack = Attack(scene, seed)
    gc.collect()
    gc.freeze()
    # A session is noted as in use once a minute: where each visit is taken back, each would do it again.
    with time_machine.travel(timezone.now(), tick=False):
        print(f"The demo and a programme beside it are there after {time.perf_counter() - began:.0f} s.", flush=True)
        walks = crawl.walks(scene, attack.visit, pages)
        tries = crawl.tries(scene, walks, random.Random(seed))
        ready = time.perf_counter()
        print(f"Ready in {ready - began:.0f} s; {scene.marked} fields hold the mark.", flush=True)
        if only is not None:
            number, trial = next(islice(crawl.in_turn(tries), only, None))
            outcome = attack.run(number, trial)
            report.show(scene, trial, outcome)
            return not outcome.wrong
        told = report.Report(scene, walks)
        for number, trial in crawl.in_turn(tries):
            if told.requests >= requests:
                break
            told.add(number, trial, attack.run(number, trial))
    told.print(seed, tries, time.perf_counter() - ready)
    return not told.failures
