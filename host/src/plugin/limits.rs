//! What a guest may use. Each limit with its reason.

use std::time::Duration;

/// Bytes of a component's file. A Rust plugin has 50 to 400 KB, a JavaScript one under 2 MB, and a Python one 19 MB,
/// which takes 350 MB to compile.
pub(super) const COMPONENT_BYTES_MAX: u64 = 32 << 20;

/// Bytes of a grant file. One that grants everything has 4 KB.
pub(super) const GRANT_BYTES_MAX: u64 = 64 << 10;

/// Bytes of linear memory, over all memories of a component. A call that handles the API's largest answers needs
/// a few; what grows to this leaks.
pub(super) const MEMORY_BYTES_MAX: usize = 64 << 20;
/// Elements of one table. Tables hold function pointers; CPython, the largest known, has 5,694.
pub(super) const TABLE_ELEMENTS_MAX: usize = 20_000;
/// Core instances, tables and memories of one component. JavaScript and Python need up to 16, 3 and 3.
pub(super) const INSTANCES_MAX: usize = 32;
/// See [`INSTANCES_MAX`].
pub(super) const TABLES_MAX: usize = 8;
/// See [`INSTANCES_MAX`].
pub(super) const MEMORIES_MAX: usize = 4;

/// Bytes of stack for guest code. Deep recursion is a trap, not a crash.
pub(super) const WASM_STACK_BYTES: usize = 512 << 10;
/// Bytes of the stack that guest and host share: the guest's, and room for the host's side of an import.
pub(super) const ASYNC_STACK_BYTES: usize = WASM_STACK_BYTES + (512 << 10);

/// Bytes that crossing the border once may allocate on the host's side: the largest answer of the API, with room.
pub(super) const HOSTCALL_BYTES_MAX: usize = 16 << 20;
/// Handles to host resources that a component may hold. Guests hold a few streams; the engine's default of 100,000
/// is memory that a guest could waste.
pub(super) const COMPONENT_HANDLES_MAX: usize = 2_000;
/// Entries of the table behind those handles.
pub(super) const RESOURCE_TABLE_MAX: usize = 1_000;
/// Bytes that `wasi:random` gives at once. Seeds need 16.
pub(super) const WASI_RANDOM_BYTES_MAX: u64 = 4 << 10;

/// How often the engine's clock ticks. A guest that computes gives way to others, and its ticks are counted.
pub(super) const TICK: Duration = Duration::from_millis(10);
/// Ticks that a call may compute: 10 s. Waiting does not count, but each return from a wait counts as one.
pub(super) const CPU_TICKS_MAX: u32 = 1_000;

/// Time for one call, computing and waiting together, unless the tool asks for another.
pub const TOOL_TIMEOUT: Duration = Duration::from_secs(30);
/// The longest time that a tool gets however much it asks for. Clients give up earlier.
pub(super) const TOOL_TIMEOUT_MAX: Duration = Duration::from_secs(300);
/// Time for `describe`, which only builds its answer.
pub(super) const DESCRIBE_TIMEOUT: Duration = Duration::from_secs(2);

/// Bytes of one JSON text of a plugin: an answer, its metadata. What a model reads is much less.
pub(super) const JSON_BYTES_MAX: usize = 1 << 20;
/// Bytes of a schema.
pub(super) const SCHEMA_BYTES_MAX: usize = 64 << 10;
/// Bytes of a description, which every model reads with every list.
pub(super) const DESCRIPTION_BYTES_MAX: usize = 4 << 10;
/// Tools of one plugin. Models choose badly among more.
pub(super) const TOOLS_MAX: usize = 64;
/// Bytes of a failure's message and of its hint.
pub(super) const FAILURE_TEXT_BYTES_MAX: usize = 2 << 10;
/// Bytes of a failure's code, a tool's name, and such.
pub(super) const NAME_BYTES_MAX: usize = 64;

/// Bytes of what is logged of a trap: a stack of some twenty frames. The guest chooses its functions' names.
pub(super) const TRAP_TEXT_BYTES_MAX: usize = 4 << 10;

/// Lines that one call may log.
pub(super) const LOG_LINES_MAX: u32 = 100;
/// Bytes that one call may log.
pub(super) const LOG_BYTES_MAX: usize = 64 << 10;
/// Bytes of one logged line; the rest of it is cut.
pub(super) const LOG_LINE_BYTES_MAX: usize = 8 << 10;
/// Fields of one logged line; more are cut.
pub(super) const LOG_FIELDS_MAX: usize = 16;

/// Progress notes of one call that are passed on: one for each percent.
pub(super) const PROGRESS_NOTES_MAX: u32 = 100;
/// Bytes of a progress note's text: a line for a person.
pub(super) const PROGRESS_TEXT_BYTES_MAX: usize = 256;
/// Messages of one call for its client that are passed on, as many as it may log.
pub(super) const CLIENT_MESSAGES_MAX: u32 = 100;
/// Bytes of all of them.
pub(super) const CLIENT_MESSAGE_BYTES_MAX: usize = 64 << 10;

/// Lists and resources that one call may say have changed. Whoever hears it asks again, which is work for everybody.
pub(super) const CHANGES_MAX: usize = 16;

/// Questions that a call may ask at once. People answer one form at a time.
pub(super) const INPUT_REQUESTS_MAX: usize = 8;
/// Bytes that a plugin may have handed back with the answers; they travel with every round.
pub(super) const INPUT_STATE_BYTES_MAX: usize = 16 << 10;

/// Times that one call may use its state. The store has one writer for everybody, and a call that needs more should
/// keep one larger value.
pub(super) const STATE_OPERATIONS_MAX: u32 = 100;

/// Bytes of an operator's settings for one plugin.
pub(super) const SETTINGS_BYTES_MAX: usize = 64 << 10;
/// Resources, and prompts, that one plugin may serve by name or template. Lists are read by people and models.
pub(super) const SERVED_MAX: usize = 100;
/// Bytes of a plugin's cursor for its list of resources. It travels in a URL beside everything else.
pub(super) const CURSOR_BYTES_MAX: usize = 1 << 10;
/// Arguments of one prompt: a form that a person fills in.
pub(super) const PROMPT_ARGUMENTS_MAX: usize = 32;
/// Suggestions of one completion, as MCP limits them.
pub(super) const COMPLETIONS_MAX: usize = 100;

/// Bytes that `call.random` gives at once.
pub(super) const RANDOM_BYTES_MAX: u32 = 256;
