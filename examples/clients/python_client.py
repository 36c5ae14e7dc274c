"""Lists and calls the tools of a host with the official Python client, in both eras of MCP.

Over HTTP, with the key in XYTE_API_KEY if the host wants one:

    XYTE_API_KEY=... python python_client.py http://127.0.0.1:8080/mcp

Over stdio, where the client starts the host itself and passes XYTE_* settings on:

    XYTE_API_KEY=... python python_client.py -- xyte-mcp stdio

Needs the packages of requirements.txt.
"""

import asyncio
import os
import sys

import httpx2
from mcp import Client
from mcp.client.stdio import StdioServerParameters
from mcp.client.streamable_http import streamable_http_client

# "auto" asks the host which revisions it speaks and takes the newest; "legacy" begins with a handshake.
MODES = ("auto", "legacy")


async def list_and_call(client: Client, mode: str) -> None:
    tools = (await client.list_tools()).tools
    names = ", ".join(tool.name for tool in tools)
    print(f"{mode}: MCP {client.protocol_version}; {len(tools)} tools: {names}")
    result = await client.call_tool("list_devices", {"limit": 3})
    text = result.content[0].text
    if result.is_error:
        raise SystemExit(f"{mode}: list_devices failed: {text}")
    print(f"{mode}: list_devices: {text}")


async def over_http(url: str) -> None:
    key = os.environ.get("XYTE_API_KEY")
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    for mode in MODES:
        # trust_env=False: a proxy in the environment is not for a host on this machine.
        async with httpx2.AsyncClient(headers=headers, timeout=30, trust_env=False) as http:
            async with Client(streamable_http_client(url, http_client=http), mode=mode) as client:
                await list_and_call(client, mode)


async def over_stdio(command: str, *arguments: str) -> None:
    settings = {name: value for name, value in os.environ.items() if name.startswith("XYTE_")}
    server = StdioServerParameters(command=command, args=list(arguments), env=settings)
    for mode in MODES:
        async with Client(server, mode=mode) as client:
            await list_and_call(client, mode)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["--", command, *arguments]:
            asyncio.run(over_stdio(command, *arguments))
        case [url]:
            asyncio.run(over_http(url))
        case _:
            raise SystemExit(__doc__)
