"""Uploads on their way in: a large one lies in TMPDIR until its form is read, and TMPDIR can be full."""

import contextlib
import io
import logging
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

logger = logging.getLogger(__name__)


class LostUpload(UploadedFile):
    """Stands for a file there was no room for. `lost` is True; it has the size that arrived and no content.

    `wellbeing.lib.uploads.quick_check` refuses it, so that the reader gets a sentence beside the field.
    """

    lost = True

    def __init__(self, name: str | None, content_type: str | None, size: int) -> None:
        super().__init__(io.BytesIO(), name, content_type, max(size, 1))


class UploadHandler(TemporaryFileUploadHandler):
    """Django's own handler of large files, which gives a LostUpload where the disk takes no more.

    Nothing of such a file stays on the disk. The rest of the form is read as usual, so nothing that was typed is lost.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lost = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        self.lost = False
        try:
            super().new_file(*args, **kwargs)
        except OSError as error:
            # A file that arrived before it is complete, and not to be closed with it.
            vars(self).pop("file", None)
            self._lose(error)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.lost:
            return
        try:
            super().receive_data_chunk(raw_data, start)
        except OSError as error:
            self._lose(error)

    def file_complete(self, file_size: int) -> UploadedFile | None:
        if not self.lost:
            try:
                return super().file_complete(file_size)
            except OSError as error:
                # The last bytes are written when the file is wound back to its start.
                self._lose(error)
        return LostUpload(self.file_name, self.content_type, file_size)

    def _lose(self, error: OSError) -> None:
        logger.error("There is no room for an upload: %s", error)
        self.lost = True
        # Without the attribute Django sees that there is nothing to delete when the rest of the form breaks off.
        file = vars(self).pop("file", None)
        if file is not None:
            # Closing tries to write what is left, and deletes the file whether that works or not.
            with contextlib.suppress(OSError):
                file.close()
