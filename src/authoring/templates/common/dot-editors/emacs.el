;; Fieldbook in Emacs with Eglot. Load this file from your init.el; M-x eglot starts it in a note.
(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs
               '((markdown-mode gfm-mode text-mode) . ("fieldbook" "lsp"))))
