# What customers hear, and what colleagues hear about customers.

customer-sorry = I'm sorry about this, and thank you for telling us.
customer-thanks = Thank you, we have it.
customer-owner = { $name } takes care of it
customer-team = a colleague takes care of it
customer-us = Our team
customer-opened = { $feelings } Your request is { $number }; { $who } and answers by { $by }.
customer-kind-complaint = Something went wrong
customer-kind-fault = A device is broken
customer-kind-order-status = Where is my order
customer-kind-inquiry = A question
customer-sharpened = Thank you. We answer { $number } by { $by }.
customer-taken = { $name } here: I have your request { $number } and will take care of it.
customer-added = Thank you, I added this to { $number }.
customer-resolved = We believe { $number } is solved. How did we do?
customer-rate = { $score }
customer-rate-hint = 1 = poor, 5 = very good
customer-not-solved = Not solved yet
customer-reopened = I'm sorry. { $number } is open again, and we are on it.
customer-open-already = { $number } is open: we are working on it.
customer-rated = Thank you for your rating: { $score } of 5.
customer-rated-already = You have rated { $number } already. Thank you!
customer-greeting = Hello, this is { $company }. Just write what you need; a person answers.
customer-human = Talk to a person
customer-status = My requests
customer-status-title = Your requests
customer-status-none = You have no requests with us. Just write what you need.
customer-status-line = { $number }: { $status }{ $open ->
    [yes] {" "}— by { $by }
   *[no] {""}
}
customer-status-new = received
customer-status-taken = somebody is working on it
customer-status-waiting = waiting for your answer
customer-status-resolved = solved, waiting for your word
customer-status-closed = closed
customer-praise-thanks = Thank you, that makes our day. I pass it on to the people who did it.
customer-suggestion-thanks = Thank you for the suggestion. It is written down, and the people who decide will read it.
customer-opted-out = Understood: you will get no more messages unasked. We still answer when you write.
customer-bound = Welcome{ $name ->
    [none] {""}
   *[other] , { $name }
}! This chat is now connected with your account.
code-unknown = This code is not valid (any more). Please ask your contact person for a new one.

command-human = talk to a person
command-status = see where my requests stand
command-start = connect this chat with the code you were given
command-stop = get no more messages unasked

command-who = show a customer
    .title = Customer
command-customer-list = list my customers, the longest due first
    .title = My customers
command-customer-new = write a new customer down
    .title = New customer
command-customer-invite = make a one-time code that connects a chat with a customer
    .title = Invite to chat
command-feedback-add = log feedback that a customer gave elsewhere
    .title = Log feedback
command-feedback-list = list feedback by kind, topic, customer and days
    .title = Feedback

who-tier = Tier
who-why = Why
who-owner = Owner
who-spent = Spent in 12 months
who-orders = Orders
who-last-order = Last order
who-last-touch = Last contact
who-next-touch = Next contact due
who-contact = { $name } — { $channels }
who-no-channel = not in any chat yet
who-ticket = { $number } — { $status }
who-touch = { $day }: { $words }
customer-list-empty = No customers here.
customer-list-title = { $shown } of { $total } customers
customer-list-line = { $name } · { $tier } · next contact { $due }
customer-exists = { $name } is on record already.
customer-no-contact = { $name } has no contact person yet.
customer-added-by-you = { $name } is on record, and yours.
customer-invited = Give this code to { $who}. Written in a chat with us as “/start CODE”, it connects that chat with them, once, within { $days } days.
contact-bound = { $name } of { $customer } can now be reached by { $channel }.

kind-praise = praise
kind-suggestion = suggestion
kind-complaint = complaint
feedback-added = Logged a { $kind } of { $customer }.
feedback-none = No feedback in the last { $days } days.
feedback-title = { $count } pieces of feedback in { $days } days
feedback-line = { $day } · { $kind } · { $topic } · { $customer }: “{ $words }”
topic-delivery = delivery
topic-quality = quality
topic-price = price
topic-invoice = invoice
topic-refund = refund
topic-product = product
topic-service = service
topic-account = account
topic-other = other
