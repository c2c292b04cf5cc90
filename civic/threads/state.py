"""How does a thread stand, as pages show it live? Pure: a thread in, plain data out."""

from typing import Any

from .models import Thread


def thread_state(thread: Thread) -> dict[str, Any]:
    """The whole state of a thread as pages show it live: no person, no words."""
    return {
        "state": "open" if thread.open else "closed",
        "posts": thread.posts,
        "spoken": thread.spoken,
        "last_post": thread.last_post,
        "last_at": thread.last_at.isoformat() if thread.last_at else None,
    }
