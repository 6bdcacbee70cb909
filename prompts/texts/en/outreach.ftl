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
draft-follow-up-ticket = Your request { $ticket } of { $ticket_at } is still open with us, and I haven't forgotten it. Is there anything you'd like to add, or a date by which you need the answer? I'll make sure everyone here knows.
draft-follow-up-touch = { $touch_how ->
    [call] We spoke on the phone on { $touch_at }.
    [visit] We came to see you on { $touch_at }.
    [meeting] We met on { $touch_at }.
   *[other] We were last in touch on { $touch_at }.
} Is everything we talked about settled on your side? If anything is still open, just drop me a line and I'll take care of it.
draft-follow-up-order = Your last order with us was { $order }, on { $order_at }. Did it do what you needed it for? If anything is missing or doesn't fit, tell me and I'll sort it out.
draft-value-suggestion = On { $suggestion_at } you made a suggestion ({ $suggestion_topic }). I'd like to understand it properly: in which situation would it help you most? Then I can show you what already works today.
draft-value-order = You've had { $order } since { $order_at }. Tell me in a sentence or two what you use it for most, and I'll pick out the few tips that fit your work, nothing else.
draft-value-industry = I'd like to send you something you can really use in { $industry }, rather than a brochure. Which task takes up most of your time at the moment? I'll look for a case or a guide that fits exactly that.
draft-renewal-both = You've been with us since { $since }, most recently with { $order } of { $order_at }. Before I prepare anything for the next period, I'd like to hear it from you: what worked well, and what should change? Fifteen minutes on the phone would do.
draft-renewal-order = Your last order, { $order }, was on { $order_at }. Before I prepare anything for the next period, I'd like to hear it from you: what worked well, and what should change?
draft-renewal-since = You've been with us since { $since }. Before I prepare anything for the next period, I'd like to hear it from you: what worked well, and what should change?
draft-wake-up-order = Your last order with us, { $order }, was on { $order_at }, and it's been quiet since then. Has something changed on your side, or did something not go well on ours? One honest line helps me more than anything.
draft-wake-up-touch = The last time we were in touch was { $touch_at }. Has something changed on your side, or did something not go well on ours? One honest line helps me more than anything.
draft-wake-up-since = You became our customer on { $since }, and it's been quiet between us lately. Has something changed on your side, or did something not go well on ours? One honest line helps me more than anything.
draft-greeting-praise = Your kind words of { $praise_at } ({ $praise_topic }) meant a lot to us, and I've passed them on. No request today: just a warm hello, and thank you.
draft-greeting-since = You've been with us since { $since }. No request today: just a warm hello, and thank you for your trust.
draft-greeting-touch = I was thinking of our last contact on { $touch_at }. No request today: just a warm hello, and I hope all is well with you.
draft-greeting-order = Thank you again for your order of { $order_at }. No request today: just a warm hello, and I hope all is well with you.
draft-apology-ticket = I'm sorry for the trouble you reported on { $complaint_at }. We're working on your complaint { $complaint }, and I'll stay with it until you tell me it's settled. If we have misunderstood anything, please write to me directly.
draft-apology-words = I'm sorry about what you told us on { $complaint_at } ({ $complaint_topic }). Thank you for being so open. I'd like to put it right: when may I call you?
draft-also-ticket = Your request { $ticket } is still open; I'm keeping an eye on it.

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
draft-goes-by = Goes out by { $channel }, in your name.
draft-why = Based on:
draft-footer = Nothing goes out without your yes. Kept until { $until }.
draft-button-send = Send
draft-button-edit = Edit
draft-button-drop = Drop
draft-leaving = { $who } sent it; it leaves { $when }.
draft-leaving-quiet = { $who } sent it; it is night there, so it leaves { $when }.
draft-sent = Sent by { $who }, { $when }.
draft-delivered = Sent by { $who }, delivered { $when }.
draft-counted = Counts as a contact: next one by { $day }.
draft-dropped = Dropped by { $who }, { $when }.
draft-expired = Too old: nobody sent it by { $when }, and its facts may be stale. Ask for a fresh one.
draft-overtaken = { $name } wrote meanwhile ({ $when }). Answer that first; this draft is off.
draft-undone = { $who } took it back in time.
draft-failed = It didn't reach { $name }. Nothing is lost: try again, or choose another way.
draft-held-overtaken = Your message to { $name } ({ $customer }) didn't go out: they wrote first. Have a look at what they say.

draft-not-found = There is no such draft here.
draft-decided-open = Somebody changed this draft just now; have a look at its newest words.
draft-decided-sent = { $who } has already sent it, { $when }.
draft-decided-dropped = { $who } has dropped it, { $when }.
draft-decided-expired = This draft is too old; ask for a fresh one.
draft-decided-overtaken = The customer wrote meanwhile ({ $when }): this draft is off.
draft-left-already = It has already gone out.
draft-purpose-unknown = I don't know how to write “{ $line }”. I know: { $known }.
draft-no-contact = { $name } has no contact person yet. /crm customer invite { $name } <their name> makes a code that connects one.
draft-unreachable = Nobody at { $name } is in a chat with us yet. /crm customer invite { $name } makes a code that connects one.
draft-no-facts = I have nothing on record about { $name } that a message for “{ $purpose }” could honestly say. Log a contact first: /crm log { $name } …
draft-stopped-opted-out = { $contact } has opted out. We only answer when they write.
draft-stopped-no-consent = { $contact } has not agreed to messages of this kind ({ $purpose }). A follow-up is fine: /crm draft { $name } follow-up
draft-stopped-complaint-open = { $name } has an open complaint: that comes first. /crm draft { $name } apology
draft-stopped-cap = { $contact } has had { $cap } messages within { $days } days; that's enough for now.

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
