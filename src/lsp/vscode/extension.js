// Starts `fieldbook lsp` for the notes of a book, and opens the page of a note in the browser. All else is in the program.
const vscode = require("vscode");
const { LanguageClient, TransportKind } = require("vscode-languageclient/node");

let client;

async function start() {
  const settings = vscode.workspace.getConfiguration("fieldbook");
  const run = { command: settings.get("path"), args: ["lsp"], transport: TransportKind.stdio };
  client = new LanguageClient(
    "fieldbook",
    "Fieldbook",
    { run, debug: run },
    {
      documentSelector: [
        { scheme: "file", language: "markdown" },
        { scheme: "file", pattern: "**/book.toml" },
      ],
      initializationOptions: { keepAddresses: settings.get("keepAddresses"), showReferences: true },
      middleware: { provideCodeLenses },
    },
  );
  try {
    await client.start();
  } catch (error) {
    vscode.window.showErrorMessage(
      `Fieldbook could not be started (${error.message}). Install it, or set "fieldbook.path" to its file.`,
    );
  }
}

// The command of VS Code that lists places takes objects of its own.
async function provideCodeLenses(document, token, next) {
  const lenses = await next(document, token);
  const convert = client.protocol2CodeConverter;
  for (const { command } of lenses ?? []) {
    if (command?.command !== "editor.action.showReferences") continue;
    const [uri, position, places] = command.arguments;
    command.arguments = [convert.asUri(uri), convert.asPosition(position), places.map(convert.asLocation)];
  }
  return lenses;
}

// The pages of the manual to which problems link.
const manual = {
  async provideTextDocumentContent(uri) {
    const page = await client.sendRequest("workspace/textDocumentContent", { uri: uri.toString() });
    return page.text;
  },
};

async function openPreview() {
  const editor = vscode.window.activeTextEditor;
  if (!editor || !client) return;
  const { line, character } = editor.selection.active;
  const place = [editor.document.uri.toString(), { line, character }];
  await client.sendRequest("workspace/executeCommand", { command: "fieldbook.preview", arguments: place });
}

async function restart() {
  await client?.stop();
  await start();
}

exports.activate = async (context) => {
  context.subscriptions.push(
    vscode.commands.registerCommand("fieldbook.openPreview", openPreview),
    vscode.commands.registerCommand("fieldbook.restart", restart),
    vscode.workspace.registerTextDocumentContentProvider("fieldbook", manual),
  );
  await start();
};

exports.deactivate = () => client?.stop();
