# What a language model is told, and what a draft's card says about its help.

model-fact-industry = Their industry: { $industry }
model-fact-since = Our customer since { $since }
model-fact-touch = Last contact: { $touch_at } ({ $touch_how })
model-fact-complaint = Open complaint { $complaint } of { $complaint_at }
model-fact-ticket = Open request { $ticket } of { $ticket_at }
model-fact-order = Last order { $order } of { $order_at }
model-fact-said = Complained on { $complaint_at } about: { $complaint_topic }
model-fact-suggestion = Made a suggestion on { $suggestion_at } about: { $suggestion_topic }
model-fact-praise = Praised us on { $praise_at } for: { $praise_topic }
model-case =
    Purpose: { $purpose }

    A plain version that says the same:
    { $words }

    Facts:
    { $facts }

    Notes about the last contact:
    { $notes }

draft-writer-template = Words from a template, no language model was asked.
draft-writer-asked = A language model is writing a version; until it comes, these are the template's words.
draft-writer-model = A language model wrote these words from the facts below. Check them before you send.
draft-writer-late = The language model did not answer in time: these are the template's words.
draft-writer-failed = The language model could not be asked: these are the template's words.
draft-writer-unusable = The language model answered something that may not be used: these are the template's words.
draft-writer-edited = Edited by hand.
draft-writer-model-edited = Written by a language model, then edited by hand.
channel-model = the language model
