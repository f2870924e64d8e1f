//! Control of a real Chromium, so that tests see what readers see.
//!
//! A test includes it with `mod chromium;` and begins with [`Browser::launch`]. It speaks the
//! DevTools protocol (<https://chromedevtools.github.io/devtools-protocol/>) over a pipe: no port,
//! no network, no further crate. The program is `$CHROMIUM`, or the first of [`PROGRAMS`] on the
//! path. If there is none, the test reports what it did not run; under `CI` it fails.
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

/// The names of Chromium on the systems we know.
const PROGRAMS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "chrome"];

/// The longest time that anything may take before the test fails.
const PATIENCE: Duration = Duration::from_secs(60);

/// A browser with one tab.
pub(crate) struct Browser {
    pipe: Pipe,
    session: String,
    log: Log,
}

impl Browser {
    /// Starts the browser. Returns `None` if this machine has none, and reports that `what` did not
    /// run.
    pub(crate) fn launch(what: &str) -> Option<Self> {
        let Some(program) = pipe::program(&PROGRAMS) else {
            let message = format!("NOT RUN: {what} (no Chromium on this machine; set CHROMIUM)");
            assert!(std::env::var_os("CI").is_none(), "{message}");
            // `eprintln!` would be hidden: the output of tests that pass is not shown.
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

    /// Opens an address and waits until it is loaded, with everything that it requests by itself.
    /// Earlier events are forgotten.
    pub(crate) fn open(&mut self, url: &str) {
        self.log = Log::default();
        let opened = self.call("Page.navigate", json!({ "url": url }));
        assert!(opened["errorText"].is_null(), "{url}: {}", opened["errorText"]);
        // Without a loader it was a jump within the page, which loads nothing.
        if let Some(loader) = opened["loaderId"].as_str() {
            self.wait(url, |log| log.loaded.as_deref() == Some(loader));
        }
    }

    /// Opens an address that redirects to another page, without waiting.
    pub(crate) fn set_out(&mut self, url: &str) {
        self.open("about:blank");
        self.log = Log::default();
        self.call("Page.navigate", json!({ "url": url }));
    }

    /// Waits until a key press or a click has led to a page whose address has this ending.
    pub(crate) fn arrive(&mut self, ending: &str) {
        let ending = Value::from(ending);
        self.until(&format!(
            "location.href.endsWith({ending}) && document.readyState === 'complete'"
        ));
    }

    /// Waits until `js` is true. Pages may load meanwhile, so the elements it asks for may be
    /// missing.
    pub(crate) fn until(&mut self, js: &str) {
        let ask = json!({ "expression": js, "returnByValue": true });
        let start = Instant::now();
        while !self
            .ask("Runtime.evaluate", ask.clone())
            .is_ok_and(|is| is["result"]["value"] == true)
        {
            assert!(start.elapsed() < PATIENCE, "never true: {js}\n{}", self.seen());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Returns what the page shows, with the panels over it.
    fn seen(&mut self) -> String {
        let js = "`${location.href}\\n${document.body?.innerText}\\n` \
                  + [...document.querySelectorAll('*')].map((e) => e.shadowRoot?.textContent ?? '').join('')";
        let answer =
            self.ask("Runtime.evaluate", json!({ "expression": js, "returnByValue": true }));
        answer.map_or_else(
            |why| why.to_string(),
            |is| is["result"]["value"].as_str().unwrap_or_default().to_owned(),
        )
    }

    /// Returns the value of an expression in the page as JSON; promises are awaited.
    pub(crate) fn evaluate(&mut self, js: &str) -> Value {
        let ask = json!({ "expression": js, "returnByValue": true, "awaitPromise": true });
        let answer = self.call("Runtime.evaluate", ask);
        let thrown = &answer["exceptionDetails"];
        assert!(thrown.is_null(), "{js}: {thrown}");
        answer["result"]["value"].clone()
    }

    /// Returns the value of an expression that is a string.
    pub(crate) fn text(&mut self, js: &str) -> String {
        self.evaluate(js).as_str().unwrap_or_default().to_owned()
    }

    /// Sets the size of the window, in CSS pixels. As on a phone, scroll bars take no space.
    pub(crate) fn viewport(&mut self, width: u32, height: u32) {
        let size = json!({
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false,
        });
        self.call("Emulation.setDeviceMetricsOverride", size);
    }

    /// Sets what style sheets learn of the reader, such as `("prefers-color-scheme", "dark")`, and
    /// the medium: `screen`, `print`, or nothing for the real one.
    pub(crate) fn media(&mut self, medium: &str, features: &[(&str, &str)]) {
        let feature = |(name, value): &(&str, &str)| json!({ "name": name, "value": value });
        let features: Vec<Value> = features.iter().map(feature).collect();
        let media = json!({ "media": medium, "features": features });
        self.call("Emulation.setEmulatedMedia", media);
    }

    /// Allows or forbids scripts in pages opened from now on. [`Self::evaluate`] always works.
    pub(crate) fn scripts(&mut self, on: bool) {
        self.call("Emulation.setScriptExecutionDisabled", json!({ "value": !on }));
    }

    /// Slows the network down to this many bits a second, with this many milliseconds of delay.
    /// Files don't count as network. Nothing is cached between pages.
    pub(crate) fn network(&mut self, bits: f64, latency: f64) {
        let throughput = bits / 8.0;
        self.call("Network.setCacheDisabled", json!({ "cacheDisabled": true }));
        let slow = json!({
            "offline": false, "latency": latency,
            "downloadThroughput": throughput, "uploadThroughput": throughput,
        });
        self.call("Network.emulateNetworkConditions", slow);
    }

    /// Presses keys one after the other, each named as in `KeyboardEvent.key`, with modifiers if
    /// needed: `Tab`, `Shift+Tab`, `Enter`, `Escape`, `ArrowDown`, `a`.
    pub(crate) fn press(&mut self, keys: &[&str]) {
        for key in keys {
            for event in keys::events(key) {
                self.call("Input.dispatchKeyEvent", event);
            }
        }
    }

    /// Types a text at the cursor.
    pub(crate) fn write(&mut self, text: &str) {
        self.call("Input.insertText", json!({ "text": text }));
    }

    /// Returns a picture of the window, or of the whole page, as PNG.
    pub(crate) fn picture(&mut self, file: &Path, whole: bool) {
        let ask = json!({ "format": "png", "captureBeyondViewport": whole });
        self.data("Page.captureScreenshot", ask, file);
    }

    /// Returns the page on paper, as PDF.
    pub(crate) fn paper(&mut self, file: &Path) {
        self.data("Page.printToPDF", json!({ "preferCSSPageSize": true }), file);
    }

    /// Returns the problems since the page was opened: errors of scripts, messages of the console,
    /// failed requests, and violations of the content security policy.
    pub(crate) fn problems(&mut self) -> Vec<String> {
        // An answer comes after all earlier events.
        self.evaluate("1");
        self.log.problems.clone()
    }

    /// Returns the addresses requested since the page was opened, its own first.
    pub(crate) fn requests(&self) -> &[String] {
        &self.log.requests
    }

    /// Sends a request of the DevTools protocol and returns its result.
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

/// Decodes Base64 (RFC 4648).
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
