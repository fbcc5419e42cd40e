"""A local server that takes reports of errors as Sentry's does, and keeps every byte of them."""

import gzip
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import brotli


class Tracker:
    """Runs from `with Tracker() as tracker`. `received` are the bodies and headers of all requests, unpacked."""

    def __init__(self):
        self.received = []
        handler = type("Handler", (_Handler,), {"tracker": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.dsn = f"http://invented@127.0.0.1:{self._server.server_port}/1"

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_problem):
        self._server.shutdown()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        unpack = {"gzip": gzip.decompress, "br": brotli.decompress}.get(self.headers.get("Content-Encoding"), bytes)
        self.tracker.received.append(f"{self.path}\n{self.headers}\n{unpack(body).decode()}")
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_args):
        """Say nothing."""
