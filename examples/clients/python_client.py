"""Lists and calls the tools of a host with the official Python client, in both eras of MCP, and reads what else it has.

Over HTTP, with the key in XYTE_API_KEY if the host wants one:

    XYTE_API_KEY=... python python_client.py http://127.0.0.1:8080/mcp

Over stdio, where the client starts the host itself and passes XYTE_* settings on:

    XYTE_API_KEY=... python python_client.py -- xyte-mcp stdio

--mode auto or --mode legacy does it once; --tool NAME and --arguments JSON call another tool than list_devices, and
--prompt NAME gets another prompt than the first that needs no arguments.
Needs the packages of requirements.txt.
"""

import argparse
import asyncio
import json
import os
import sys

import httpx2
from mcp import Client
from mcp.client.stdio import StdioServerParameters
from mcp.client.streamable_http import streamable_http_client

# "auto" asks the host which revisions it speaks and takes the newest; "legacy" begins with a handshake.
MODES = ("auto", "legacy")


async def list_and_call(client: Client, mode: str, tool: str, arguments: dict) -> None:
    tools = (await client.list_tools()).tools
    names = ", ".join(tool.name for tool in tools)
    print(f"{mode}: MCP {client.protocol_version}; {len(tools)} tools: {names}")
    result = await client.call_tool(tool, arguments)
    text = result.content[0].text
    if result.is_error:
        raise SystemExit(f"{mode}: {tool} failed: {text}")
    print(f"{mode}: {tool}: {text}")


async def read_and_get(client: Client, mode: str, wanted: str | None) -> None:
    """Reads the first text among the resources and gets a prompt that needs no arguments, where the host has some."""
    if client.server_capabilities.resources:
        for resource in (await client.list_resources()).resources:
            if (resource.mime_type or "text/").startswith("text/"):
                contents = (await client.read_resource(resource.uri)).contents
                print(f"{mode}: {resource.uri}: {contents[0].text}")
                break
    if client.server_capabilities.prompts:
        for prompt in (await client.list_prompts()).prompts:
            needs_nothing = not any(argument.required for argument in prompt.arguments or [])
            if needs_nothing and wanted in (None, prompt.name):
                messages = (await client.get_prompt(prompt.name)).messages
                print(f"{mode}: {prompt.name}: {messages[0].content.text}")
                break


async def use(client: Client, mode: str, options: argparse.Namespace) -> None:
    await list_and_call(client, mode, options.tool, options.arguments)
    await read_and_get(client, mode, options.prompt)


async def over_http(options: argparse.Namespace) -> None:
    key = os.environ.get("XYTE_API_KEY")
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    for mode in options.mode:
        # trust_env=False: a proxy in the environment is not for a host on this machine.
        async with httpx2.AsyncClient(headers=headers, timeout=30, trust_env=False) as http:
            async with Client(streamable_http_client(options.url, http_client=http), mode=mode) as client:
                await use(client, mode, options)


async def over_stdio(options: argparse.Namespace, command: str, *arguments: str) -> None:
    settings = {name: value for name, value in os.environ.items() if name.startswith("XYTE_")}
    server = StdioServerParameters(command=command, args=list(arguments), env=settings)
    for mode in options.mode:
        async with Client(server, mode=mode) as client:
            await use(client, mode, options)


def main(arguments: list[str]) -> None:
    # Everything after `--` is the command that starts the host.
    split = arguments.index("--") if "--" in arguments else len(arguments)
    arguments, command = arguments[:split], arguments[split + 1 :]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url", nargs="?")
    parser.add_argument("--mode", action="append", choices=MODES)
    parser.add_argument("--tool", default="list_devices")
    parser.add_argument("--arguments", type=json.loads, metavar="JSON")
    parser.add_argument("--prompt")
    options = parser.parse_args(arguments)
    options.mode = options.mode or MODES
    if options.arguments is None:
        options.arguments = {"limit": 3} if options.tool == "list_devices" else {}
    if bool(options.url) == bool(command):
        parser.error("name the URL of a host, or the command that starts one after `--`")
    asyncio.run(over_stdio(options, *command) if command else over_http(options))


if __name__ == "__main__":
    main(sys.argv[1:])
