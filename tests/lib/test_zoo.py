"""Each hostile file of the zoo, opened as a worker opens it: the right verdict, within the limits, nothing hidden."""

import io
import re
import resource
import zlib

import pikepdf
import pytest

from tests.helpers import zoo
from wellbeing.lib import uploads
from wellbeing.lib.decoding import limits

MAX_CPU_SECONDS = 30
MAX_MEMORY = 512 * 1024 * 1024
LARGEST = 15 * 1024 * 1024


def everything_in(content):
    """All bytes somebody could dig out of a file: as they are, and each stream of a PDF as it is stored and opened."""
    found = [content]
    if content.startswith(b"%PDF-"):
        with pikepdf.open(io.BytesIO(content)) as document:
            for thing in document.objects:
                found.append(str(thing).encode() if not isinstance(thing, pikepdf.Stream) else repr(thing).encode())
                if isinstance(thing, pikepdf.Stream):
                    raw = thing.read_raw_bytes()
                    try:
                        opened = bytes(thing.get_stream_buffer(pikepdf.StreamDecodeLevel.generalized))
                    except pikepdf.PdfError:
                        opened = b""
                    found += [raw, opened, zlib.decompressobj().decompress(raw) if raw[:1] == b"\x78" else b""]
    whole = b"\n".join(found)
    return whole + b"".join(bytes.fromhex(text.decode()) for text in re.findall(rb"(?:[0-9a-f]{2}){40,}", whole))


def children_cpu():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_the_zoo_has_sixty_animals_or_more_and_each_is_small_enough_to_be_sent():
    assert len(zoo.ANIMALS) >= 60
    assert len({animal.name for animal in zoo.ANIMALS}) == len(zoo.ANIMALS)


@pytest.mark.parametrize("animal", zoo.ANIMALS, ids=lambda animal: animal.name)
def test_each_hostile_file_gets_its_verdict_within_the_limits(animal):
    content = animal.make()
    assert len(content) <= LARGEST
    before = children_cpu()
    try:
        clean = uploads.clean(content)
    except uploads.UploadRefusedError as refusal:
        verdict, clean = str(refusal), None
    else:
        verdict = zoo.CLEAN
    assert re.search(animal.verdict, verdict)
    assert children_cpu() - before <= MAX_CPU_SECONDS
    if clean:
        assert 0 < clean.memory <= MAX_MEMORY
        assert len(clean.content) <= limits.most_bytes(len(content))
        if animal.hidden:
            assert animal.hidden not in everything_in(clean.content)


@pytest.mark.parametrize(
    "animal",
    [animal for animal in zoo.ANIMALS if animal.hidden == zoo.SECRET],
    ids=lambda animal: animal.name,
)
def test_the_sample_files_do_carry_what_must_not_be_kept(animal):
    assert animal.hidden in everything_in(animal.make())
