# Slack: the words of its forms, and of the app's manifest.

slack-cancel = Cancel
slack-yes = Yes
slack-form-too-long = This text is longer than a form in Slack can hold (3,000 characters), so I answer with a message: it says how to type it.
slack-form-late = I couldn't prepare the form in time. If no message follows, please press or type it once more.
slack-about = Keeps customer relationships: tickets with promises, reminders, drafts
slack-command = Work with customers and tickets
slack-usage = due | log Acme called | ticket list | help

slack-shortcut-ticket-from-message = Open a ticket
    .about = Open a ticket from this message, its words filled in
slack-shortcut-feedback-from-message = Log feedback
    .about = Keep this message as what a customer thinks of us
slack-shortcut-contact-from-message = Log a contact
    .about = Keep this message as your note of a call or visit
slack-shortcut-my-day = My day
    .about = What waits for you, as a direct message
slack-shortcut-new-ticket = New ticket
    .about = Open a ticket for a customer who spoke to you elsewhere
slack-shortcut-log-contact = Log a contact
    .about = Write down a call or visit; the next one is planned from it
slack-shortcut-all-commands = All commands
    .about = Everything you can do here, each with its form

slack-scope-commands = the command /crm
slack-scope-chat-write = cards, answers, and their edits in place
slack-scope-files-write = the picture of the digest, as an image, and files that customers send, in their ticket's thread
slack-scope-files-read = fetching a file that a colleague shares in a ticket's thread, when it is to go to the customer
slack-scope-reactions-read = noticing the signs by which colleagues take a ticket or call it solved
slack-scope-reactions-write = showing with a sign on its card how a ticket stands
slack-scope-im-write = a colleague's own reminders and drafts, by direct message
slack-scope-im-history = hearing what people write to the bot directly
slack-scope-channels-history = internal notes in the threads of public channels, and finding out whether a message arrived
slack-scope-groups-history = the same in private channels

doctor-slack = Slack lets the bot in: { $name } in the workspace { $team }.
doctor-slack-refused = Slack does not accept { $token } ({ $why }): it was revoked, or belongs to an app that is gone. Copy it anew from https://api.slack.com/apps: the bot's token under Install App, the app's under Basic Information, App-Level Tokens.
doctor-slack-kind = { $token } is a token of another kind. The bot's starts with xoxb- and stands under Install App; the app's starts with xapp- and stands under Basic Information, App-Level Tokens.
doctor-slack-away = Slack does not answer ({ $why }). Check that this machine reaches https://slack.com, through a proxy if it has one, then run the doctor again.
doctor-slack-slow = Slack asks for patience, so not all of it was looked at. Run the doctor again in a minute.
doctor-slack-scopes = Slack has granted all { $count } permissions that are used.
doctor-slack-scope = { $scope }: { $what }
doctor-slack-scopes-missing = Slack has not granted these permissions:
    { $scopes }
    Print the manifest (`rapport slack-manifest`), paste it over the old one under App Manifest, save, then Install App, Reinstall to Workspace.
doctor-slack-clock = This machine's clock is about { $minutes } { $minutes ->
        [one] minute
       *[other] minutes
    } { $ahead ->
        [yes] ahead of
       *[no] behind
    } Slack's. Let it follow a time server: from five minutes on, requests over HTTP are refused.
doctor-slack-line = Slack opens a line for events (Socket Mode).
doctor-slack-door = Slack's requests are taken at { $path } over HTTPS, each checked with SLACK_SIGNING_SECRET. Whether they arrive Slack shows itself: under Event Subscriptions the request URL has to read “Verified”.
doctor-slack-secret = SLACK_SIGNING_SECRET does not look like one (32 signs, 0-9 and a-f). It stands under Basic Information, App Credentials; with a wrong one all that Slack sends is refused.
doctor-slack-app-scope = SLACK_APP_TOKEN lacks the permission connections:write. Make a new one with it: Basic Information, App-Level Tokens, Generate Token.
doctor-slack-place = The bot reads { $place } in Slack ({ $names }).
doctor-slack-place-person = { $place } in Slack is a colleague's direct messages ({ $names }).
doctor-slack-place-name = “{ $place }” is a name, not an id ({ $names }). Write the channel's id into the policy: in Slack open the channel, press its name, About; it stands at the bottom and starts with C.
doctor-slack-place-uninvited = The bot is not in the channel { $place } ({ $names }). In that channel type: /invite @Rapport
doctor-slack-place-unknown = There is no channel { $place } ({ $names }), or it is private and the bot is not in it. Compare the id (press the channel's name, About), and in that channel type: /invite @Rapport
doctor-slack-place-refused = Slack does not let the bot read { $place } ({ $names }): { $why }. Mend the permissions first; if it stays, choose another channel.
