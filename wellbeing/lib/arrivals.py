"""Uploads on their way in: a large one lies in TMPDIR until its form is read, and TMPDIR can be full."""

import contextlib
import io
import logging

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

logger = logging.getLogger(__name__)


class LostUpload(UploadedFile):
    """Stands for a file there was no room for. `lost` is True; it has the size that arrived and no content.

    `wellbeing.lib.uploads.quick_check` refuses it with a sentence, so that it is told beside the field.
    """

    lost = True

    def __init__(self, name, content_type, size):
        super().__init__(io.BytesIO(), name, content_type, max(size, 1))


class UploadHandler(TemporaryFileUploadHandler):
    """Django's own handler of large files, which gives a LostUpload where the disk takes no more.

    Nothing of such a file stays on the disk. The rest of the form is read as usual, so nothing that was typed is lost.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.lost = False

    def new_file(self, *args, **kwargs):
        self.lost = False
        try:
            super().new_file(*args, **kwargs)
        except OSError as error:
            self.file = None
            self._lose(error)

    def receive_data_chunk(self, raw_data, start):
        if self.lost:
            return
        try:
            super().receive_data_chunk(raw_data, start)
        except OSError as error:
            self._lose(error)

    def file_complete(self, file_size):
        if not self.lost:
            try:
                return super().file_complete(file_size)
            except OSError as error:
                # The last bytes are written when the file is wound back to its start.
                self._lose(error)
        return LostUpload(self.file_name, self.content_type, file_size)

    def _lose(self, error):
        logger.error("There is no room for an upload: %s", error)
        self.lost = True
        file, self.file = self.file, None
        if file is not None:
            # Closing tries to write what is left, and deletes the file whether that works or not.
            with contextlib.suppress(OSError):
                file.close()
