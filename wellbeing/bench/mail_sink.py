"""`python -m wellbeing.bench.mail_sink PORT FILE`: a mail server that keeps each mail it takes, until it is ended."""

import asyncio
import struct
import sys
from pathlib import Path

from aiosmtpd.smtp import SMTP

# Before each mail in the file: how long its sender, its recipient and its content are.
LENGTHS = struct.Struct("!HHI")


class _Keeper:
    def __init__(self, file):
        self.file = file

    async def handle_DATA(self, _server, _session, envelope):
        self.file.write(packed(envelope.mail_from, envelope.rcpt_tos[0], envelope.original_content))
        self.file.flush()
        return "250 OK"


def packed(sender, to, content):
    """Return a mail as the file holds it."""
    parts = sender.encode(), to.encode(), content
    return LENGTHS.pack(*map(len, parts)) + b"".join(parts)


def read(path, after=0):
    """Return the mails in a file of the server, from byte `after` on: (sender, recipient, content) of each."""
    mails, place = [], after
    data = path.read_bytes()
    while place < len(data):
        lengths = LENGTHS.unpack_from(data, place)
        place += LENGTHS.size
        parts = []
        for length in lengths:
            parts.append(data[place : place + length])
            place += length
        mails.append((parts[0].decode(), parts[1].decode(), parts[2]))
    return mails


async def _serve(port, file):
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(_Keeper(file), loop=loop), "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    with Path(sys.argv[2]).open("wb") as kept:
        asyncio.run(_serve(int(sys.argv[1]), kept))
