//! MCP over standard input and output. Nothing else may write to standard output.

mod frames;

use std::io;
use std::sync::Arc;
use std::time::Duration;

use rmcp::RoleServer;
use rmcp::model::{ClientJsonRpcMessage, JsonRpcMessage, ServerJsonRpcMessage};
use rmcp::service::serve_server_with_ct;
use rmcp::transport::Transport;
use rmcp::transport::io::stdio_pipes;
use serde_json::Value;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use self::frames::{Frame, Frames};
use super::Surface;
use super::connection::Way;
use super::handler::Handler;
use super::message::{INVALID_REQUEST, Message, REQUEST_BYTES_MAX, Refusal};
use super::under_way::UnderWay;
use crate::tenant::Caller;

/// Lines that wait for a client to read them. While they wait, nothing more is read from it.
const LINES_WAITING_MAX: usize = 64;
/// How long the last lines may take to be read once the client has closed its end.
const LAST_LINES_TIMEOUT: Duration = Duration::from_secs(2);
/// How long the protocol library may take to end once the client has gone. Its own patience is 5 s.
const END_TIMEOUT: Duration = Duration::from_secs(8);

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
        let gone = self.ending.stopping.child_token();
        let handler = Handler::new(self.shared.clone(), caller, Way::Connected, gone.clone());
        let lines = Lines::new(input, output, gone.clone());
        let served = async {
            let service = serve_server_with_ct(handler, lines, gone.child_token()).await;
            match service {
                Ok(service) => {
                    let ended = service.waiting().await;
                    ended.map(|_reason| ()).map_err(|error| StdioError(error.to_string()))
                }
                // The client went away before it said anything, as one that only looks whether we start.
                Err(rmcp::service::ServerInitializeError::ConnectionClosed(_)) => Ok(()),
                Err(rmcp::service::ServerInitializeError::Cancelled) => Ok(()),
                Err(error) => Err(StdioError(error.to_string())),
            }
        };
        let stuck = async {
            gone.cancelled().await;
            tokio::time::sleep(END_TIMEOUT).await;
        };
        tokio::select! {
            served = served => served,
            () = stuck => Ok(()),
        }
    }
}

/// One message on each line, in both directions.
struct Lines<R> {
    frames: Frames<R>,
    /// To the task that writes. None: it is closed.
    output: Option<mpsc::Sender<String>>,
    writer: JoinHandle<()>,
    under_way: Arc<UnderWay>,
    /// Fires when the client has gone, which the protocol library tells nobody: its calls would run to their end.
    gone: CancellationToken,
}

impl<R: AsyncRead + Unpin> Lines<R> {
    fn new<W>(input: R, output: W, gone: CancellationToken) -> Lines<R>
    where
        W: AsyncWrite + Send + Unpin + 'static,
    {
        let (sender, receiver) = mpsc::channel(LINES_WAITING_MAX);
        let writer = tokio::spawn(write(output, receiver));
        let under_way = Arc::default();
        Lines { frames: Frames::new(input), output: Some(sender), writer, under_way, gone }
    }

    /// The next message. A line that is refused is answered.
    ///
    /// The library gives up on this future whenever anything else happens. So it waits for room in the output first,
    /// and once it has taken a line, it does not wait any more.
    async fn next(&mut self) -> Option<ClientJsonRpcMessage> {
        loop {
            let room = self.output.as_ref()?.reserve().await.ok()?;
            let refusal = match self.frames.next().await {
                Ok(Frame::Line(line)) if line.iter().all(u8::is_ascii_whitespace) => continue,
                Ok(Frame::Line(line)) => match read(&line, &self.under_way) {
                    Ok(message) => return Some(message),
                    Err(refusal) => refusal,
                },
                Ok(Frame::TooLong) => {
                    let reason = format!("a message may have at most {REQUEST_BYTES_MAX} bytes");
                    Refusal { code: INVALID_REQUEST, reason, id: Value::Null }
                }
                Ok(Frame::End) => return None,
                Err(error) => {
                    tracing::warn!(%error, "standard input cannot be read");
                    return None;
                }
            };
            room.send(refusal.to_json().to_string());
        }
    }
}

/// Reads a line as a message of the protocol.
fn read(line: &[u8], under_way: &UnderWay) -> Result<ClientJsonRpcMessage, Refusal> {
    let message = Message::judge(line)?;
    let Ok(read) = serde_json::from_str(message.json.as_str()) else {
        let reason = "the message is none of this protocol".to_owned();
        return Err(Refusal { code: INVALID_REQUEST, reason, id: message.id.unwrap_or_default() });
    };
    if let (Some(_), Some(id)) = (&message.method, &message.id) {
        under_way.begin(id)?;
    }
    if message.method.as_deref() == Some("notifications/cancelled") {
        // The library does not answer what was taken back.
        under_way.end(&message.json.to_value()["params"]["requestId"]);
    }
    Ok(read)
}

/// Writes lines, each whole, until there are no more or nobody reads them.
async fn write<W: AsyncWrite + Unpin>(mut output: W, mut lines: mpsc::Receiver<String>) {
    while let Some(mut line) = lines.recv().await {
        debug_assert!(!line.contains(['\n', '\r']), "JSON is written without line breaks");
        line.push('\n');
        let written = async {
            output.write_all(line.as_bytes()).await?;
            output.flush().await
        };
        if let Err(error) = written.await {
            tracing::debug!(%error, "the client does not take answers any more");
            return;
        }
    }
}

impl<R: AsyncRead + Send + Unpin + 'static> Transport<RoleServer> for Lines<R> {
    type Error = io::Error;

    fn send(
        &mut self,
        message: ServerJsonRpcMessage,
    ) -> impl Future<Output = io::Result<()>> + Send + 'static {
        let (output, under_way) = (self.output.clone(), self.under_way.clone());
        async move {
            let gone = || io::Error::from(io::ErrorKind::BrokenPipe);
            let line = serde_json::to_string(&message)?;
            let sent = output.ok_or_else(gone)?.send(line).await;
            match &message {
                JsonRpcMessage::Response(response) => under_way.end(&response.id.clone().into_json_value()),
                JsonRpcMessage::Error(error) => {
                    error.id.iter().for_each(|id| under_way.end(&id.clone().into_json_value()));
                }
                JsonRpcMessage::Request(_) | JsonRpcMessage::Notification(_) => {}
            }
            sent.map_err(|_| gone())
        }
    }

    async fn receive(&mut self) -> Option<ClientJsonRpcMessage> {
        let message = self.next().await;
        if message.is_none() {
            self.gone.cancel();
        }
        message
    }

    async fn close(&mut self) -> io::Result<()> {
        self.gone.cancel();
        self.output = None;
        let _unread = tokio::time::timeout(LAST_LINES_TIMEOUT, &mut self.writer).await;
        self.writer.abort();
        Ok(())
    }
}
