"""Files that a document may fetch: our own static ones of a few kinds, and nothing else."""

import pytest

from wellbeing.lib import drawing


@pytest.mark.parametrize("address", ["http://example.org/x.png", "file:///etc/passwd", "ftp://example.org/x"])
def test_a_document_fetches_nothing_from_anywhere(address):
    with pytest.raises(drawing.FatalURLFetchingError, match="may not fetch"):
        drawing.StaticFilesOnly().fetch(address)


@pytest.mark.parametrize("name", ["nothing.woff2", "js/ticks.js"])
def test_a_static_file_that_is_not_there_or_of_another_kind_is_refused(name):
    with pytest.raises(drawing.FatalURLFetchingError, match="no static file"):
        drawing.StaticFilesOnly().fetch(f"static:{name}")


def test_words_in_the_address_itself_are_read():
    assert drawing.StaticFilesOnly().fetch("data:text/plain,Hello").read() == b"Hello"
