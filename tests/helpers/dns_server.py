"""A tiny name server for tests, over UDP on 127.0.0.1. It knows what a test tells it, and nothing else."""

import socketserver
import threading

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset


class DnsServer:
    """Runs from `with DnsServer() as server`. `server.add("example.org", "TXT", '"v=spf1 -all"')` adds a record."""

    def __init__(self):
        self.records = {}
        self.is_broken = False
        handler = type("Handler", (_Handler,), {"names": self})
        self._server = socketserver.ThreadingUDPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self.address = f"127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_problem):
        self._server.shutdown()
        self._server.server_close()

    def add(self, name, kind, *values):
        """Add records of one kind to a name, written as in a zone file."""
        self.records.setdefault((f"{name}.".lower(), kind), []).extend(values)

    def forget(self, name, kind):
        """Take every record of a kind from a name."""
        del self.records[f"{name}.".lower(), kind]


class _Handler(socketserver.BaseRequestHandler):
    names: DnsServer

    def handle(self):
        """Answer one question."""
        content, sock = self.request
        question = dns.message.from_wire(content)
        answer = dns.message.make_response(question)
        answer.flags |= dns.flags.RA
        asked = question.question[0]
        name, kind = asked.name.to_text().lower(), dns.rdatatype.to_text(asked.rdtype)
        values = self.names.records.get((name, kind))
        if self.names.is_broken:
            answer.set_rcode(dns.rcode.SERVFAIL)
        elif values:
            answer.answer.append(dns.rrset.from_text(name, 60, "IN", kind, *values))
        elif not any(known == name for known, _kind in self.names.records):
            answer.set_rcode(dns.rcode.NXDOMAIN)
        sock.sendto(answer.to_wire(), self.client_address)
