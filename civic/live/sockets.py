"""What does a WebSocket do? It says where it stopped, `{"resume": {"epoch", "after"}}`, and gets everything after.

Close codes: 4400 the first message is no resume, 4408 the client was too slow (it may resume), 4410 after a reset,
4411 a line of the staff is opened anew now and then, so that it outlives no role (it may resume), 4429 it talks too
much, or its person or address holds too many lines or opened too many of late, 1009 a message was too long, 1011 we
failed (it may resume).
"""

import asyncio
import logging
from math import inf
from typing import Any

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from django.utils.translation import gettext_lazy as _

from civic.limits.edge import elsewhere, why_not_again
from civic.refusals import Refusal, Refused, insist

from .cursors import LONGEST, NO_RESUME, Cursor, from_message
from .frames import RESET, error_text, frame_of
from .hub import Reset, hub
from .lines import held
from .viewers import STAFF_LINE, viewer_of

BEAT = 20.0  # seconds without news after which an empty frame shows that the line lives
_RESUME_WITHIN = 10.0  # seconds after the handshake
_SLOWEST = 10.0  # seconds one frame may take to go out
_MOST_MESSAGES = 100  # nothing but one resume is expected
logger = logging.getLogger(__name__)
_TOO_LONG = Refusal("too_long", _("A message may have at most 16 kB."), 400)


@database_sync_to_async
def _opened(person: str, address: str) -> tuple[Refusal | None, int]:
    """Count one line, with all that other processes have opened."""
    return why_not_again("line", person=person, address=address)


class FeedSocket(AsyncWebsocketConsumer):
    """One browser. It costs a task and a cursor."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._following: asyncio.Task[None] | None = None
        self._watching: asyncio.Task[None] | None = None
        self._sending_since = 0.0
        self._messages = 0
        self._closed = False

    async def connect(self) -> None:
        await self.accept()
        self._following = asyncio.create_task(self._await_resume())

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        self._messages += 1
        if self._closed:
            return
        if len(text_data or bytes_data or "") > LONGEST:
            await self._refuse(_TOO_LONG, 1009)
        elif self._messages == 1:
            await self._resume(text_data)
        elif self._messages > _MOST_MESSAGES:
            await self.close(4429)

    async def close(self, code: int | None = None, reason: str | None = None) -> None:
        """Once: what the browser still sends on its way out asks for no second close."""
        if not self._closed:
            self._closed = True
            await super().close(code=code, reason=reason)

    async def disconnect(self, code: int) -> None:
        for task in (self._following, self._watching):
            if task:
                task.cancel()

    async def _await_resume(self) -> None:
        await asyncio.sleep(_RESUME_WITHIN)
        await self._refuse(NO_RESUME, 4400)

    async def _resume(self, text: str | None) -> None:
        assert self._following  # connect() made it
        self._following.cancel()
        try:
            cursor = from_message(text)
        except Refused as refused:
            await self._refuse(refused.refusal, 4400)
        else:
            self._following = asyncio.create_task(self._follow(cursor))
            self._watching = asyncio.create_task(self._watch(self._following))

    async def _refuse(self, refusal: Refusal, close_code: int) -> None:
        await self.send(error_text(refusal.code, str(refusal.text)))
        await self.close(close_code)

    async def _follow(self, cursor: Cursor) -> None:
        send, clock = self.scope["server_send"], asyncio.get_running_loop()
        try:
            user, session, address = self.scope["user"], self.scope["session"], elsewhere(self.scope)
            asked = database_sync_to_async(viewer_of) if user and user.is_staff else None
            viewer = await asked(user, session) if asked else viewer_of(user, session)
            ends = clock.time() + (STAFF_LINE if viewer.staff else inf)
            if viewer.person or address:
                refusal, _wait = await _opened(viewer.person, address)
                insist(refusal)
            with held(viewer, address):
                reader = await hub().follow(viewer, cursor)
                while clock.time() < ends:
                    frame = await reader.next(BEAT)
                    text = frame.text or frame_of(cursor.epoch, frame.cursor, (), prev=0)
                    self._sending_since = clock.time()
                    await send({"type": "websocket.send", "text": text})
                    self._sending_since = 0.0
            await self.close(4411)
        except Refused as refused:
            await self._refuse(refused.refusal, 4429)
        except Reset:
            await self.send(RESET)
            await self.close(4410)
        except OSError:
            return  # the browser is gone
        except Exception:
            logger.exception("a socket could not be served")
            await self.close(1011)  # it comes back to where it was

    async def _watch(self, following: asyncio.Task[None]) -> None:
        """End a client that takes no frame: the close goes out when it reads again, and if never, pings end it.

        One look now and then for each socket costs a tenth of a deadline around each frame.
        """
        clock = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(_SLOWEST / 2)
            if self._sending_since and clock.time() - self._sending_since > _SLOWEST:
                following.cancel()
                await self.close(4408)
                return
