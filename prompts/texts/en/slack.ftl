# Slack: the words of its forms, and of the app's manifest.

slack-cancel = Cancel
slack-yes = Yes
slack-form-too-long = This text is longer than a form in Slack can hold (3,000 characters), so I answer with a message: it says how to type it.
slack-form-late = I couldn't prepare the form in time. If no message follows, please press or type it once more.
slack-about = Keeps customer relationships: tickets with promises, reminders, drafts
slack-command = Work with customers and tickets
slack-usage = due | log Acme called | ticket list | help
