// Lists and calls the tools of a host with the official TypeScript client, in both eras of MCP, and reads what else it
// has.
//
// Over HTTP, with the key in XYTE_API_KEY if the host wants one:
//
//     XYTE_API_KEY=... node javascript_client.mjs http://127.0.0.1:8080/mcp
//
// Over stdio, where the client starts the host itself and passes XYTE_* settings on:
//
//     XYTE_API_KEY=... node javascript_client.mjs -- xyte-mcp stdio
//
// --mode legacy, auto or a revision such as 2026-07-28 does it once; --tool NAME and --arguments JSON call another tool
// than list_devices, and --prompt NAME gets another prompt than the first that needs no arguments. Needs package.json's
// packages beside it, and Node 20 or newer.

import { parseArgs } from "node:util";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";

// "legacy" begins with a handshake and is what this client does unless told otherwise; "auto" asks the host which
// revisions it speaks and takes the newest.
const MODES = ["legacy", "auto"];

async function listAndCall(client, mode, tool, args) {
  const { tools } = await client.listTools();
  const names = tools.map((tool) => tool.name).join(", ");
  console.log(`${mode}: MCP ${client.getNegotiatedProtocolVersion()}; ${tools.length} tools: ${names}`);
  const result = await client.callTool({ name: tool, arguments: args });
  if (result.isError) throw new Error(`${mode}: ${tool} failed: ${result.content[0].text}`);
  console.log(`${mode}: ${tool}: ${result.content[0].text}`);
}

// Reads the first text among the resources and gets a prompt that needs no arguments, where the host has some.
async function readAndGet(client, mode, wanted) {
  const capabilities = client.getServerCapabilities() ?? {};
  if (capabilities.resources) {
    const { resources } = await client.listResources();
    const text = resources.find(({ mimeType }) => (mimeType ?? "text/").startsWith("text/"));
    if (text) {
      const { contents } = await client.readResource({ uri: text.uri });
      console.log(`${mode}: ${text.uri}: ${contents[0].text}`);
    }
  }
  if (capabilities.prompts) {
    const { prompts } = await client.listPrompts();
    const needsNothing = (prompt) => !prompt.arguments?.some((argument) => argument.required);
    const free = prompts.find((prompt) => needsNothing(prompt) && prompt.name === (wanted ?? prompt.name));
    if (free) {
      const { messages } = await client.getPrompt({ name: free.name });
      console.log(`${mode}: ${free.name}: ${messages[0].content.text}`);
    }
  }
}

function transport(url, [command, ...args]) {
  if (command) {
    const settings = Object.entries(process.env).filter(([name]) => name.startsWith("XYTE_"));
    return new StdioClientTransport({ command, args, env: Object.fromEntries(settings) });
  }
  const key = process.env.XYTE_API_KEY;
  const headers = key ? { Authorization: `Bearer ${key}` } : {};
  return new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } });
}

async function use(mode, { url, command, tool, args, prompt }) {
  const negotiation = MODES.includes(mode) ? mode : { pin: mode };
  const client = new Client(
    { name: "example-client", version: "0.1.0" },
    { versionNegotiation: { mode: negotiation } },
  );
  await client.connect(transport(url, command));
  try {
    await listAndCall(client, mode, tool, args);
    await readAndGet(client, mode, prompt);
  } finally {
    await client.close();
  }
}

function read(argv) {
  // Everything after `--` is the command that starts the host.
  const split = argv.includes("--") ? argv.indexOf("--") : argv.length;
  const options = {
    mode: { type: "string", multiple: true, default: MODES },
    tool: { type: "string", default: "list_devices" },
    arguments: { type: "string" },
    prompt: { type: "string" },
  };
  const { values, positionals } = parseArgs({ args: argv.slice(0, split), options, allowPositionals: true });
  const [url, command] = [positionals[0], argv.slice(split + 1)];
  if (Boolean(url) === command.length > 0) {
    throw new Error("name the URL of a host, or the command that starts one after `--`");
  }
  const args = values.arguments ?? (values.tool === "list_devices" ? '{"limit": 3}' : "{}");
  return { url, command, modes: values.mode, tool: values.tool, args: JSON.parse(args), prompt: values.prompt };
}

const { modes, ...how } = read(process.argv.slice(2));
for (const mode of modes) await use(mode, how);
