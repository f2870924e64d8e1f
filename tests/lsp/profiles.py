"""Asks the language server everything with the abilities of several editors; lsprotocol checks each message."""

import asyncio
import os
import pathlib

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

BOOK = pathlib.Path(os.environ["BOOK"]).resolve()
EDITORS = ["visual_studio_code", "neovim", "emacs"]


@pytest_lsp.fixture(
    params=EDITORS,
    config=ClientServerConfig(server_command=[os.environ["FIELDBOOK"], "lsp", "--today", "2026-11-22"]),
)
async def client(request, lsp_client: LanguageClient):
    lsp_client.feature(types.WORKSPACE_INLAY_HINT_REFRESH)(lambda *_: None)
    result = await lsp_client.initialize_session(
        types.InitializeParams(
            capabilities=client_capabilities(request.param),
            root_uri=BOOK.as_uri(),
            workspace_folders=[types.WorkspaceFolder(uri=BOOK.as_uri(), name="book")],
        )
    )
    lsp_client.unit = result.capabilities.position_encoding
    yield
    await lsp_client.shutdown_session()


def width(text, unit):
    """Returns the width of a text in the unit of columns that client and server agreed on."""
    return {"utf-8": len(text.encode()), "utf-16": len(text.encode("utf-16-le")) // 2, "utf-32": len(text)}[unit]


@pytest.mark.asyncio
async def test_all_requests(client: LanguageClient):
    path = BOOK / "content/lessons/first.md"
    uri, text = path.as_uri(), path.read_text(encoding="utf-8")
    document = types.TextDocumentIdentifier(uri=uri)
    client.text_document_did_open(
        types.DidOpenTextDocumentParams(
            text_document=types.TextDocumentItem(uri=uri, language_id="markdown", version=1, text=text)
        )
    )
    line = next(at for at, line in enumerate(text.splitlines()) if "[[water]]" in line)
    def column(before):
        shown = text.splitlines()[line]
        return width(shown[: shown.index(before)], client.unit) + 4

    place = types.Position(line=line, character=column("[[water]]"))
    at = {"text_document": document, "position": place}
    everything = types.Range(start=types.Position(line=0, character=0), end=types.Position(line=99, character=0))
    hover = await client.text_document_hover_async(types.HoverParams(**at))
    assert "Safe water" in hover.contents.value
    found = await client.text_document_completion_async(types.CompletionParams(**at))
    assert found.items[0].label == "Safe water"
    await client.completion_item_resolve_async(found.items[0])
    assert await client.text_document_definition_async(types.DefinitionParams(**at))
    context = types.ReferenceContext(include_declaration=True)
    assert await client.text_document_references_async(types.ReferenceParams(context=context, **at))
    assert await client.text_document_document_highlight_async(types.DocumentHighlightParams(**at))
    assert await client.text_document_document_symbol_async(types.DocumentSymbolParams(text_document=document))
    assert await client.text_document_document_link_async(types.DocumentLinkParams(text_document=document))
    assert await client.text_document_folding_range_async(types.FoldingRangeParams(text_document=document))
    tokens = types.SemanticTokensParams(text_document=document)
    assert (await client.text_document_semantic_tokens_full_async(tokens)).data
    hints = types.InlayHintParams(text_document=document, range=everything)
    assert await client.text_document_inlay_hint_async(hints)
    assert await client.workspace_symbol_async(types.WorkspaceSymbolParams(query="water"))
    actions = types.CodeActionParams(
        text_document=document, range=everything, context=types.CodeActionContext(diagnostics=[])
    )
    await client.text_document_code_action_async(actions)
    options = types.FormattingOptions(tab_size=4, insert_spaces=True)
    await client.text_document_formatting_async(
        types.DocumentFormattingParams(text_document=document, options=options)
    )
    prepared = await client.text_document_prepare_rename_async(types.PrepareRenameParams(**at))
    assert prepared.placeholder == "water"
    part = types.Position(line=line, character=column("#pumps"))
    edit = await client.text_document_rename_async(
        types.RenameParams(text_document=document, position=part, new_name="Hand pumps")
    )
    assert edit.changes or edit.document_changes
    moved = types.FileRename(old_uri=uri, new_uri=(BOOK / "content/lessons/one.md").as_uri())
    await client.workspace_will_rename_files_async(types.RenameFilesParams(files=[moved]))
    changed = text.replace("[[water]]", "[[nowhere]]")
    client.text_document_did_change(
        types.DidChangeTextDocumentParams(
            text_document=types.VersionedTextDocumentIdentifier(uri=uri, version=2),
            content_changes=[types.TextDocumentContentChangeWholeDocument(text=changed)],
        )
    )
    for _ in range(100):
        codes = [problem.code for problem in client.diagnostics.get(uri, [])]
        if "broken-link" in codes:
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"only {codes}")
