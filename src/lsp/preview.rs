//! The preview of the page under the cursor, in a browser.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

use super::work::{BookEvent, BookEvents};
use crate::serve::{self, ServeEvent, ServeSettings};
use crate::workspace::BuildOptions;

/// The command that opens the preview at the cursor.
pub(super) const PREVIEW: &str = "fieldbook.preview";

/// Starts the preview, and reports its address once its first page can be seen.
pub(super) fn start(root: PathBuf, options: BuildOptions, events: &BookEvents) {
    let answer = events.clone();
    let result = serve::listen(IpAddr::V4(Ipv4Addr::LOCALHOST), None)
        .map_err(|error| error.to_string())
        .and_then(|listener| {
            let place = listener.local_addr().map_err(|error| error.to_string())?;
            let url = format!("http://{place}/");
            let settings =
                ServeSettings { root, options, any_host: false, edit_key: None, poll: false };
            let tell = move |event: ServeEvent<'_>| {
                if let ServeEvent::Opened { .. } = event {
                    answer.send(BookEvent::Preview(Ok(url.clone())));
                }
            };
            serve::start(settings, listener, tell).map_err(|error| error.to_string())
        });
    if let Err(why) = result {
        events.send(BookEvent::Preview(Err(why)));
    }
}
