# What a language model is told, and what a draft's card says about its help.

model-fact-industry = Their industry: { $industry }
model-fact-since = Our customer since { $since }
model-fact-touch = Last contact: { $touch_at } ({ $touch_how })
model-fact-occasion = Occasion: { $occasion_name }, { $occasion_day }
model-fact-contract = Contract { $contract }, runs until { $contract_ends_on }
model-fact-product = Product: { $product }, serial number { $serial }, next maintenance on { $maintenance_on }
model-fact-orders = Orders in the last twelve months: { $orders_year }
model-fact-solved = Requests settled in the last twelve months: { $solved }
model-fact-complaint = Open complaint { $complaint } of { $complaint_at }
model-fact-ticket = Open request { $ticket } of { $ticket_at }
model-fact-order = Last order { $order } of { $order_at }
model-fact-said = Complained on { $complaint_at } about: { $complaint_topic }
model-fact-suggestion = Made a suggestion on { $suggestion_at } about: { $suggestion_topic }
model-fact-praise = Praised us on { $praise_at } for: { $praise_topic }
model-tone-warm = warm and personal
model-tone-plain = plain and matter-of-fact
model-tone-formal = formal and courteous
model-length-normal = up to 120 words
model-length-short = two or three sentences, at most 50 words
model-case =
    Purpose: { $purpose }
    Tone: { $tone }
    Length: { $length }

    A version that says the same:
    { $words }

    Facts:
    { $facts }

    Notes about the last contact:
    { $notes }

draft-writer-template = Written from a template; no language model was asked.
draft-writer-asked = A language model is writing a version; until it comes, these are the template's words.
draft-writer-model = A language model wrote these words from the facts below. Check them before you send.
draft-writer-late = The language model did not answer in time: these are the template's words.
draft-writer-failed = The language model could not be asked: these are the template's words.
draft-writer-unusable = The language model answered something that may not be used: these are the template's words.
draft-writer-edited = Edited by hand.
draft-writer-model-edited = Written by a language model, then edited by hand.
channel-model = the language model
