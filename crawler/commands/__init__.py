"""One command of `unsourced` a file; whatever is heavy is imported when the command runs."""
