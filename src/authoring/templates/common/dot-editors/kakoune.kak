# Fieldbook in Kakoune with kakoune-lsp 18 or later. Load this file from your kakrc, after kakoune-lsp.
hook -group lsp-filetype-markdown global BufSetOption filetype=markdown %{
    set-option buffer lsp_servers %{
        [fieldbook]
        root_globs = ["book.toml"]
        command = "fieldbook"
        args = ["lsp"]
    }
}
