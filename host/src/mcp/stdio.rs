//! MCP over standard input and output. Nothing else may write to standard output.

use rmcp::ServiceExt;
use rmcp::transport::io::stdio_pipes;

use super::Surface;
use super::handler::Handler;
use crate::tenant::Caller;

/// The conversation could not be held.
#[derive(Debug, thiserror::Error)]
#[error("the conversation over standard input and output failed: {0}")]
pub struct StdioError(String);

impl Surface {
    /// Serves one client over standard input and output until it closes its end.
    ///
    /// # Errors
    /// The client said something that is no beginning of a conversation.
    pub async fn stdio(&self, caller: Caller) -> Result<(), StdioError> {
        let handler = Handler::new(self.tools.clone(), caller);
        let service = match handler.serve_with_ct(stdio_pipes(), self.config.cancellation_token.clone()).await
        {
            Ok(service) => service,
            // The client went away before it said anything, as one that only looks whether we start.
            Err(rmcp::service::ServerInitializeError::ConnectionClosed(_)) => return Ok(()),
            Err(error) => return Err(StdioError(error.to_string())),
        };
        service.waiting().await.map(|_reason| ()).map_err(|error| StdioError(error.to_string()))
    }
}
