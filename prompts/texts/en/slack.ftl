# Slack: the words of its forms, and of the app's manifest.

slack-cancel = Cancel
slack-yes = Yes
slack-about = Keeps customer relationships: tickets with promises, reminders, drafts
slack-command = Work with customers and tickets
slack-usage = due | log Acme called | ticket list | help
