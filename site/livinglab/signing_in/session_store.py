"""Where are sign-ins kept? In the database, and in Redis where there is one; what is noted of a browser goes along.

A session gets a new key at a sign-in, with a new password, and when it was proved by an earlier SECRET_KEY: the row by
which its owner finds and ends it must not stay behind at the old one.
"""

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.sessions.backends import cached_db, db

from civic.people.actions.sessions import follow_key

Kept: type[db.SessionStore] = cached_db.SessionStore if settings.REDIS_URL else db.SessionStore


class SessionStore(Kept):  # type: ignore[misc,valid-type]  # which one is known when the settings are
    def cycle_key(self) -> None:
        before = self.session_key
        super().cycle_key()
        follow_key(before=before, after=self.session_key)

    async def acycle_key(self) -> None:
        before = self.session_key
        await super().acycle_key()
        await sync_to_async(follow_key)(before=before, after=self.session_key)
