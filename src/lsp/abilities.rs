//! The abilities of editor and server.

use gen_lsp_types::*;
use serde_json::Value;

use super::position::ColumnUnit;
use super::preview::PREVIEW;

/// The scheme of the addresses of the pages of the manual.
pub(super) const MANUAL_SCHEME: &str = "fieldbook";

/// The sorts of parts that an editor colours, in the order of their numbers.
pub(super) const TOKEN_TYPES: [&str; 3] = ["property", "variable", "comment"];

/// The marks on these, in the order of their bits.
pub(super) const TOKEN_MODIFIERS: [&str; 2] = ["deprecated", "broken"];

/// The abilities of an editor that matter here. They are read one by one, so that one that is written in an unknown way
/// spoils no other.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ClientAbilities {
    /// The unit of columns.
    pub(super) unit: ColumnUnit,
    /// True if it takes edits in an order, with versions.
    pub(super) document_changes: bool,
    /// True if it creates files in an edit.
    pub(super) creates_files: bool,
    /// True if it moves files in an edit.
    pub(super) renames_files: bool,
    /// True if it takes text with places for the cursor.
    pub(super) snippets: bool,
    /// True if it asks for problems by itself, and again when told so.
    pub(super) pulls: bool,
    /// True if it shows the other places of a problem.
    pub(super) related_places: bool,
    /// True if it asks again for remarks when told so.
    pub(super) refreshes_hints: bool,
    /// True if it can open a page in a browser.
    pub(super) shows_documents: bool,
    /// True if it has a command that shows a list of places.
    pub(super) shows_references: bool,
    /// True if its outline is a tree.
    pub(super) nested_symbols: bool,
}

impl ClientAbilities {
    pub(super) fn read(params: &Value) -> Self {
        let capabilities = &params["capabilities"];
        let flag = |path: &str| capabilities.pointer(path).and_then(Value::as_bool) == Some(true);
        let has = |path: &str| capabilities.pointer(path).is_some_and(|value| !value.is_null());
        let texts = |path: &str| {
            let list = capabilities.pointer(path).and_then(Value::as_array);
            list.into_iter().flatten().filter_map(Value::as_str).collect::<Vec<_>>()
        };
        let operations = texts("/workspace/workspaceEdit/resourceOperations");
        let document_changes = flag("/workspace/workspaceEdit/documentChanges");
        let refreshes = flag("/workspace/diagnostics/refreshSupport")
            || flag("/workspace/diagnostic/refreshSupport");
        // Files can only be made or moved in an edit with an order, whether an editor says so or not.
        let document_changes = document_changes || !operations.is_empty();
        Self {
            unit: ColumnUnit::among(texts("/general/positionEncodings")),
            document_changes,
            creates_files: operations.contains(&"create"),
            renames_files: operations.contains(&"rename"),
            snippets: flag("/textDocument/completion/completionItem/snippetSupport"),
            // What needs the whole book is found later, so an editor has to be told to ask again.
            pulls: has("/textDocument/diagnostic") && refreshes,
            related_places: flag("/textDocument/publishDiagnostics/relatedInformation")
                || flag("/textDocument/diagnostic/relatedInformation"),
            refreshes_hints: flag("/workspace/inlayHint/refreshSupport"),
            shows_documents: flag("/window/showDocument/support"),
            shows_references: params["initializationOptions"]["showReferences"] == true,
            nested_symbols: flag("/textDocument/documentSymbol/hierarchicalDocumentSymbolSupport"),
        }
    }
}

/// Returns the abilities of the server.
pub(super) fn server_capabilities(client: &ClientAbilities) -> ServerCapabilities {
    let texts = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    ServerCapabilities {
        position_encoding: Some(client.unit.kind()),
        text_document_sync: Some(TextDocumentSync::Options(TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::Incremental),
            save: Some(Save::Bool(true)),
            ..TextDocumentSyncOptions::default()
        })),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some(texts(&["[", "#", "^", "(", "!", "\"", "/"])),
            resolve_provider: Some(true),
            ..CompletionOptions::default()
        }),
        hover_provider: Some(true.into()),
        definition_provider: Some(true.into()),
        references_provider: Some(true.into()),
        document_highlight_provider: Some(true.into()),
        document_symbol_provider: Some(true.into()),
        workspace_symbol_provider: Some(true.into()),
        folding_range_provider: Some(true.into()),
        document_formatting_provider: Some(true.into()),
        document_range_formatting_provider: Some(true.into()),
        code_lens_provider: Some(CodeLensOptions::default()),
        inlay_hint_provider: Some(true.into()),
        document_link_provider: Some(DocumentLinkOptions::default()),
        code_action_provider: Some(CodeActionProvider::CodeActionOptions(CodeActionOptions {
            code_action_kinds: Some(vec![
                CodeActionKind::QuickFix,
                CodeActionKind::RefactorExtract,
                CodeActionKind::RefactorRewrite,
                CodeActionKind::SourceFixAll,
            ]),
            ..CodeActionOptions::default()
        })),
        rename_provider: Some(RenameProvider::RenameOptions(RenameOptions {
            prepare_provider: Some(true),
            ..RenameOptions::default()
        })),
        execute_command_provider: Some(ExecuteCommandOptions {
            commands: vec![PREVIEW.to_owned()],
            ..ExecuteCommandOptions::default()
        }),
        semantic_tokens_provider: Some(SemanticTokensProvider::SemanticTokensOptions(
            SemanticTokensOptions {
                legend: SemanticTokensLegend {
                    token_types: texts(&TOKEN_TYPES),
                    token_modifiers: texts(&TOKEN_MODIFIERS),
                },
                full: Some(SemanticTokensFullDelta { delta: Some(true) }.into()),
                ..SemanticTokensOptions::default()
            },
        )),
        diagnostic_provider: client.pulls.then(|| {
            DiagnosticProvider::DiagnosticOptions(DiagnosticOptions {
                inter_file_dependencies: true,
                ..DiagnosticOptions::default()
            })
        }),
        workspace: Some(WorkspaceOptions {
            workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                supported: Some(true),
                change_notifications: Some(true.into()),
            }),
            file_operations: Some(FileOperationOptions {
                will_rename: Some(renamed_files()),
                ..FileOperationOptions::default()
            }),
            text_document_content: Some(TextDocumentContent::Options(TextDocumentContentOptions {
                schemes: vec![MANUAL_SCHEME.to_owned()],
            })),
        }),
        ..ServerCapabilities::default()
    }
}

/// Returns the files whose moves the server wants to be asked about: all, since pictures and folders have links too.
fn renamed_files() -> FileOperationRegistrationOptions {
    let filter = FileOperationFilter {
        scheme: Some("file".to_owned()),
        pattern: FileOperationPattern { glob: "**/*".to_owned(), matches: None, options: None },
    };
    FileOperationRegistrationOptions { filters: vec![filter] }
}
