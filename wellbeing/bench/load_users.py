"""The people of `bin/bench load`, for locust: they send claims with a receipt, reply to invitations, and check in.

LOAD_PLAN names a JSON file with their cookies and what each of them can do; LOAD_RATE says how many actions a second
all of them take together: 0 for one after another.
"""

import json
import os
import random
import time
import uuid
from pathlib import Path

from locust import FastHttpUser, constant, constant_throughput, task

PLAN = json.loads(Path(os.environ["LOAD_PLAN"]).read_text())
RATE = float(os.environ["LOAD_RATE"])
RECEIPT = Path(PLAN["receipt"]).read_bytes()


class Person(FastHttpUser):
    """Somebody who does one thing after another, at their share of the pace of all."""

    wait_time = constant_throughput(RATE / PLAN["users"]) if RATE else constant(0)

    @task(2)
    def claim(self):
        """Send a claim: the receipt first, as the page asks for it, then the claim itself."""
        if not PLAN["claims"]:
            return
        one = PLAN["claims"].pop()
        signed_in = {"Cookie": one["cookie"], "X-CSRFToken": one["token"]}
        files = {"receipt": (f"{uuid.uuid4()}.jpg", RECEIPT, "image/jpeg")}
        self._post(one["receipt"], "receipt", headers=signed_in, files=files)
        self._post(one["submit"], "claim", headers=signed_in, data={"agree": "on", "total": one["total"]})

    @task(4)
    def reply(self):
        """Say on the page of an invitation whether one comes."""
        if PLAN["replies"]:
            answer = {"reply": random.choice(("coming", "not_coming", "not_sure"))}
            self._post(PLAN["replies"].pop(), "reply", data=answer)

    @task(4)
    def check_in(self):
        """Arrive at the door."""
        door, now = PLAN["door"], int(time.time() * 1000)
        person, key = random.choice(door["people"]), str(uuid.uuid4())
        taps = [{"key": key, "person": person, "what": "arrived", "at": now, "supporters": 0}]
        headers = {"Cookie": door["cookie"], "X-CSRFToken": door["token"], "Content-Type": "application/json"}
        body = json.dumps({"now": now, "taps": taps})
        with self.client.post(door["url"], data=body, headers=headers, name="check-in", catch_response=True) as answer:
            if answer.status_code != 200 or answer.json()["kept"] != [key]:
                answer.failure(f"{answer.status_code}")

    def _post(self, address, name, **sent):
        """Send a form. A page that comes back in place of another one to go to says what was wrong with it."""
        with self.client.post(address, name=name, allow_redirects=False, catch_response=True, **sent) as answer:
            if answer.status_code == 302:
                answer.success()
            else:
                answer.failure(f"{answer.status_code}")
