"""Taps at the door, sent by many devices at once, beside one tap at a time."""

import http.client
import json
import os
import queue
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
import uuid

from django.urls import reverse

from wellbeing.local.processes import free_port

LONE = 60
DEVICES = 8
A_SECOND = 20
# The 95th percentile under load may be so many times the lone tap's median.
BOUND = 4


def measure(scene, seconds):
    """Print the times of taps one by one, and of A_SECOND a second for `seconds`. Return whether BOUND holds.

    Each tap is another person's: raises SystemExit where too few are invited.
    """
    if len(scene.people) < LONE + A_SECOND * seconds:
        raise SystemExit(
            f"{seconds} s of taps need {LONE + A_SECOND * seconds} people: ask for more, or for less time."
        )
    port = free_port()
    web = start_web(port)
    try:
        sender = _Sender(scene, port)
        people = iter(scene.people)
        lone = [sender.tap(next(people)) for _each in range(LONE)]
        loaded, failed = _sustain(scene, port, people, seconds)
    finally:
        web.send_signal(signal.SIGTERM)
        web.wait(timeout=60)
    middle, late = statistics.median(lone), statistics.quantiles(loaded, n=20)[18]
    ratio = late / middle
    print(f"\nThe door: {len(scene.people):,} people invited, {DEVICES} devices, web server as deployed")
    print(f"one tap at a time        median {middle * 1000:6.1f} ms")
    print(f"{A_SECOND} taps a second, {seconds:3} s   95th percentile {late * 1000:6.1f} ms, {len(loaded)} kept")
    print(f"ratio {ratio:.2f} (at most {BOUND}); {failed} failed")
    return ratio <= BOUND and not failed and len(loaded) >= A_SECOND * seconds


def start_web(port):
    """Start the web server as it is deployed, and return its process once it answers."""
    env = os.environ | {"WEB_BIND": f"127.0.0.1:{port}", "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "gunicorn", "-c", "python:wellbeing.gunicorn", "wellbeing.wsgi"]
    web = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return knocked(web, port)


def knocked(server, port):
    """Return the process `server` once it answers at `port`. Ends it, and the bench, when it never does."""
    for _try in range(300):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return server
        except OSError:
            time.sleep(0.2)
    server.kill()
    raise SystemExit("A server did not start.")


class _Sender:
    """One device at the door: its connection stays open, as a browser's does."""

    def __init__(self, scene, port):
        client = scene.client()
        page = client.get(reverse("event_door_now", args=[scene.large.pk]))
        cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
        self.headers = {"Cookie": cookies, "X-CSRFToken": page.json()["token"], "Content-Type": "application/json"}
        self.address = reverse("event_door_now", args=[scene.large.pk])
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def tap(self, person):
        """Send one tap and return its seconds. Raises ValueError for one that was not kept."""
        now = int(time.time() * 1000)
        key = str(uuid.uuid4())
        tap = {"key": key, "person": person, "what": "arrived", "at": now, "supporters": 0}
        begin = time.perf_counter()
        self.connection.request("POST", self.address, json.dumps({"now": now, "taps": [tap]}), self.headers)
        response = self.connection.getresponse()
        answer = response.read()
        took = time.perf_counter() - begin
        if response.status != 200 or json.loads(answer)["kept"] != [key]:
            raise ValueError(response.status, answer[:300])
        return took


def _sustain(scene, port, people, seconds):
    """Send taps at the rate, each at its moment whether the ones before are back or not. Return (seconds each, failed).

    The time of a tap counts from the moment it was due, so that waiting for a free device counts as well.
    """
    due: queue.Queue = queue.Queue()
    took, failed = [], []

    def device():
        sender = _Sender(scene, port)
        while (job := due.get()) is not None:
            moment, person = job
            try:
                sender.tap(person)
                took.append(time.perf_counter() - moment)
            except (ValueError, OSError) as error:
                failed.append(error)

    devices = [threading.Thread(target=device, daemon=True) for _each in range(DEVICES)]
    for each in devices:
        each.start()
    time.sleep(1)
    begin = time.perf_counter()
    for number in range(A_SECOND * seconds):
        moment = begin + number / A_SECOND
        time.sleep(max(0, moment - time.perf_counter()))
        due.put((moment, next(people)))
    for _each in devices:
        due.put(None)
    for each in devices:
        each.join()
    if failed:
        print("First failure:", failed[0])
    return took, len(failed)
