"""What may stand in a log? What happened and where; no secret, no key out of an address, no resident's mail."""

import logging

from civic.feed.masked import masked


class SoberFormatter(logging.Formatter):
    """A line with its traceback, masked as a whole: secrets also hide in what an exception says."""

    def format(self, record: logging.LogRecord) -> str:
        return masked(super().format(record))
