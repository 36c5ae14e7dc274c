//! MCP over standard input and output. Nothing else may write to standard output.

mod frames;

use std::io;
use std::sync::Arc;

use rmcp::RoleServer;
use rmcp::model::{ClientJsonRpcMessage, ServerJsonRpcMessage};
use rmcp::service::serve_server_with_ct;
use rmcp::transport::Transport;
use rmcp::transport::io::stdio_pipes;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};
use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;

use self::frames::{Frame, Frames};
use super::Surface;
use super::handler::{Handler, Way};
use super::message::{Message, REQUEST_BYTES_MAX, Refusal};
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
        let (input, output) = stdio_pipes();
        self.converse(caller, input, output).await
    }

    /// Serves one client over a pair of streams.
    ///
    /// # Errors
    /// The client said something that is no beginning of a conversation.
    pub async fn converse<R, W>(&self, caller: Caller, input: R, output: W) -> Result<(), StdioError>
    where
        R: AsyncRead + Send + Unpin + 'static,
        W: AsyncWrite + Send + Unpin + 'static,
    {
        let gone = self.shutdown.child_token();
        let handler = Handler::new(self.shared.clone(), caller, Way::Connected, gone.clone());
        let lines =
            Lines { frames: Frames::new(input), output: Arc::new(Mutex::new(output)), gone: gone.clone() };
        let service = match serve_server_with_ct(handler, lines, self.shutdown.child_token()).await {
            Ok(service) => service,
            // The client went away before it said anything, as one that only looks whether we start.
            Err(rmcp::service::ServerInitializeError::ConnectionClosed(_)) => return Ok(()),
            Err(error) => return Err(StdioError(error.to_string())),
        };
        let ended = service.waiting().await;
        gone.cancel();
        ended.map(|_reason| ()).map_err(|error| StdioError(error.to_string()))
    }
}

/// One message on each line, in both directions.
struct Lines<R, W> {
    frames: Frames<R>,
    output: Arc<Mutex<W>>,
    /// Fires when the client has gone, which the protocol library tells nobody: its calls would run to their end.
    gone: CancellationToken,
}

impl<R, W> Lines<R, W>
where
    R: AsyncRead + Send + Unpin + 'static,
    W: AsyncWrite + Send + Unpin + 'static,
{
    /// Judges a line. What is refused is answered at once, unless it says nothing at all.
    async fn judged(&mut self, line: &[u8]) -> Option<ClientJsonRpcMessage> {
        if line.iter().all(u8::is_ascii_whitespace) {
            return None;
        }
        let message = match Message::judge(line) {
            Ok(message) => message,
            Err(refusal) => {
                self.refuse(&refusal).await;
                return None;
            }
        };
        match serde_json::from_str(message.json.as_str()) {
            Ok(message) => Some(message),
            Err(_) => {
                let reason = "the message is none of this protocol".to_owned();
                let code = super::message::INVALID_REQUEST;
                self.refuse(&Refusal { code, reason, id: message.id.unwrap_or_default() }).await;
                None
            }
        }
    }

    fn refuse(&self, refusal: &Refusal) -> impl Future<Output = ()> + Send + 'static {
        let (output, text) = (self.output.clone(), refusal.to_json().to_string());
        async move {
            if let Err(error) = write(&output, text).await {
                tracing::debug!(%error, "the client does not take answers any more");
            }
        }
    }
}

/// Writes one line, whole: several tasks answer at the same time.
async fn write<W: AsyncWrite + Unpin>(output: &Mutex<W>, mut text: String) -> io::Result<()> {
    debug_assert!(!text.contains(['\n', '\r']), "JSON is written without line breaks");
    text.push('\n');
    let mut output = output.lock().await;
    output.write_all(text.as_bytes()).await?;
    output.flush().await
}

impl<R, W> Transport<RoleServer> for Lines<R, W>
where
    R: AsyncRead + Send + Unpin + 'static,
    W: AsyncWrite + Send + Unpin + 'static,
{
    type Error = io::Error;

    fn send(
        &mut self,
        message: ServerJsonRpcMessage,
    ) -> impl Future<Output = io::Result<()>> + Send + 'static {
        let output = self.output.clone();
        async move { write(&output, serde_json::to_string(&message)?).await }
    }

    async fn receive(&mut self) -> Option<ClientJsonRpcMessage> {
        loop {
            let line = match self.frames.next().await {
                Ok(Frame::Line(line)) => line,
                Ok(Frame::TooLong) => {
                    let reason = format!("a message may have at most {REQUEST_BYTES_MAX} bytes");
                    let (code, id) = (super::message::INVALID_REQUEST, serde_json::Value::Null);
                    self.refuse(&Refusal { code, reason, id }).await;
                    continue;
                }
                Ok(Frame::End) => break,
                Err(error) => {
                    tracing::warn!(%error, "standard input cannot be read");
                    break;
                }
            };
            if let Some(message) = self.judged(&line).await {
                return Some(message);
            }
        }
        self.gone.cancel();
        None
    }

    async fn close(&mut self) -> io::Result<()> {
        self.gone.cancel();
        self.output.lock().await.flush().await
    }
}
