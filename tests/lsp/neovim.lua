-- Drives the language server from Neovim as a person would, and prints what Neovim knows then.
local program, root, out = vim.env.FIELDBOOK, vim.env.BOOK, vim.env.RESULT
local results = {}
local function wait(what, done)
  if not vim.wait(30000, done, 20) then
    results.error = 'waited in vain for ' .. what
    vim.fn.writefile({ vim.json.encode(results) }, out)
    vim.cmd('cquit 1')
  end
end
local function edit(path)
  vim.cmd.edit(root .. '/' .. path)
  vim.bo.filetype = 'markdown'
  return vim.api.nvim_get_current_buf()
end
local function problems(buffer)
  return vim.tbl_map(function(found)
    return { code = found.code, line = found.lnum, column = found.col }
  end, vim.diagnostic.get(buffer))
end
local function after(buffer, text)
  for number, line in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, -1, false)) do
    local _, last = line:find(text, 1, true)
    if last then
      vim.api.nvim_win_set_cursor(0, { number, last })
      return
    end
  end
  error('no ' .. text)
end

vim.lsp.config('fieldbook', {
  cmd = { program, 'lsp', '--today', '2026-11-22' },
  filetypes = { 'markdown' },
  root_markers = { 'book.toml' },
  init_options = { keepAddresses = false },
})
vim.lsp.enable('fieldbook')

local first = edit('content/lessons/first.md')
local client
wait('the server', function()
  client = vim.lsp.get_clients({ bufnr = first })[1]
  return client and client.initialized
end)
results.encoding = client.offset_encoding
local function ask(method, extra)
  local params = vim.lsp.util.make_position_params(0, client.offset_encoding)
  local answer = client:request_sync(method, vim.tbl_extend('force', params, extra or {}), 30000, first)
  return answer and answer.result
end
after(first, '[[wat')
results.hover = ask('textDocument/hover').contents.value
results.definition = vim.uri_to_fname(ask('textDocument/definition')[1].uri):sub(#root + 2)
results.completion = vim.tbl_map(function(item) return item.label end, ask('textDocument/completion').items)

-- A link that leads nowhere, on a line with letters of every width.
vim.api.nvim_buf_set_lines(first, -1, -1, false, { '', 'é🌍漢 [[nowhere]]' })
wait('the problem', function() return #problems(first) == 1 end)
results.problems = problems(first)
results.line = vim.api.nvim_buf_line_count(first) - 1
vim.cmd.undo()
wait('the end of the problem', function() return #problems(first) == 0 end)

-- A note gets another name, from a link.
after(first, '[[wat')
vim.lsp.buf.rename('clean-water')
wait('the rename', function()
  return vim.fn.filereadable(root .. '/content/themes/clean-water.md') == 1
    and table.concat(vim.api.nvim_buf_get_lines(first, 0, -1, false), '\n'):find('clean%-water#pumps') == nil
    and vim.fn.bufnr(root .. '/content/themes/water.md') == -1
end)
vim.cmd.wall()
-- A file that another program writes is seen.
vim.fn.writefile({ '+++', 'title = "Third"', 'themes = ["wells"]', '+++', '', '[[elsewhere]]' }, root .. '/content/lessons/third.md')
wait('the problem of another file', function()
  local all = vim.diagnostic.get()
  return vim.iter(all):any(function(found) return found.code == 'broken-link' end)
end)
vim.fn.writefile({ vim.json.encode(results) }, out)
vim.cmd('qall!')
