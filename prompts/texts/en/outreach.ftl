# Outreach: drafts for one contact, and the card on which a colleague decides about them.

arg-purpose = What for
    .hint = Left open, the facts decide
arg-draft = Draft
arg-touch = Contact
purpose-follow-up = follow-up
    .words = follow-up|follow up|followup
purpose-value = something useful
    .words = value|tips|useful|value content
purpose-renewal = renewal
    .words = renewal|renew|extension
purpose-wake-up = wake-up
    .words = wake-up|wake up|wakeup|win back|win-back
purpose-greeting = greeting
    .words = greeting|hello|greetings
purpose-apology = apology
    .words = apology|apologise|apologize|sorry

draft-hello = Hello { $name },
draft-hello-nameless = Hello,
draft-follow-up-ticket = your request { $ticket } of { $ticket_at } is still open with us, and I have not forgotten it. Is there anything you would like to add, or a date by which the answer matters to you? Then I make sure it is known here.
draft-follow-up-touch = { $touch_how ->
    [call] we spoke on the phone on { $touch_at }.
    [visit] we came to see you on { $touch_at }.
    [meeting] we met on { $touch_at }.
   *[other] we were last in touch on { $touch_at }.
} Is everything we talked about settled from your side? If something is still open, a short line is enough and I take care of it.
draft-follow-up-order = your last order with us is { $order } of { $order_at }. Did it do what you needed it for? If anything is missing or does not fit, tell me and I look after it.
draft-value-suggestion = on { $suggestion_at } you gave us a suggestion ({ $suggestion_topic }). I would like to understand it well: in which situation would it help you most? With that I can show you what already works today.
draft-value-order = you have had { $order } since { $order_at }. Tell me in a sentence or two what you use it for most, and I pick the few tips that fit your work, nothing else.
draft-value-industry = I would like to send you something you can really use in { $industry }, rather than a brochure. Which task costs you the most time at the moment? I will look for a case or a guide that fits exactly that.
draft-renewal-both = you have been with us since { $since }, most recently with { $order } of { $order_at }. Before I prepare anything for the next period, I would like to hear it from you: what worked well, and what should change? Fifteen minutes on the phone are enough.
draft-renewal-order = your last order, { $order }, dates from { $order_at }. Before I prepare anything for the next period, I would like to hear it from you: what worked well, and what should change?
draft-renewal-since = you have been with us since { $since }. Before I prepare anything for the next period, I would like to hear it from you: what worked well, and what should change?
draft-wake-up-order = your last order with us, { $order }, was on { $order_at }, and since then it has been quiet. Has something changed on your side, or did something not go well on ours? One honest line helps me more than anything.
draft-wake-up-touch = the last time we were in touch was { $touch_at }. Has something changed on your side, or did something not go well on ours? One honest line helps me more than anything.
draft-wake-up-since = you became our customer on { $since }, and lately it has been quiet between us. Has something changed on your side, or did something not go well on ours? One honest line helps me more than anything.
draft-greeting-praise = your kind words of { $praise_at } ({ $praise_topic }) did us good, and I passed them on. No request today: just a warm hello, and thank you.
draft-greeting-since = you have been with us since { $since }. No request today: just a warm hello, and thank you for your trust.
draft-greeting-touch = I was thinking of our last contact on { $touch_at }. No request today: just a warm hello, and I hope all is well with you.
draft-greeting-order = thank you again for your order of { $order_at }. No request today: just a warm hello, and I hope all is well with you.
draft-apology-ticket = I am sorry for the trouble you reported on { $complaint_at }. Your complaint { $complaint } is being worked on, and I stay with it until you tell me it is settled. If we have misunderstood anything, please write to me directly.
draft-apology-words = I am sorry for what you told us about on { $complaint_at } ({ $complaint_topic }). Thank you for saying it openly. I would like to put it right: when may I call you?
draft-also-ticket = Your request { $ticket } is still open; I am keeping an eye on it.

fact-tier = Tier: { $tier }
fact-stage = Stage: { $stage }
fact-industry = Industry: { $industry }
fact-since = Customer since { $since }
fact-touch = Last contact: { $touch_at }, { $touch_how }, “{ $touch_words }”
fact-complaint = Open complaint { $complaint } of { $complaint_at }
fact-ticket = Open request { $ticket } of { $ticket_at }, { $ticket_status }
fact-order = Last order { $order } of { $order_at }, { $order_amount }
fact-said = Complained on { $complaint_at }: { $complaint_topic }
fact-suggestion = Suggested something on { $suggestion_at }: { $suggestion_topic }
fact-praise = Praised us on { $praise_at }: { $praise_topic }

draft-title = Draft for { $name } ({ $customer }): { $purpose }
draft-goes-by = Goes by { $channel }, in your name.
draft-why = Made from:
draft-footer = Nothing leaves without your yes. Kept until { $until }.
draft-button-send = Send
draft-button-edit = Edit
draft-button-drop = Drop
draft-leaving = { $who } sent it; it leaves { $when }.
draft-leaving-quiet = { $who } sent it; it is night there, so it leaves { $when }.
draft-sent = Sent by { $who }, { $when }.
draft-delivered = Sent by { $who }, delivered { $when }.
draft-counted = Counts as a contact: next one by { $day }.
draft-dropped = Dropped by { $who }, { $when }.
draft-expired = Too old: nobody sent it until { $when }, and its facts may be stale. Ask for a fresh one.
draft-overtaken = { $name } wrote meanwhile ({ $when }). Answer that first; this draft is off.
draft-undone = { $who } took it back in time.
draft-failed = It did not reach { $name }. Nothing was lost: try again, or choose another way.
draft-held-overtaken = Your message to { $name } ({ $customer }) did not leave: they wrote first. Have a look at what they say.

draft-not-found = There is no such draft here.
draft-decided-open = Somebody changed this draft just now; have a look at its newest words.
draft-decided-sent = { $who } sent it already, { $when }.
draft-decided-dropped = { $who } dropped it, { $when }.
draft-decided-expired = This draft is too old; ask for a fresh one.
draft-decided-overtaken = The customer wrote meanwhile ({ $when }): this draft is off.
draft-left-already = It has left already.
draft-purpose-unknown = I don't know how to write “{ $line }”. I know: { $known }.
draft-no-contact = { $name } has no contact person yet. /crm customer invite { $name } makes a code that connects one.
draft-unreachable = Nobody at { $name } is in a chat with us yet. /crm customer invite { $name } makes a code that connects one.
draft-no-facts = I have nothing on record about { $name } that a message for “{ $purpose }” could honestly say. Log a contact first: /crm log { $name } …
draft-stopped-opted-out = { $contact } asked for no more messages. We only answer when they write.
draft-stopped-no-consent = { $contact } has not agreed to messages of this kind ({ $purpose }). A follow-up is fine: /crm draft { $name } follow-up
draft-stopped-complaint-open = A complaint of { $name } is open: first that. /crm draft { $name } apology
draft-stopped-cap = { $contact } had { $cap } messages within { $days } days; that is enough for now.

command-draft = write to a customer in your name: customer, purpose
    .title = Draft for a customer
command-draft-send = send a draft
    .title = Send
command-draft-edit = change a draft's words
    .title = Edit the draft
command-draft-drop = drop a draft
    .title = Drop
command-draft-undo = take a sent draft back
    .title = Undo
