//! The xyte-mcp host.
