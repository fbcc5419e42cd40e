"""People who use the pages while faults are played: they remember what each page acknowledged."""

import base64
import hashlib
import hmac
import io
import json
import random
import struct
import threading
import time
import uuid
from collections import Counter

from PIL import Image

from .browser import Browser, NoAnswerError

# A mail with a code may be late: somebody waits for it so long, then asks for another.
CODE_SECONDS = 45
DOOR_TRIES = 20


class UnexpectedError(Exception):
    """A page came that is not the one a person would go on from: they read it, wait and begin again."""


class Scene:
    """All that people share: the installation, its mail, the notes, and who and what there is (`cast`)."""

    def __init__(self, installation, post, notes, cast, seed):
        self.installation, self.post, self.notes, self.cast, self.seed = installation, post, notes, cast, seed
        self.over = threading.Event()
        self.clock_offset = 0.0
        self.lost_ways: Counter[str] = Counter()

    def now(self):
        """Return the seconds since 1970 that the programs' clock shows."""
        return time.time() + self.clock_offset


class Actor(threading.Thread):
    """Somebody who does one turn after another, until the drill is over."""

    pause = (0.4, 1.6)

    def __init__(self, scene, number, **account):
        super().__init__(daemon=True, name=f"{type(self).__name__}-{number}")
        self.scene, self.number, self.account = scene, number, account
        self.rng = random.Random(f"{scene.seed}-{self.name}")
        self.browser = Browser(scene.installation.port, f"198.51.100.{number + 1}", scene.notes.page)
        self.turns = 0

    def run(self):
        while not self.scene.over.is_set():
            try:
                self.turn()
                self.turns += 1
            except NoAnswerError:
                self.wait(1)
            except UnexpectedError as error:
                self.scene.lost_ways[f"{type(self).__name__}: {error}"] += 1
                self.wait(2)
            self.wait(self.rng.uniform(*self.pause))

    def turn(self):
        raise NotImplementedError

    def wait(self, seconds):
        self.scene.over.wait(seconds)

    def fact(self, what, certain=True, **values):
        self.scene.notes.fact(what, certain, **values)

    def open(self, path):
        """Open a page, signing in on the way where it asks for that. Raises UnexpectedError for any but a page."""
        page = self.browser.get(path)
        if page.path.startswith("/accounts/"):
            self.sign_in()
            page = self.browser.get(path)
        return expect(page)

    def send(self, page, action, values, what, files=None, **about):
        """Send the form of `page` whose address matches `action`; note where nobody knows whether `what` was done."""
        form = page.form(action)
        if form is None:
            raise UnexpectedError(f"{what}: {page.path} has no form for it")
        try:
            answer = self.browser.send(page, form, values, files)
        except NoAnswerError as error:
            if error.was_sent:
                self.fact(what, certain=False, **about)
            raise
        if answer.status >= 500:
            self.fact(what, certain=False, **about)
        return expect(answer)

    def sign_in(self):
        """Sign in by the code that an email brings, and by the app where a second step is asked for.

        Goes on from where an attempt before was interrupted.
        """
        email, secret = self.account["email"], self.account["secret"]
        page = expect(self.browser.get("/accounts/login/"))
        for _step in range(4):
            if "2fa" in page.path:
                self._wait_for_new_code()
                page = self.send(page, "2fa", {"code": app_code(secret, self.scene.now())}, "second step")
            elif "confirm" in page.path:
                page = self.send(page, "confirm", {"code": self._code(email, self.asked_at)}, "code")
            elif page.path.startswith("/accounts/login/"):
                self.asked_at = time.monotonic()
                page = self.send(page, "login", {"login": email}, "ask for a code")
            else:
                self.fact("sign in", email=email)
                return
        raise UnexpectedError(f"sign in: {page.path} {page.sentences()}")

    asked_at = 0.0
    app_code_until = 0.0

    def _wait_for_new_code(self):
        """Wait for the next code of the app where this one was used already."""
        while self.scene.now() < self.app_code_until and not self.scene.over.is_set():
            time.sleep(0.2)
        self.app_code_until = (self.scene.now() // 30 + 1) * 30

    def _code(self, email, since):
        deadline = time.monotonic() + CODE_SECONDS
        while time.monotonic() < deadline and not self.scene.over.is_set():
            if code := self.scene.post.code_for(email, since):
                return code
            time.sleep(0.2)
        raise UnexpectedError("sign in: no code came in time")


def expect(page):
    """Return the page when it is one. Raises UnexpectedError."""
    if not page.is_ok:
        raise UnexpectedError(f"{page.status}: {page.title() or page.type}")
    return page


def app_code(secret, now):
    """Return the code an app with this secret shows (RFC 6238)."""
    counter = struct.pack(">Q", int(now) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


class Claimant(Actor):
    """Claims time and parking with a receipt, and sends the claim."""

    def turn(self):
        name = f"drill {self.number}-{self.turns}-{uuid.uuid4().hex[:8]}"
        claim = self._time(name)
        self.fact("claim", description=name, person=self.account["person"])
        page = self.open(f"{claim}expenses/new/parking/")
        amount = f"{self.rng.randint(2, 9)}.{self.rng.choice(('00', '50'))}"
        page = self.send(
            page, "parking", {"amount": amount, "description": f"car park {name}"}, "expense",
            description=f"car park {name}",
        )  # fmt: skip
        if not page.path.endswith("/receipt/"):
            raise UnexpectedError(f"expense: {page.path} {page.sentences()}")
        self.fact("expense", description=f"car park {name}")
        self._receipt(page, f"car park {name}")
        self._send_off(claim, name)

    def _time(self, name):
        """Make a claim for reading at home. Return its address."""
        slug = self.scene.cast["slug"]
        days_ago = self.rng.randint(1, 50)
        day = time.strftime("%Y-%m-%d", time.gmtime(self.scene.now() - days_ago * 86400))
        page = self.open(f"/claims/new/{slug}/{self.scene.cast['activity']}/{day}/{self.rng.choice((2, 3, 5))}/")
        page = self.send(
            page, "claims/new", {"description": name}, "claim", description=name, person=self.account["person"]
        )
        if "/new/" in page.path:
            raise UnexpectedError(f"claim: {page.sentences()}")
        return page.path

    def _receipt(self, page, description):
        for _try in range(3):
            files = {"receipt": ("receipt.jpg", a_photo(self.rng), "image/jpeg")}
            address = page.path
            page = self.send(page, "receipt", {}, "receipt", files=files, description=description)
            if not page.path.endswith("/receipt/"):
                self.fact("receipt", description=description)
                return
            # Refused with a sentence beside the field: a person tries again.
            self.wait(2)
            page = self.open(address)
        raise UnexpectedError(f"receipt: {page.sentences()}")

    def _send_off(self, claim, name):
        page = self.open(f"{claim}check/")
        page = self.send(page, "submit", {"agree": "on"}, "sent claim", description=name)
        if not page.path.endswith("/sent/"):
            raise UnexpectedError(f"sent claim: {page.path} {page.sentences()}")
        self.fact("sent claim", description=name)


def a_photo(rng):
    """Return a small photo that no other is like."""
    picture = Image.effect_noise((320, 240), rng.randint(20, 90)).convert("RGB")
    kept = io.BytesIO()
    picture.save(kept, "JPEG", quality=rng.randint(60, 90))
    return kept.getvalue()


class Invited(Actor):
    """Replies to invitations over personal links, without signing in."""

    def turn(self):
        invitation, key = self.rng.choice(list(self.scene.cast["links"].items()))
        reply = self.rng.choice(("coming", "not_coming", "not_sure"))
        page = expect(self.browser.get(f"/r/{key}/"))
        page = self.send(page, "/r/", {"reply": reply}, "reply", invitation=int(invitation), reply=reply)
        if not page.path.endswith("/done/"):
            raise UnexpectedError(f"reply: {page.sentences()}")
        self.fact("reply", invitation=int(invitation), reply=reply)


class Door(Actor):
    """Taps who arrives and leaves on the page of the door, and sends a tap again until it is kept."""

    pause = (0.3, 0.8)

    def turn(self):
        address = f"/events/{self.scene.cast['event']}/door/now/"
        token = self.open(address).content
        tap = {
            "key": str(uuid.uuid4()),
            "person": self.rng.choice(self.scene.cast["people"]),
            "what": self.rng.choice(("arrived", "left")),
            "supporters": 0,
        }
        for _try in range(DOOR_TRIES):
            if self._tap(address, tap, token):
                return
            self.wait(1)
            if self.scene.over.is_set():
                break
        self.fact("tap", certain=False, key=tap["key"])

    def _tap(self, address, tap, page):
        """Send the tap; return whether it is kept or refused, and not to be sent again."""
        now = int(self.scene.now() * 1000)
        body = {"now": now, "taps": [{**tap, "at": now}]}
        try:
            answer = self.browser.post(
                address, data=json.dumps(body),
                headers={"Content-Type": "application/json", "X-CSRFToken": json.loads(page)["token"]},
            )  # fmt: skip
        except (NoAnswerError, ValueError):
            return False
        if not answer.is_ok or "json" not in answer.type:
            return False
        said = json.loads(answer.content)
        if tap["key"] in said["kept"]:
            self.fact("tap", key=tap["key"])
        for sentence in said["refused"].values():
            self.scene.notes.read(sentence)
        return tap["key"] in said["kept"] or tap["key"] in said["refused"]


class Approver(Actor):
    """Approves the claims that wait, one by one."""

    def turn(self):
        page = self.open(f"/programmes/{self.scene.cast['slug']}/claims/?status=submitted")
        claims = page.links(r"^/claims/\d+/")
        if not claims:
            self.wait(2)
            return
        for claim in self.rng.sample(claims, min(3, len(claims))):
            self._decide(claim.partition("?")[0])

    def _decide(self, claim):
        pk = int(claim.strip("/").rpartition("/")[2])
        page = self.open(claim)
        if page.has("/approve/"):
            page = self.send(page, "/approve/", {}, "approval", claim=pk)
        else:
            page = self.open(f"{claim}decide/")
            if not page.has("decide"):
                return
            page = self.send(page, "decide", {"duplicate_reason": "They were there twice."}, "approval", claim=pk)
        # Not where a second person has to approve as well.
        if page.says("Finance can pay it now"):
            self.fact("approval", claim=pk)


class Payer(Actor):
    """Makes runs of what is approved, and, once they are signed, takes their files and pays them."""

    pause = (2, 5)

    def turn(self):
        slug = self.scene.cast["slug"]
        page = self.open(f"/programmes/{slug}/runs/")
        runs = page.links(r"^/runs/\d+/$")
        if not any(self._go_on(run) for run in runs[:4]):
            self._make(slug)

    def _make(self, slug):
        page = self.open(f"/programmes/{slug}/runs/new/")
        form = page.form("runs/new")
        if form is None or not [value for name, value in form.form_values() if name == "tick"]:
            return
        page = self.send(page, "runs/new", {"act": "yes"}, "run")
        if not page.path.startswith("/runs/"):
            raise UnexpectedError(f"run: {page.path} {page.sentences()}")
        self.fact("run", run=_number(page.path))

    def _go_on(self, run):
        """Do the next step of a run, if there is one for us. Return whether it is under way still."""
        page = self.open(run)
        pk = _number(run)
        if page.has("/documents/$"):
            self.send(page, "/documents/$", {}, "papers", run=pk)
            self.fact("papers", run=pk)
        elif page.says("Next: download the bank file"):
            self._take(run, pk)
        elif page.has("/pay/$"):
            page = self.send(page, "/pay/$", {}, "paid", run=pk)
            if page.says("Marked as paid"):
                self.fact("paid", run=pk)
        elif made := page.links("^/payments/.*/made/"):
            self._made(made[0])
        else:
            return page.says("Next: sign off") or page.says("Next: make the documents")
        return True

    def _take(self, run, pk):
        page = self.open(f"{run}bank-file/")
        again = {"again": "on"} if page.says('name="again"') else {}
        page = self.send(page, "bank-file", again, "bank file", run=pk)
        if "html" not in page.type:
            self.fact("bank file", run=pk)

    def _made(self, address):
        page = self.open(address)
        values = {"reference": "000123", "handed_over_by": "Fay Finance", "received_by": "The person"}
        form = page.form("made")
        if form is None:
            raise UnexpectedError(f"made: {page.path}")
        known = {name: value for name, value in values.items() if name in form.fields}
        _payments, payment, _made, method = address.strip("/").split("/")
        about = {"payment": int(payment), "method": method}
        page = self.send(page, "made", known, "made", **about)
        if page.says("Recorded."):
            self.fact("made", **about)


def _number(path):
    return int(path.strip("/").split("/")[1])


class Signer(Actor):
    """Signs off the runs that another person made."""

    pause = (1, 3)

    def turn(self):
        page = self.open(f"/programmes/{self.scene.cast['slug']}/runs/")
        for run in page.links(r"^/runs/\d+/$")[:4]:
            page = self.open(run)
            if page.has("/sign/$"):
                page = self.send(page, "/sign/$", {}, "signature", run=_number(run))
                if not page.has("/sign/$"):
                    self.fact("signature", run=_number(run))


class Reader(Actor):
    """Reads pages, signed in, and looks at /readyz as a monitor does."""

    def turn(self):
        for path in ("/", "/claims/", "/you/record/", "/programmes/"):
            self.open(path)
            self.wait(0.5)
        self.browser.get("/readyz")


def everybody(scene):
    """Return the people of the drill, each with a browser of their own."""
    claimants, staff, finance = (scene.cast[name] for name in ("claimants", "staff", "finance"))
    kinds = [
        *((Claimant, account) for account in claimants[:4]),
        (Reader, claimants[4]),
        (Invited, {}),
        (Door, staff[0]),
        (Approver, staff[1]),
        (Payer, finance[0]),
        (Signer, finance[1]),
    ]
    return [kind(scene, number, **account) for number, (kind, account) in enumerate(kinds)]
