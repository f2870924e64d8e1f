;; Fieldbook in Emacs with Eglot. Load this file from your init.el; M-x eglot starts it in a note.
(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs
               '((markdown-mode gfm-mode text-mode) . ("fieldbook" "lsp"))))
;; Without the package markdown-mode, notes are plain text.
(unless (assoc-default "note.md" auto-mode-alist #'string-match)
  (add-to-list 'auto-mode-alist '("\\.md\\'" . text-mode)))
