//! The events in a tab.

use std::collections::BTreeMap;

use serde_json::Value;

/// The events since the page was opened.
#[derive(Default)]
pub(super) struct Log {
    /// The problems, as messages.
    pub(super) problems: Vec<String>,
    /// The requested addresses.
    pub(super) requests: Vec<String>,
    /// The loader of the loaded document.
    pub(super) loaded: Option<String>,
    /// The address of each request, to name the one that failed.
    addresses: BTreeMap<String, String>,
}

impl Log {
    /// Records an event.
    pub(super) fn note(&mut self, message: &Value) {
        let event = &message["params"];
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        match message["method"].as_str().unwrap_or_default() {
            "Page.lifecycleEvent" if event["name"] == "load" => {
                self.loaded = Some(text(&event["loaderId"]));
            }
            "Network.requestWillBeSent" => {
                let url = text(&event["request"]["url"]);
                self.addresses.insert(text(&event["requestId"]), url.clone());
                self.requests.push(url);
            }
            "Network.loadingFailed" if event["canceled"] != true => {
                let url = self.addresses.get(event["requestId"].as_str().unwrap_or_default());
                let url = url.map_or("?", String::as_str);
                self.problems.push(format!("{url} did not load: {}", text(&event["errorText"])));
            }
            "Runtime.exceptionThrown" => {
                let details = &event["exceptionDetails"];
                let (short, long) = (&details["text"], &details["exception"]["description"]);
                self.problems.push(format!("script: {} {}", text(short), text(long)));
            }
            "Runtime.consoleAPICalled" if is_loud(&event["type"]) => {
                self.problems.push(format!("console: {}", event["args"]));
            }
            "Log.entryAdded" if is_loud(&event["entry"]["level"]) => {
                self.problems.push(format!("log: {}", text(&event["entry"]["text"])));
            }
            "Audits.issueAdded" => {
                let issue = &event["issue"];
                if issue["code"] == "ContentSecurityPolicyIssue" {
                    self.problems.push(format!("policy: {}", issue["details"]));
                }
            }
            _ => {}
        }
    }
}

fn is_loud(level: &Value) -> bool {
    matches!(level.as_str(), Some("error" | "warning" | "assert"))
}
