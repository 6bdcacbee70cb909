# The pages: a customer's chat, the team's console, the demo, and what the web says when it cannot take something.

web-busy = We cannot store anything right now. Please try again in a moment.
web-empty = “{ $field }” is empty: please write something.
web-missing = “{ $field }” is missing.
web-signed-out = You have been signed out here. Open /console to see how to sign in again.
web-no-session = We don't know this browser yet. Please open the chat page first.
web-not-json = We can't read this. It has to be JSON.
web-nothing-here = There is nothing at this address.
web-too-large = This is too large. Please send less at a time.
web-too-often = This is a lot at once. Please go on in { $seconds ->
    [one] a second
   *[other] { $seconds } seconds
}.
web-rests = It's busy here right now. This goes on by itself in { $seconds ->
    [one] a second
   *[other] { $seconds } seconds
}.
web-too-long = This is too long: a message can have up to 20,000 characters.
web-wrong = Something about “{ $field }” is not right.
web-details-name = A name can have up to 100 characters.
web-details-reach = This looks like neither an e-mail address nor a phone number. Please check it.
web-details-agreed = We may only keep this if you agree.
web-wrong-somewhere = Part of this is not right; nothing was taken.

web-you = You
web-bot = Rapport
web-today = Today
web-send = Send
web-sending = Sending…
web-again = Try again
web-attach = Add a file
web-file-failed = This file could not be sent over. Please try again.
web-remove = Remove
web-download = Download
web-take-back = Take back
web-cancel = Cancel
web-deeds = Change this message
web-edit = Edit
web-save = Save
web-close = Close
web-dismiss = Dismiss
web-all = Show all
web-less = Show less
web-optional = (optional)
web-choose = Choose…
web-required = Please fill this in.
web-form-sent = Sent.
web-quoted = In the words of
web-older = Show older messages
web-newest = Go to the newest
web-edited = updated
web-reply = Reply in thread
web-replies = { $count ->
    [one] 1 reply
   *[other] { $count } replies
}
web-left-out = { $count ->
    [one] 1 hidden character is not shown.
   *[other] { $count } hidden characters are not shown.
}
web-left-out-why = Invisible or direction-changing characters can make words look like something else. The original is kept.
web-offline = Connection lost. What you write is kept and sent once it is back.

web-chat-empty = Hello! Write to us here, and { $company } will get back to you.
web-chat-placeholder = Write a message
web-stranger = A new visitor
web-stranger-about = has never written before

web-own-room = Rapport
web-own-about = Your own chat with the bot; only you see it.
web-own-placeholder = Ask Rapport: due, ticket list, help …
web-team-about = Cards of the team, kept up to date in place.
web-team-placeholder = /crm command; the answer is for you alone
web-rooms = Rooms and tickets
web-room-fresh = something new
web-skip = Skip to the message box
web-rooms-team = Teams
web-rooms-ticket = My open tickets
web-room-empty = Nothing here yet. Cards appear when customers write.
web-own-empty = Nothing here yet. Ask for your day, or type / to see all that you can do.
web-whisper = Only you see this
web-thread = Thread in { $room }
web-thread-name = Thread
web-thread-about = Stays within the team.
web-thread-goes-out = Goes to the customer.
web-thread-out-placeholder = Write to the customer
web-thread-placeholder = Write to your colleagues

web-sheet-console = Console
web-sheet-day = My day
web-sheet-digest = Digest
web-sheets = Overview
web-answers = Rapport answers

web-demo = Demo
web-side-customer = The customer sees
web-side-team = The team sees
web-who-writes = Which customer
web-who-am-i = Who am I
web-leap-minutes = +10 min
web-leap-hour = +1 h
web-leap-morning = Next morning 08:30
web-leap-day = +1 day
web-leap-week = +1 week
web-clock-day = { $weekday } { $day }
weekday-0 = Mon
weekday-1 = Tue
weekday-2 = Wed
weekday-3 = Thu
weekday-4 = Fri
weekday-5 = Sat
weekday-6 = Sun

web-front = { $company } keeps its customer relationships here.
web-front-team = Colleagues: the console opens with a one-time link. To get one, type “console” to Rapport in Slack, Telegram or WeCom, or in a browser where you are still signed in. Your administrator can get one for you too: with “console” and your name, or with “rapport console link” on the server.
web-front-customer = Customers write to us at /chat.
web-enter = Open the console
web-enter-about = You stay signed in on this device as long as you use it: until you sign out, or 7 days go by without use, and for 30 days at most.
web-enter-button = Open
web-enter-refused = This link no longer works.
web-enter-again = A link opens once, within ten minutes. For a new one, type “console” to Rapport where you usually work, or ask your administrator.
web-leave = Sign out
