//! Drives a real Chromium, so that tests see what readers see.
//!
//! A test takes it in with `mod chromium;` and begins with [`Browser::launch`]. It speaks the
//! DevTools protocol (<https://chromedevtools.github.io/devtools-protocol/>) over a pipe: no port,
//! no network, no further crate. The program is `$CHROMIUM`, or the first of [`PROGRAMS`] on the
//! path. Where there is none, the test says what it did not run; under `CI` it fails.
#![allow(dead_code, reason = "each test uses a part of this")]
#![allow(clippy::disallowed_methods, reason = "tests start a program and write pictures")]

mod keys;
mod log;
mod pipe;
pub(crate) mod server;

use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use log::Log;
use pipe::Pipe;

/// What Chromium is called on the systems we know.
const PROGRAMS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "chrome"];

/// How long anything may take before the test fails.
const PATIENCE: Duration = Duration::from_secs(60);

/// A browser with one tab.
pub(crate) struct Browser {
    pipe: Pipe,
    session: String,
    log: Log,
}

impl Browser {
    /// Starts the browser. None if this machine has none: then `what` is said not to have been run.
    pub(crate) fn launch(what: &str) -> Option<Self> {
        let Some(program) = pipe::program(&PROGRAMS) else {
            let message = format!("NOT RUN: {what} (no Chromium on this machine; set CHROMIUM)");
            assert!(std::env::var_os("CI").is_none(), "{message}");
            // Not `eprintln!`: the test passes, and what passing tests print is not shown.
            let _ = std::io::Write::write_all(&mut std::io::stderr(), message.as_bytes());
            let _ = std::io::Write::write_all(&mut std::io::stderr(), b"\n");
            return None;
        };
        let pipe = Pipe::open(&program);
        let mut browser = Self { pipe, session: String::new(), log: Log::default() };
        let target = browser.call("Target.createTarget", json!({ "url": "about:blank" }));
        let attach = json!({ "targetId": target["targetId"], "flatten": true });
        let attached = browser.call("Target.attachToTarget", attach);
        browser.session = attached["sessionId"].as_str().expect("a session").to_owned();
        for domain in ["Page", "Runtime", "Network", "Log", "Audits"] {
            browser.call(&format!("{domain}.enable"), json!({}));
        }
        browser.call("Page.setLifecycleEventsEnabled", json!({ "enabled": true }));
        browser.viewport(1280, 800);
        Some(browser)
    }

    /// Opens an address and waits until it is loaded, with all that it asks for by itself. What was
    /// logged before is forgotten.
    pub(crate) fn open(&mut self, url: &str) {
        self.log = Log::default();
        let opened = self.call("Page.navigate", json!({ "url": url }));
        assert!(opened["errorText"].is_null(), "{url}: {}", opened["errorText"]);
        // Without a loader it was a jump within the page, which loads nothing.
        if let Some(loader) = opened["loaderId"].as_str() {
            self.wait(url, |log| log.loaded.as_deref() == Some(loader));
        }
    }

    /// Sets out for an address that leads on to another page, and does not wait.
    pub(crate) fn set_out(&mut self, url: &str) {
        self.open("about:blank");
        self.log = Log::default();
        self.call("Page.navigate", json!({ "url": url }));
    }

    /// Waits until a step taken by a key or a click has led to the page whose address ends so.
    pub(crate) fn arrive(&mut self, ending: &str) {
        let ending = Value::from(ending);
        self.until(&format!(
            "location.href.endsWith({ending}) && document.readyState === 'complete'"
        ));
    }

    /// Waits until `js` is true. Pages may come and go meanwhile, so what it asks for may be missing
    /// when it is asked.
    pub(crate) fn until(&mut self, js: &str) {
        let ask = json!({ "expression": js, "returnByValue": true });
        let start = Instant::now();
        while !self
            .ask("Runtime.evaluate", ask.clone())
            .is_ok_and(|is| is["result"]["value"] == true)
        {
            assert!(start.elapsed() < PATIENCE, "never true: {js}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// The value of an expression in the page, promises awaited, as JSON.
    pub(crate) fn evaluate(&mut self, js: &str) -> Value {
        let ask = json!({ "expression": js, "returnByValue": true, "awaitPromise": true });
        let answer = self.call("Runtime.evaluate", ask);
        let thrown = &answer["exceptionDetails"];
        assert!(thrown.is_null(), "{js}: {thrown}");
        answer["result"]["value"].clone()
    }

    /// The value of an expression that is a text.
    pub(crate) fn text(&mut self, js: &str) -> String {
        self.evaluate(js).as_str().unwrap_or_default().to_owned()
    }

    /// The size of the window, in CSS pixels. As on a phone, scroll bars take no space.
    pub(crate) fn viewport(&mut self, width: u32, height: u32) {
        let size = json!({
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false,
        });
        self.call("Emulation.setDeviceMetricsOverride", size);
    }

    /// What style sheets are told of the reader, such as `("prefers-color-scheme", "dark")`, and the
    /// medium: `screen`, `print`, or nothing for what it is.
    pub(crate) fn media(&mut self, medium: &str, features: &[(&str, &str)]) {
        let feature = |(name, value): &(&str, &str)| json!({ "name": name, "value": value });
        let features: Vec<Value> = features.iter().map(feature).collect();
        let media = json!({ "media": medium, "features": features });
        self.call("Emulation.setEmulatedMedia", media);
    }

    /// Whether pages opened from now on may run scripts. [`Self::evaluate`] always may.
    pub(crate) fn scripts(&mut self, on: bool) {
        self.call("Emulation.setScriptExecutionDisabled", json!({ "value": !on }));
    }

    /// Lets the network be as slow as this: bits a second, and milliseconds for an answer. Files
    /// are not the network. Nothing is kept from one page to the next.
    pub(crate) fn network(&mut self, bits: f64, latency: f64) {
        let throughput = bits / 8.0;
        self.call("Network.setCacheDisabled", json!({ "cacheDisabled": true }));
        let slow = json!({
            "offline": false, "latency": latency,
            "downloadThroughput": throughput, "uploadThroughput": throughput,
        });
        self.call("Network.emulateNetworkConditions", slow);
    }

    /// Presses keys one after the other, each by its name as in `KeyboardEvent.key`, if need be
    /// after modifiers: `Tab`, `Shift+Tab`, `Enter`, `Escape`, `ArrowDown`, `a`.
    pub(crate) fn press(&mut self, keys: &[&str]) {
        for key in keys {
            for event in keys::events(key) {
                self.call("Input.dispatchKeyEvent", event);
            }
        }
    }

    /// Types a text where the cursor is.
    pub(crate) fn write(&mut self, text: &str) {
        self.call("Input.insertText", json!({ "text": text }));
    }

    /// A picture of what the window shows, or of the whole page, as PNG.
    pub(crate) fn picture(&mut self, file: &Path, whole: bool) {
        let ask = json!({ "format": "png", "captureBeyondViewport": whole });
        self.data("Page.captureScreenshot", ask, file);
    }

    /// The page on paper, as PDF.
    pub(crate) fn paper(&mut self, file: &Path) {
        self.data("Page.printToPDF", json!({ "preferCSSPageSize": true }), file);
    }

    /// What went wrong since the page was opened: errors of scripts, messages of the console, what
    /// could not be loaded, and what the content security policy had to stop.
    pub(crate) fn problems(&mut self) -> Vec<String> {
        // An answer comes after all that was said before it.
        self.evaluate("1");
        self.log.problems.clone()
    }

    /// The addresses asked for since the page was opened, its own first.
    pub(crate) fn requests(&self) -> &[String] {
        &self.log.requests
    }

    /// Asks for something by the DevTools protocol.
    pub(crate) fn call(&mut self, method: &str, parameters: Value) -> Value {
        self.ask(method, parameters).unwrap_or_else(|error| panic!("{method}: {error}"))
    }

    fn ask(&mut self, method: &str, parameters: Value) -> Result<Value, Value> {
        let id = self.pipe.send(&self.session, method, &parameters);
        loop {
            let mut message = self.pipe.receive(PATIENCE);
            if message["id"] == id {
                let error = message["error"].take();
                return if error.is_null() { Ok(message["result"].take()) } else { Err(error) };
            }
            self.log.note(&message);
        }
    }

    fn wait(&mut self, what: &str, is_done: impl Fn(&Log) -> bool) {
        let start = Instant::now();
        while !is_done(&self.log) {
            let left = PATIENCE.checked_sub(start.elapsed());
            let message = self.pipe.receive(left.unwrap_or_else(|| panic!("waited for {what}")));
            self.log.note(&message);
        }
    }

    fn data(&mut self, method: &str, parameters: Value, file: &Path) {
        let answer = self.call(method, parameters);
        let text = answer["data"].as_str().expect("data");
        std::fs::write(file, base64(text)).expect("a file");
    }
}

/// The bytes that a text in Base64 (RFC 4648) stands for.
fn base64(text: &str) -> Vec<u8> {
    const SIGNS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bytes, mut bits, mut count) = (Vec::with_capacity(text.len() / 4 * 3), 0u32, 0);
    for sign in text.bytes() {
        let Some(value) = SIGNS.iter().position(|known| *known == sign) else { continue };
        bits = bits << 6 | value as u32;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
    bytes
}
