# Tickets: cards for the team, what colleagues hear, and what each deed is called.

type-inquiry = question
type-order-status = order status
type-service-request = service request
type-complaint = complaint
type-fault = device fault
type-price = price or renewal
type-feedback = feedback
type-other = other request
priority-low = low
priority-normal = normal
priority-high = high
priority-urgent = urgent

ticket-title = { $number } · { $type }
ticket-customer = { $name } · { $tier }
ticket-stranger = not known yet
ticket-contact = { $name } · { $channel }
contact-unknown = Somebody new
ticket-nobody = nobody yet
ticket-stars = { $score } out of 5
ticket-field-customer = Customer
ticket-field-contact = Contact
ticket-field-claims = As the visitor says
ticket-field-status = Status
ticket-field-priority = Priority
ticket-field-owner = Owner
ticket-field-first-response = First reply by
ticket-field-goal-resolution = Solve by
ticket-field-goal-closing = Close by
ticket-field-goal-under-way = Under way by
ticket-field-goal-first-response = Reply by
ticket-field-rating = Rating
ticket-status-new = new · waiting for us
ticket-status-taken = taken · waiting for us
ticket-status-waiting = waiting for the customer
ticket-status-resolved = solved · waiting for the customer's word
ticket-status-closed = closed
ticket-status-dismissed = not a request
# The name of a ticket's topic in a chat with topics: plain words, 128 characters in all.
ticket-topic = { $number } { $who } - { $state }
ticket-topic-new = new
ticket-topic-taken = waiting on us
ticket-topic-waiting = waiting on the customer
ticket-topic-resolved = solved
ticket-topic-closed = closed
ticket-topic-dismissed = not a request
ticket-topic-blocked = blocked us
ticket-topic-stray =
    { $number ->
        [none] not in use
       *[other] { $number } - not in use
    }
ticket-topic-strayed =
    I was cut off while I opened the topic “{ $called }”, so nothing that is written there is kept or sent. { $number ->
        [none] Please write under the ticket's card.
       *[other] { $number } goes on in the topic that shows its card; please write there.
    } I'm closing the stray one.
ticket-why = Why this deadline: { $steps }
ticket-why-zone = its times are those of { $zone }
ticket-clock-paused = The clock is paused while we wait for the customer.
ticket-told = { $percent }% of the time was gone by { $at }; told: { $who }
ticket-next = Next to hear: { $who }, { $at }
ticket-footer = This thread is internal. Only “Reply to customer” goes out.

button-take = Take it
button-reply = Reply to customer
button-wait = Wait for customer
button-resolve = Solved
button-assign = Hand over
button-reopen = Open again
button-close = Close
button-show = Show ticket
button-mode-reply = Reply from this thread
button-mode-internal = Keep it internal
button-urgent = Urgent
button-dismiss = Not a request
button-heard = Open a ticket
button-split = Split here
button-undo = Undo

command-ticket-new = open a ticket for a customer
    .title = New ticket
    .words = What they need
command-ticket-show = show one ticket
    .title = Show ticket
command-ticket-list = list tickets, the most urgent first
    .title = Tickets
    .alias = tickets
command-ticket-take = take a ticket on
    .title = Take it
    .alias = take
command-ticket-reply = send a message to the customer
    .title = Reply to customer
    .submit = Send to customer
    .words = Message to the customer
    .alias = reply
command-ticket-note = write an internal note
    .title = Internal note
    .words = Note
    .alias = note
command-ticket-files = send the file to the customer
command-ticket-files-note = keep the file as an internal note
command-ticket-mode = send everything in a ticket's thread to the customer, or keep it internal
    .title = Reply mode
    .mode = What is written in the thread
    .alias = mode
command-ticket-urgent = say that a ticket can't wait
    .title = Urgent
    .alias = urgent
command-ticket-dismiss = say that a ticket never was a request
    .title = Not a request
    .alias = dismiss
command-ticket-split = make a customer's last words a ticket of their own
    .title = Split here
    .alias = split
command-ticket-heard = make a ticket of a customer's words
command-ticket-wait = wait for the customer, with or without a question
    .title = Wait for customer
    .words = Question to the customer
    .alias = wait
command-ticket-resolve = mark a ticket as solved
    .title = Solved
    .words = What was done (the customer reads this)
    .alias = solve|resolve
command-ticket-close = close a solved ticket
    .title = Close
    .alias = close
command-ticket-reopen = open a ticket again
    .title = Open again
    .alias = reopen
command-ticket-assign = hand a ticket to a colleague
    .title = Hand over
    .alias = assign|hand over
command-ticket-undo = take back a reply that hasn't left yet
command-ticket-about = say what the request is about
command-ticket-unsolved = say that it is not solved
command-rate = rate a solved ticket

ticket-not-found = There is no ticket { $number } among those you look after. /crm ticket list shows yours.
ticket-yours-already = { $number } is already yours.
ticket-taken-already = { $number } is already with { $name }. Use “Hand over” to change that.
ticket-closed = { $number } is closed. Open it again first.
ticket-open-already = { $number } is already open.
ticket-waiting-already = { $number } is already waiting for the customer.
ticket-resolved-already = { $number } is already marked as solved.
ticket-close-unsolved = { $number } is not solved yet. Mark it as solved first.
ticket-unreachable = The customer of { $number } can't be reached in any chat. Call them, and note it with /crm ticket note.
colleague-not-found = Nobody here is called “{ $name }”.
colleague-several = Several people match: { $names }. Please use the full name.
colleague-left = { $name } doesn't work here any more. Please choose somebody else.
colleague-away = { $deputy ->
    [none] { $name } (back on { $day })
   *[other] { $name } (back on { $day }, { $deputy } stands in)
}
reply-left-already = Too late: the message has already gone out.

ticket-opened-by-you = Opened { $number } for { $customer }.
ticket-taken-by-you = { $number } is yours. The customer has been told.
ticket-for-you = { $state ->
    [new] A customer of yours is waiting for a first reply, due { $by }.
    [waiting] This ticket is yours now. It waits for the customer's answer.
    [resolved] This ticket is yours now. It is marked as solved and waits for the customer's word.
   *[taken] This ticket is yours now. The customer has had a reply; the rest is due { $by }.
}
ticket-over-for-you = { $state ->
    [dismissed] This ticket is put aside: it was not a request.
   *[closed] This ticket is closed.
}
ticket-for-another = { $who ->
    [none] Nobody has this ticket at the moment.
   *[other] { $who } has this ticket now.
}
ticket-more-for-you = { $state ->
    [answered] { $name } has answered: the clock is running again, due { $by }.
   *[more] { $name } has written again on a ticket of yours, due { $by }.
}
ticket-reopened-for-you = { $side ->
    [customer] { $name } says it isn't solved.
    [words] { $name } has written again after it was marked as solved.
   *[staff] { $who } opened this again.
} It is yours again, due { $by }.
ticket-wait-unanswered = { $number } waits for the customer. They have had no reply from us yet, so the time for the first one keeps running: { $by }.
ticket-moved = Now with the team for: { $type }.
ticket-assigned = { $by } handed this over from { $before } to { $to }.
ticket-assigned-by-you = { $number } is now with { $name }.
ticket-resolved-by-you = { $number } is marked as solved; the customer has been asked to confirm.
ticket-resolved-unheard = { $number } is marked as solved. The customer can't be reached in a chat: please tell them.
ticket-closed-by-you = { $number } is closed.
ticket-reopened-by-you = { $number } is open again.
ticket-reopened = { $side ->
    [customer] { $by } says it isn't solved: open again.
    [words] { $by } has written again: open again.
   *[staff] { $by } opened this again.
} { $owner ->
    [none] Nobody has it yet.
   *[other] It's back with { $owner }.
}
ticket-noted = Noted on { $number }; nobody outside sees it.
ticket-list-empty = Nothing here. Enjoy the quiet.
ticket-list-title = { $count ->
    [one] 1 ticket
   *[other] { $count } tickets
}
ticket-list-row =
    { $number } · { $customer } · { $type }
    { $status } · { $owner } · due { $by }

reply-title = { $by } → { $to }
reply-sending = Leaves in a few seconds…
reply-delivered = ✓ Delivered
reply-outdated = ⚠ Delivered, but your later edit was not: the customer still reads the earlier words.
words-not-kept = Only notes and replies can be edited or taken back. This line stays as it is.
reply-edit-late = Your edit can't follow the message any more: the customer keeps the earlier words. Please write again.
reply-delete-late = The customer has that message already; deleting it here doesn't take it back.
reply-failed = ⚠ Not delivered: { $why ->
    [gone] the customer has closed this chat
    [content] this chat can't show it
    [auth] this channel is out of order; an admin knows
    [expired] it came too late
    [moved] this chat belongs to somebody else
   *[other] the other side did not take it
}
reply-failed-personal = Your message to { $to } was not delivered. Please call them, or try again later.
reply-gone = This message was taken back.
reply-recalling = Being taken back…
reply-recalled = Taken back; the customer no longer sees it.
reply-stands = ⚠ Not taken back: the customer still sees this message.
reply-forgotten = Taken back here. Whether the customer saw it is not known.
reply-undone = Taken back; the customer never saw it.

escalation-response-near = { $percent }% of the time for the first reply is gone. { $who ->
    [none] Nobody has it yet: who takes it?
   *[other] { $who }, please have a look.
}
escalation-response-broken = The first reply to { $number } is overdue. { $who ->
    [none] Nobody has it yet: somebody has to take it now.
   *[other] { $who }, this needs you now.
}
escalation-goal-near = { $percent }% of the promised time is gone. { $who ->
    [none] Nobody has it yet: who takes it?
   *[other] { $who }, please have a look.
}
escalation-goal-broken = The promise on { $number } is broken. { $who ->
    [none] Nobody has it yet: somebody has to take it now.
   *[other] { $who }, this needs you now.
}
escalation-response-near-personal = { $customer } has had no reply yet, and { $percent }% of the time is gone. Due { $by }.
escalation-response-broken-personal = { $customer } should have heard from us: the first reply was due { $by }.
escalation-goal-near-personal = { $percent }% of the time promised to { $customer } is gone. Due { $by }.
escalation-goal-broken-personal = Our promise to { $customer } is broken: it was due { $by }.
escalation-nobody = { $owner ->
    [none] Nobody has it yet. Please take it, or hand it to somebody.
   *[other] { $owner } has it, and no manager is on record who could help. Please see to it.
}
escalation-unreached = { $name } can't be reached in any chat.
low-rating = { $customer } rated { $number } { $score } out of 5. Please call them and find out what went wrong.

ticket-urgent-already = { $number } is urgent already.
ticket-urgent-by-you = { $number } is urgent now.
ticket-urgent-for-you = { $who } marked this ticket of yours as urgent, due { $by }.
ticket-dismissed-by-you = { $number } is put aside: it was not a request. “Open again” brings it back.
ticket-heard-by-you = Opened { $number } for these words; the customer has been told.
ticket-heard-already = These words belong to { $number } already.
ticket-split-nothing = There is nothing to split off { $number }: the customer has added no words to it.
ticket-split-by-you = What the customer wrote from there on is { $new } now; the rest stays with { $number }.
ticket-undo-late = { $number } has moved on since, so that can't be undone. Please use its buttons.
thread-split = This is { $number } now, a ticket of its own.
arg-card = Card in the thread
which-dismissed = not requests
ticket-mode-reply = Reply mode: everything in this thread goes to { $name }.
ticket-mode-reply-already = { $number } is in reply mode already.
ticket-mode-internal-already = The thread of { $number } is internal already.
ticket-mode-solved = { $number } is marked as solved. Open it again to write to the customer.
mode-reply = goes to the customer
mode-internal = stays internal
arg-mode = Mode
thread-mode-reply = { $by } switched reply mode on. From now on everything written in this thread goes to { $name }. For a note among yourselves use /crm ticket note.
thread-mode-internal = { $by } switched reply mode off. This thread is internal again.
thread-mode-ended = Reply mode is off: this thread is internal again.
thread-line-gone = { $by } took these words back.
thread-note = { $by } · internal note
thread-who = { $name } · { $channel }{ $count ->
    [one] {""}
   *[other] {" "}· { $count } messages
}
thread-files = { $count ->
    [one] { $who } sent a file.
   *[other] { $who } sent { $count } files.
}
unread-what = (something that can't be shown here: { $what })
thread-edited = ✎ edited
thread-late = Written { $written }, arrived { $arrived }
thread-taken-back = { $who ->
    [none] Taken back, { $at }
   *[other] { $who }: taken back, { $at }
}
files-for-what = 📎 { $files }: which ticket is this for?
files-else = For another ticket: send it once more, with “/ticket reply” and the number as its words, or in the ticket's thread.
files-no-ticket = Which ticket is this for? You have none open. Take the ticket first, then send the file once more.
files-sent = 📎 { $files } goes to the customer of { $number }.
files-noted = 📎 { $files } is with { $number } now, among ourselves.
button-files-send = Send to customer
button-files-note = Internal note
thread-note-files = { $count ->
    [one] { $by } added a file, for us only.
   *[other] { $by } added { $count } files, for us only.
}
file-photo = Photo
file-video = Video
file-voice = Voice message
file-audio = Sound recording
file-document = Document
