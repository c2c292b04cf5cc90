"""How much may one request carry? Judged by what it says before anything is kept, and by what comes."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

LARGEST = 12_000_000  # bytes: one picture of 10 MB, and its form


class LargestRequest(FileUploadHandler):
    """Stops a request beyond LARGEST: a stranger does not fill the disk."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self._seen = 0

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: str, encoding: str | None = None
    ) -> None:
        if content_length > LARGEST:
            raise RequestDataTooBig(f"A request of {content_length} bytes is larger than this site takes.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Handed on untouched: the handlers behind this one keep it."""
        self._seen += len(raw_data)
        if self._seen > LARGEST:
            raise RequestDataTooBig("A request turned out larger than this site takes.")
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
