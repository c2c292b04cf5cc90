"""What does the walk along sockets stand on? The same Hub and the same browser's end as the tests of the feed."""

from tests.civic.live.conftest import now_at, publish, running_hub

__all__ = ["now_at", "publish", "running_hub"]
