"""What runs in the bare child process: it opens files of strangers, knows no settings and no database."""
