-- Fieldbook in Neovim 0.11 or later. Load this from your init.lua:
--   dofile('PATH/TO/THE/BOOK/.editors/neovim.lua')
vim.lsp.config('fieldbook', {
  cmd = { 'fieldbook', 'lsp' },
  filetypes = { 'markdown', 'toml' },
  root_markers = { 'book.toml' },
})
vim.lsp.enable('fieldbook')

-- :FieldbookMove OLD NEW moves a file or folder of the book, with every link that leads there.
vim.api.nvim_create_user_command('FieldbookMove', function(command)
  local client = vim.lsp.get_clients({ name = 'fieldbook' })[1]
  local paths = vim.tbl_map(function(path)
    return vim.fs.normalize(vim.fn.fnamemodify(path, ':p'))
  end, command.fargs)
  if not client or #paths ~= 2 then
    return vim.notify('Open a note of the book, and name the old path and the new one', vim.log.levels.ERROR)
  end
  local files = { { oldUri = vim.uri_from_fname(paths[1]), newUri = vim.uri_from_fname(paths[2]) } }
  local answer = client:request_sync('workspace/willRenameFiles', { files = files }, 30000)
  -- Without an answer nothing moves; Fieldbook has said why.
  if answer and answer.result then
    vim.lsp.util.apply_workspace_edit(answer.result, client.offset_encoding)
    vim.cmd.wall()
    vim.lsp.util.rename(paths[1], paths[2])
  end
end, { nargs = '+', complete = 'file' })
