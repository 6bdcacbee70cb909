# What customers hear, and what colleagues hear about customers.

customer-sorry = I'm sorry about this, and thank you for telling us.
customer-thanks = Thank you, we've got your message.
customer-owner = { $name } is looking after it
customer-team = one of us is looking after it
customer-us = Our team
customer-opened = { $feelings } Your request is { $number }: { $who } and will get back to you by { $by }.
customer-kind-complaint = Something went wrong
customer-kind-fault = Something is broken
customer-kind-order-status = Where is my order
customer-kind-inquiry = A question
customer-sharpened = Thank you. We'll get back to you about { $number } by { $by }.
customer-taken = Hello, { $name } here. I have your request { $number } and will take care of it.
customer-added = Thank you, I've added this to { $number }.
customer-resolved = We believe { $number } is solved. How did we do?
customer-rate = { $score }
customer-rate-hint = 1 = poor, 5 = very good
customer-not-solved = Not solved yet
unread = I can't read that here, sorry. Please tell me in words.
unread-noted = I can't read that here, sorry. I've noted it on { $number }, and a person will look; words help us most.
customer-still-open = We are still working on { $number }.
customer-reopened = I'm sorry about that. { $number } is open again, and we're on it.
customer-asked-again = Thank you. { $number } is open again, and we'll get back to you about it.
customer-human-again = { $number } is still open: { $who }. They can see that you'd like to talk to a person.
customer-open-already = { $number } is still open: we're working on it.
customer-rated = Thank you for your rating: { $score } out of 5. If you'd like to say why, just write it here.
customer-commented = Thank you, I've added that to your rating of { $number }.
customer-rated-already = You have already rated { $number }. Thank you!
customer-greeting = Hello, this is { $company }. Just write what you need; a person will answer.
customer-human = Talk to a person
customer-status = My requests
customer-status-title = Your requests
customer-status-none = You have no requests with us at the moment. Just write what you need.
customer-status-row = { $number } · { $status }{ $coming ->
    [answer] {" "}· answer by { $by }
    [solution] {" "}· planned by { $by }
   *[nothing] {""}
}
customer-status-new = received
customer-status-taken = somebody is working on it
customer-status-waiting = waiting for your answer
customer-status-resolved = solved, waiting for your word
customer-status-dismissed = nothing to do
customer-status-closed = closed
customer-praise-thanks = Thank you, that makes our day! I'll pass it on to the people who did it.
customer-suggestion-thanks = Thank you for the suggestion. I've written it down for the people who decide.
customer-opted-out = Understood: we won't message you unasked any more. We'll still answer whenever you write.
customer-bound = Welcome{ $name ->
    [none] {""}
   *[other] , { $name }
}! This chat is now connected to your account.
customer-bound-already = This chat is connected to your account already.
customer-moved = Your account is now connected to another chat; from now on we write to you there. If that wasn't you, please tell us here.
code-unknown = This code is invalid or has expired; each one works only once. Please ask your contact person for a new one.
code-passed-on = The code you made for { $name } was opened in { $channel } by another contact we know. Nothing was connected, and the code still works: please ask { $name } to open it.
code-tried-again = The code you made for { $name } was used again, from another chat in { $channel }. Nothing was connected. If { $name } is waiting for access, make a new one.
code-of-another = A code that { $name } had asked for was written in { $channel } by another contact we know. Nothing was connected: if the two are one person, join them with /crm contact join.
connect-code = Write this code in another chat with us within { $minutes } minutes, and both are one conversation. Keep it to yourself: whoever writes it reads along.
connect-elsewhere = This is the chat that the code is from. Please write it in the other one.
connect-ask = Somebody in another chat with us asked for this code. Connect it, and they read our conversation too. Only do so if it was you, a moment ago.
connect-yes = It was me, connect it
connect-else = If it wasn't you, do nothing: nothing is connected.
connect-done = Done. Both chats are one conversation now.
connect-used = Your code was used: your chat in { $channel } and this one are one conversation now. If that wasn't you, please tell us here.

command-connect = go on in another app
    .alias = continue elsewhere
command-connect-yes = confirm the other chat
command-human = talk to a person
command-status = see where my requests stand
command-start = connect this chat with the code you were given
command-stop = stop messages you didn't ask for

command-contact-join = say that two contacts are one person
    .title = Join two contacts
    .alias = join contacts
    .contact = Who
    .other = Is the same person as
command-contact-join-yes = join two contacts
command-contact-join-no = keep two contacts apart
command-contact-split = split off what was joined by mistake
    .title = Split a contact
    .alias = split contact
command-contact-split-yes = split two joined contacts
command-contact-prefer = note where and when a contact likes to hear from us
    .title = Preferred channel and hours
    .alias = prefer
    .contact = Who, where, when (Chen Wei telegram 9-12)
arg-other = The other contact
arg-join = What was joined
contact-goes-on = Answers that waited for them go to { $channel } now.
arg-via = By way of
via-web = Web chat
via-telegram = Telegram
via-wecom-kf = WeChat
contact-stranger = not known yet
contact-claims = As the visitor says, not verified: { $claims }
contact-not-found = I can't find a contact “{ $words }”. Write their name, a ticket's number, or the customer and then the name.
contact-several = Several contacts fit “{ $words }”: { $names }. Please say which, with the customer in front.
contact-is-group = “{ $name }” is a group, not a person. Only people can be joined, split or given preferences.
contact-join-title = One person?
contact-join-question = Please look at both. If you say yes, they are one contact: all their chats are one conversation, and answers go where they wrote last. It can be split again, and nothing is lost.
contact-join-yes = Yes, the same person
contact-join-no = No, two people
contact-join-same = { $name } is one contact already.
contact-join-customers = These two belong to different customers, so they stay two contacts.
contact-joined = { $name } is one contact now, with all their chats. Messages unasked follow the stricter of the two wishes.
contact-kept-apart = Noted: { $name } and { $other } are two people. I won't ask again.
contact-side =
    { $name } · { $customer }
    { $channels } · first met { $met } · last wrote { $last }
    Open requests: { $requests }{ $out ->
        [yes] {" "}· wants no messages unasked
       *[no] {""}
    }
contact-same-phone = The same phone number is on record for both.
contact-same-name = They have the same name at the same customer.
contact-same-card = They shared their own phone number through the app, and it is the one on record. That is a sign, not a proof.
contact-same-wecom-kf = WeCom has the same WeChat user for both. That is a sign, not a proof.
contact-same-nothing = Nothing on record says that they are the same person.
contact-same-question = Same person?
contact-split-deed = Split off
contact-split-title = What was joined to { $name }
contact-split-text = What you split off gets back its chats, words, requests and wishes, and what was said there since.
contact-split-row = { $name } · { $channels } · joined { $day }{ $how ->
    [code] , proven by a code
    [identity] , proven by your own site
   *[person] , confirmed by { $by }
}
contact-split-none = Nothing was joined to { $name }.
contact-split-already = That was split off from { $name } before.
contact-split-done = { $name } and { $other } are two contacts again. Each has what came with them, and what they wrote since.
preference-known = { $what } ({ $said ->
    [yes] as noted
   *[no] learned
})
preference-line = Best reached: { $what }
preference-kept = { $name } · { $line }
preference-what = Where or when does { $name } like to hear from us? For example: /crm contact prefer { $name } telegram 9-12
preference-no-channel = { $name } is not in a chat with us on { $channel }.

command-who = show a customer
    .title = Customer
command-customer-list = list my customers, the most overdue first
    .title = My customers
    .alias = customers|my customers
command-customer-new = add a new customer
    .title = New customer
command-customer-invite = make a one-time code that connects a chat to a customer
    .title = Invite to chat
command-feedback-add = log feedback that a customer gave elsewhere
    .title = Log feedback
    .words = What they said
command-feedback-list = list feedback by kind, topic, customer and days
    .title = Feedback
    .alias = feedback

who-tier = Tier
who-why = Why
who-owner = Owner
who-spent = Spent in 12 months
who-orders = Orders
who-last-order = Last order
who-last-touch = Last contact
who-next-touch = Next contact due
who-contact = { $name } · { $channels }
who-no-channel = not in any chat yet
who-ticket = { $number } · { $status }
who-touch = { $day }: { $words }
customer-list-empty = No customers here.
customer-list-title = { $total ->
    [one] 1 customer
   *[other] { $shown } of { $total } customers
}
customer-list-row =
    { $name }
    { $tier } · next contact { $due }
customer-exists = { $name } is already on record.
customer-no-contact = { $name } has no contact person yet. Say who it is: /crm customer invite { $name } <their name>
customer-added-by-you = { $name } is now on record, with you as owner.
customer-invited = Give this code to { $who}. Sent in a chat with us as “/start CODE”, it connects that chat to them: once, within { $days } days.
contact-bound = { $name } of { $customer } can now be reached on { $channel }.

praise-for-you = { $customer } has praised you and your colleagues. No reply needed.
kind-praise = praise
kind-suggestion = suggestion
kind-complaint = complaint
feedback-added = Logged: { $kind } from { $customer }.
feedback-none = No feedback in the last { $days } days.
feedback-title = { $count ->
    [one] 1 piece of feedback in { $days } days
   *[other] { $count } pieces of feedback in { $days } days
}
feedback-row =
    { $customer } · { $kind } · { $topic } · { $day }
    “{ $words }”
topic-delivery = delivery
topic-quality = quality
topic-price = price
topic-invoice = invoice
topic-refund = refund
topic-product = product
topic-service = service
topic-account = account
topic-other = other
