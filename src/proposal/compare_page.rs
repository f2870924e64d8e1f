//! The page of a code host on which a branch is proposed, with title and reason filled in.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// The most bytes of a reason in an address; servers take few more in all.
const MOST_REASON: usize = 3_000;

/// The signs of a name of a branch that stand for themselves in an address.
const IN_BRANCH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'/');

/// Returns the address of the page on which `branch` is proposed for `into`, for a repository at an address that git knows.
/// `None` if that is no address of a server.
pub fn compare_page(
    remote: &str,
    into: &str,
    branch: &str,
    title: &str,
    reason: &str,
) -> Option<String> {
    let (host, path) = repository(remote)?;
    let end = reason.floor_char_boundary(MOST_REASON.min(reason.len()));
    let [title, reason] =
        [title, &reason[..end]].map(|text| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string());
    let [into, branch] =
        [into, branch].map(|name| utf8_percent_encode(name, IN_BRANCH).to_string());
    let page = format!("https://{host}/{path}");
    Some(if host.contains("gitlab") {
        let key = |name: &str| format!("merge_request%5B{name}%5D");
        format!(
            "{page}/-/merge_requests/new?{}={branch}&{}={into}&{}={title}&{}={reason}",
            key("source_branch"),
            key("target_branch"),
            key("title"),
            key("description")
        )
    } else {
        // Forgejo reads these parameters as GitHub does.
        format!("{page}/compare/{into}...{branch}?expand=1&title={title}&body={reason}")
    })
}

/// Returns the server and the place on it of a repository at an address that git knows, such as `example.org/group/book`.
/// `None` if that is no address of a server.
pub fn repository_name(remote: &str) -> Option<String> {
    repository(remote).map(|(host, path)| format!("{host}/{path}"))
}

/// Returns the host and the path of a repository, without what a password might stand in.
fn repository(remote: &str) -> Option<(&str, &str)> {
    let (host, path) = match remote.split_once("://") {
        Some(("https" | "http" | "ssh" | "git", rest)) => rest.split_once('/')?,
        Some(_) => return None,
        // The short form of SSH.
        None => remote.split_once(':')?,
    };
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    let host = host.split(':').next().unwrap_or(host);
    let path = path.trim_matches('/');
    let path = path.strip_suffix(".git").unwrap_or(path);
    let is_sign = |c: char| c.is_ascii_alphanumeric() || "-_.~".contains(c);
    let is_name = |name: &str| !name.is_empty() && name.chars().all(is_sign) && name != "..";
    let is_server = host.contains('.') && is_name(host) && path.split('/').all(is_name);
    is_server.then_some((host, path))
}
