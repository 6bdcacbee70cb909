"""Pictures as Slack and Telegram get them: drawn by a process of their own that ends with each."""
