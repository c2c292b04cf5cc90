"""What does it cost at least? A server that sends each line of its standard input to every socket, and no more.

`python -m tests.prove.bare_broadcast PORT`: the `websockets` package's own broadcast(), as its documentation shows it.
"""

import asyncio
import sys

from websockets.asyncio.server import ServerConnection, broadcast, serve


async def main(port: int) -> None:
    connected: set[ServerConnection] = set()

    async def keep(socket: ServerConnection) -> None:
        connected.add(socket)
        await socket.wait_closed()

    async with serve(keep, "127.0.0.1", port, compression=None):
        lines = asyncio.StreamReader()
        await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
        while line := await lines.readline():
            broadcast(connected, line.decode().rstrip("\n"))


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
