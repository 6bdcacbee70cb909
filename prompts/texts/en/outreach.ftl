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
purpose-maintenance = maintenance
    .words = maintenance|service visit|upkeep
purpose-apology = apology
    .words = apology|apologise|apologize|sorry

fact-tier = Tier: { $tier }
fact-stage = Stage: { $stage }
fact-industry = Industry: { $industry }
fact-since = Customer since { $since }
fact-touch = Last contact: { $touch_at }, { $touch_how }, “{ $touch_words }”
fact-complaint = Open complaint { $complaint } of { $complaint_at }
fact-ticket = Open request { $ticket } of { $ticket_at }, { $ticket_status }
fact-order = Last order { $order } of { $order_at }, { $order_amount }
fact-said = Complained on { $complaint_at }: { $complaint_topic }
fact-rating = Rated { $rated } with { $rated_score } of 5 on { $rated_at }
fact-suggestion = Suggested something on { $suggestion_at }: { $suggestion_topic }
fact-contract = Contract { $contract }, runs until { $contract_ends_on }
fact-product = { $product }, serial number { $serial }, maintenance due on { $maintenance_on }
fact-occasion = Occasion: { $occasion_name }, { $occasion_day }
fact-birthday = Birthday: { $birthday_on }
fact-orders = Orders in twelve months: { $orders_year }
fact-solved = Requests settled in twelve months: { $solved }
fact-praise = Praised us on { $praise_at }: { $praise_topic }

tone-warm = warm
    .words = warm|warmer|friendly|friendlier
tone-plain = plain
    .words = plain|plainer|simple|simpler
tone-formal = formal
    .words = formal|formally
length-normal = normal length
    .words = normal|long|longer|full
length-short = short
    .words = short|shorter|brief|briefer
arg-sure = Reword my own words
arg-tone = Tone
    .hint = Left open: warm
arg-length = Length
    .hint = Left open: normal

draft-title = Draft for { $name } ({ $customer }): { $purpose }
draft-goes-by = Goes out by { $channel }, in your name.
draft-why = Based on:
draft-footer = Nothing goes out without your yes. Kept until { $until }.
draft-button-send = Send
draft-button-edit = Edit
draft-button-drop = Drop
draft-button-short = Shorter
draft-button-normal = Longer
draft-button-warm = Warmer
draft-button-formal = More formal
draft-leaving = { $who } sent it; it leaves at { $when }.
draft-leaving-quiet = { $who } sent it; it is night there, so it leaves at { $when }.
draft-sent = Sent by { $who }, { $when }.
draft-delivered = Sent by { $who }, delivered { $when }.
draft-counted = Counts as a contact: next one by { $day }.
draft-dropped = Dropped by { $who }, { $when }.
draft-expired = Too old: nobody sent it by { $when }, and its facts may be stale. Ask for a fresh one.
draft-overtaken = { $name } wrote meanwhile ({ $when }). Answer that first; this draft is off.
draft-undone = { $who } took it back in time.
draft-failed = It didn't reach { $name }. Nothing is lost: try again, or choose another way.
draft-stayed = It stayed here. Send it once nothing stands in its way, or drop it.
draft-held-opted-out = Your message to { $name } ({ $customer }) didn't go out: they have opted out in the meantime.
draft-held-no-consent = Your message to { $name } ({ $customer }) didn't go out: they have taken back their consent to messages of this kind.
draft-held-complaint = Your message to { $name } ({ $customer }) didn't go out: there is an open complaint by now, and that comes first.
draft-held-cap = Your message to { $name } ({ $customer }) didn't go out: they have had enough messages this week.
draft-held-late = Your greeting to { $name } ({ $customer }) didn't go out in time, and its day is over. If you like, say a word yourself.
draft-held-stale = Your message to { $name } ({ $customer }) couldn't go out in time, and by now it may no longer fit. The draft is open again: read it once more before you send it.
draft-held-unreachable = Your message to { $name } ({ $customer }) didn't go out: they are not in that chat with us any more.
draft-held-moved = Your message to { $name } ({ $customer }) didn't go out: the chat it was meant for turned out to be somebody else's. The draft is open again: read it once more before you send it.
draft-held-failed = Your message to { $name } ({ $customer }) didn't arrive. The draft is open again: try once more, or choose another way.
draft-held-overtaken = Your message to { $name } ({ $customer }) didn't go out: they wrote first. Have a look at what they say.

drafts-title = { $count ->
    [0] No draft waits
    [one] One draft waits for a yes
   *[other] { $count } drafts wait for a yes
}
drafts-first = The { $shown } oldest:
drafts-none = Nothing to decide. /crm draft <customer> writes one.
drafts-of = { $name }'s draft
drafts-button-learned = What came of them
drafts-learned-words = learned|learnt|results|result
drafts-learned-title = What became of the drafts of the last { $days } days
drafts-learned-none = No draft was decided in the last { $days } days.
drafts-learned-all = All together
drafts-unchanged = { $count } sent as they were
drafts-edited = { $count } sent after edits
drafts-dropped = { $count } dropped
drafts-expired = { $count } expired
drafts-overtaken = { $count } overtaken by the customer
drafts-kept = half of the sent ones ({ $count }) kept { $percent } % of the first words or more
day-all-drafts = All drafts
day-drafts-expired = Drafts that nobody sent in time ({ $count })
day-sum-drafts-expired = { $count ->
    [one] one draft expired
   *[other] { $count } drafts expired
}
day-draft-expired = { $name } ({ $customer }) · { $purpose }
day-draft-anew = Draft anew

draft-not-found = There is no such draft here.
draft-rewrite-yours = These are your own words, and the template cannot give them another tone without losing them. Edit them yourself, or ask for a fresh draft.
draft-rewrite-sure = These are your own words. The language model would reword them, and yours would be gone from the card.
draft-button-sure = Reword mine
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
draft-stopped-complaint = { $name } has an open complaint: that comes first. /crm draft { $name } apology
draft-stopped-cap = { $contact } has had { $cap } messages within { $days } days; that's enough for now.

command-draft = write to a customer in your name: customer, purpose
    .title = Draft for a customer
command-drafts = drafts that wait for a yes, and what became of the others
    .title = Drafts
command-draft-send = send a draft
    .title = Send
command-draft-rewrite = let a draft sound different
    .title = Sound different
command-draft-edit = change a draft's words
    .title = Edit the draft
    .submit = Save
command-draft-drop = drop a draft
    .title = Drop
command-draft-undo = take a sent draft back
    .title = Undo
