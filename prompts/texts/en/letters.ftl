# Letters: the sentences of which a draft to a customer is put together. Each says only what its facts say.
# $tone is warm, plain or formal; .more is left out of a short letter.

letter-hello = { $tone ->
    [formal] Dear { $name },
   *[warm] Hello { $name },
}
letter-hello-nameless = { $tone ->
    [formal] Good day,
   *[warm] Hello,
}

letter-follow-up-ticket = { $tone ->
    [formal] Your request { $ticket } of { $ticket_at } is still open with us.
    [plain] Your request { $ticket } of { $ticket_at } is still open.
   *[warm] Your request { $ticket } of { $ticket_at } is still open with us, and I haven't forgotten it.
}
    .ask = { $tone ->
        [formal] Should you wish to add anything, or need the answer by a certain date, please let me know.
        [plain] Anything to add, or a date by which you need the answer?
       *[warm] Is there anything you'd like to add, or a date by which you need the answer?
    }
    .more = { $tone ->
        [formal] I will inform everyone involved.
        [plain] I'll pass it on to everyone involved.
       *[warm] I'll make sure everyone here knows.
    }
letter-follow-up-touch = { $touch_how ->
    [call] We spoke on the phone on { $touch_at }.
    [visit] We came to see you on { $touch_at }.
    [meeting] We met on { $touch_at }.
   *[other] We were last in touch on { $touch_at }.
}
    .ask = { $touch_how ->
        [message] { letter-anything-open }
        [greeting] { letter-anything-open }
       *[talked] { $tone ->
            [formal] May I ask whether everything we discussed has been settled on your side?
            [plain] Is everything we discussed settled on your side?
           *[warm] Is everything we talked about settled on your side?
        }
    }
    .more = { $tone ->
        [formal] Should anything still be open, a short note is enough and I will attend to it.
        [plain] If anything is open, tell me.
       *[warm] If anything is still open, just drop me a line and I'll take care of it.
    }
letter-anything-open = { $tone ->
    [formal] May I ask whether there is anything on your side that I can attend to?
    [plain] Is there anything you need from us?
   *[warm] Is there anything on your side I can help with?
}
letter-follow-up-order = Your last order with us was { $order }, on { $order_at }.
    .ask = { $tone ->
        [formal] May I ask whether everything about it is as you expected?
        [plain] Is everything all right with it?
       *[warm] Is everything about it the way you need it?
    }
    .more = { $tone ->
        [formal] Should anything be missing or unsuitable, please let me know and I will see to it.
        [plain] If something is missing or wrong, tell me.
       *[warm] If anything is missing or doesn't fit, tell me and I'll sort it out.
    }

letter-value-suggestion = On { $suggestion_at } you made a suggestion{ letter-about }.
    .ask = { $tone ->
        [formal] I would like to understand it properly: in which situation would it be of most use to you?
        [plain] In which situation would it help you most?
       *[warm] I'd like to understand it properly: in which situation would it help you most?
    }
    .more = { $tone ->
        [formal] I will then show you what is already possible today.
        [plain] Then I can show you what already works.
       *[warm] Then I can show you what already works today.
    }
letter-value-order = On { $order_at } you ordered from us ({ $order }).
    .ask = { $tone ->
        [formal] Would you tell me in a sentence or two what you chiefly need it for?
        [plain] What do you need it for most?
       *[warm] Would you tell me in a sentence or two what you need it for most?
    }
    .more = { $tone ->
        [formal] I will then select the few recommendations that suit your work, and nothing beyond that.
        [plain] I'll pick the tips that fit that.
       *[warm] I'll pick out the few tips that fit your work, nothing else.
    }
letter-value-industry = { $tone ->
    [formal] I would like to send you something of practical use in { $industry } rather than a brochure.
    [plain] I'd like to send you something useful for { $industry }.
   *[warm] I'd like to send you something you can really use in { $industry }, rather than a brochure.
}
    .ask = { $tone ->
        [formal] May I ask which task takes up most of your time at present?
        [plain] Which task takes most of your time right now?
       *[warm] Which task takes up most of your time at the moment?
    }
    .more = { $tone ->
        [formal] I will look for a case or a guide that addresses precisely that.
        [plain] I'll look for a case or a guide on that.
       *[warm] I'll look for a case or a guide that fits exactly that.
    }

letter-renewal-contract-about = Your contract { $contract } ({ $contract_subject }) runs until { $contract_ends_on }.
    .ask = { $tone ->
        [formal] Before I prepare anything for the next period, may I ask what has worked well and what should change?
        [plain] Before I prepare the next period: what worked well, what should change?
       *[warm] Before I prepare anything for the next period, I'd like to hear it from you: what worked well, and what should change?
    }
    .more = { $tone ->
        [formal] A telephone call of fifteen minutes would be sufficient; please name a time that suits you.
        [plain] Fifteen minutes on the phone would do.
       *[warm] Fifteen minutes on the phone would do; just tell me when it suits you.
    }
letter-renewal-contract = Your contract { $contract } with us runs until { $contract_ends_on }.
    .ask = { letter-renewal-contract-about.ask }
    .more = { letter-renewal-contract-about.more }
letter-renewal-both = You've been with us since { $since }, most recently with { $order } of { $order_at }.
    .ask = { letter-renewal-contract-about.ask }
    .more = { letter-renewal-contract-about.more }
letter-renewal-order = Your last order, { $order }, was on { $order_at }.
    .ask = { letter-renewal-contract-about.ask }
    .more = { letter-renewal-contract-about.more }
letter-renewal-since = You've been with us since { $since }.
    .ask = { letter-renewal-contract-about.ask }
    .more = { letter-renewal-contract-about.more }
letter-delivered-both = In the last twelve months you placed { $orders_year ->
    [one] one order
   *[other] { $orders_year } orders
} with us, and we settled { $solved ->
    [one] one request
   *[other] { $solved } requests
} of yours.
letter-delivered-orders = In the last twelve months you placed { $orders_year ->
    [one] one order
   *[other] { $orders_year } orders
} with us.
letter-delivered-solved = In the last twelve months we settled { $solved ->
    [one] one request
   *[other] { $solved } requests
} of yours.

letter-wake-up-order = Your last order with us, { $order }, was on { $order_at }, and there hasn't been another one since.
    .ask = { $tone ->
        [formal] May I ask whether something has changed on your side, or whether something did not go well on ours?
        [plain] Has something changed on your side, or did something go wrong on ours?
       *[warm] Has something changed on your side, or did something not go well on ours?
    }
    .more = { $tone ->
        [formal] A frank word from you would help me most.
        [plain] An honest line helps.
       *[warm] One honest line helps me more than anything.
    }
letter-wake-up-touch = The last time we were in touch was { $touch_at }.
    .ask = { letter-wake-up-order.ask }
    .more = { letter-wake-up-order.more }
letter-wake-up-since = You became our customer on { $since }, and it's been quiet between us lately.
    .ask = { letter-wake-up-order.ask }
    .more = { letter-wake-up-order.more }
letter-play-diagnosis = { $tone ->
    [formal] I would gladly go through your present situation with you for half an hour: what runs well, what costs time, what could be improved. You would receive our findings in writing.
    [plain] I'd offer half an hour to go through how things run at your place today; you get our findings in writing.
   *[warm] If you like, we take half an hour and go through how things run at your place today: what works, what costs time, what could be better. You get our findings in writing.
}
letter-play-known = { $tone ->
    [formal] As you are already known to us, you would not have to begin anew: your details and your previous orders are at hand.
    [plain] You wouldn't start from scratch: we still have your details and earlier orders.
   *[warm] You know us and we know you: your details and earlier orders are still here, so nothing has to start from scratch.
}

letter-greeting-birthday = { $tone ->
    [formal] I wish you a very happy birthday and all the best for the year ahead.
    [plain] Happy birthday, and all the best for the year ahead.
   *[warm] Happy birthday! I wish you a lovely day with the people you care about, and all the best for the year ahead.
}
letter-greeting-festival = { $tone ->
    [formal] Please accept my best wishes to you and your family for { $occasion_name }.
    [plain] Best wishes for { $occasion_name }.
   *[warm] My best wishes to you and your family for { $occasion_name }. I hope you find some quiet days.
}
letter-greeting-years = { $occasion_day } marks { $years ->
    [one] a year
   *[other] { $years } years
} since you became our customer.
    .ask = { $tone ->
        [formal] Allow me to thank you for your trust.
        [plain] Thank you.
       *[warm] Thank you for your trust, and for all that we could do together.
    }
letter-greeting-anniversary = { $tone ->
    [formal] You have been our customer since { $since }. On this anniversary, allow me to thank you for your trust.
    [plain] You've been our customer since { $since }. Thank you.
   *[warm] You've been our customer since { $since }, and that is worth a thank-you: for your trust, and for all that we could do together.
}
letter-greeting-praise = Your kind words{ letter-praised } on { $praise_at } meant a lot to us.
    .ask = { $tone ->
        [formal] I write without any request today, simply to thank you.
        [plain] No request today: just a thank-you.
       *[warm] No request today: just a warm hello, and thank you.
    }
letter-greeting-since = You've been with us since { $since }.
    .ask = { $tone ->
        [formal] I write without any request today, simply to thank you for your trust.
        [plain] No request today: just hello, and thank you.
       *[warm] No request today: just a warm hello, and thank you for your trust.
    }
letter-greeting-touch = I was thinking of our last contact on { $touch_at }.
    .ask = { $tone ->
        [formal] I write without any request today, and hope that all is well with you.
        [plain] No request today: I hope all is well.
       *[warm] No request today: just a warm hello, and I hope all is well with you.
    }
letter-greeting-order = Thank you again for your order of { $order_at }.
    .ask = { letter-greeting-touch.ask }

letter-maintenance-serial = The next maintenance of your { $product } (serial number { $serial }) is due on { $maintenance_on }.
    .ask = { $tone ->
        [formal] May I ask which days would suit you for the visit?
        [plain] Which days suit you for the visit?
       *[warm] Which days would suit you for the visit?
    }
    .more = { $tone ->
        [formal] If anything has attracted your notice in operation, please let me know beforehand, so that the technician comes prepared.
        [plain] If anything has struck you in use, tell me, so that the technician comes prepared.
       *[warm] And if anything has struck you in daily use, tell me beforehand, so that the technician comes prepared.
    }
letter-maintenance-product = The next maintenance of your { $product } is due on { $maintenance_on }.
    .ask = { letter-maintenance-serial.ask }
    .more = { letter-maintenance-serial.more }

letter-apology-ticket = { $tone ->
    [formal] Please accept my apologies for the trouble that you reported on { $complaint_at }. We are working on your complaint { $complaint }.
    [plain] I'm sorry for the trouble you reported on { $complaint_at }. We're working on your complaint { $complaint }.
   *[warm] I'm sorry for the trouble you reported on { $complaint_at }. We're working on your complaint { $complaint }, and I'll stay with it until you tell me it's settled.
}
    .more = { $tone ->
        [formal] Should we have misunderstood anything, please write to me directly.
        [plain] If we got anything wrong, write to me directly.
       *[warm] If we have misunderstood anything, please write to me directly.
    }
letter-apology-words = { $tone ->
    [formal] Please accept my apologies for the trouble{ letter-trouble } that you told us about on { $complaint_at }.
    [plain] I'm sorry for the trouble{ letter-trouble } that you told us about on { $complaint_at }.
   *[warm] I'm sorry for the trouble{ letter-trouble } that you told us about on { $complaint_at }. Thank you for being so open.
}
    .ask = { $tone ->
        [formal] I would like to put it right: when may I call you?
        [plain] When may I call you to put it right?
       *[warm] I'd like to put it right: when may I call you?
    }
letter-apology-rating = { $tone ->
    [formal] On { $rated_at } you told us that you were not content with how we handled your request { $rated }. Please accept my apologies.
    [plain] You told us on { $rated_at } that you weren't happy with how we handled your request { $rated }. I'm sorry.
   *[warm] You told us on { $rated_at } that you weren't happy with how we handled your request { $rated }. I'm sorry we let you down.
}
    .ask = { letter-apology-words.ask }

letter-also-ticket = { $tone ->
    [formal] Your request { $ticket } is still open; I am following it.
   *[warm] Your request { $ticket } is still open; I'm keeping an eye on it.
}
letter-phase-new = { $tone ->
    [formal] As you have joined us only recently, please ask whatever arises.
    [plain] You're still new with us: ask whatever comes up.
   *[warm] You're still new with us, so ask me whatever comes up; no question is too small.
}
letter-phase-fading = { $tone ->
    [formal] If something about our work should be different, I would be grateful to hear it from you.
    [plain] If we should do something differently, tell me.
   *[warm] If we should do something differently, I'd rather hear it from you than guess.
}
letter-rank-top = { $tone ->
    [formal] You are welcome to contact me directly at any time.
    [plain] You can reach me directly.
   *[warm] You can always reach me directly.
}
letter-rank-low = { $tone ->
    [formal] A short reply is enough; I will attend to the rest.
    [plain] A one-word answer is enough.
   *[warm] A short answer is enough, I'll do the rest.
}
letter-occasion-birthday = birthday
letter-occasion-anniversary = anniversary of working together
letter-occasion-festival = festival
letter-topic = { $about ->
    [delivery] the delivery
    [quality] the quality
    [price] the price
    [invoice] the invoice
    [refund] the refund
    [product] the product
    [service] our service
    [account] your account
   *[other] {""}
}
letter-about = { $about ->
    [other] {""}
   *[named] {" "}about { letter-topic }
}
letter-praised = { $about ->
    [other] {""}
   *[named] {" "}about { letter-topic }
}
letter-trouble = { $about ->
    [other] {""}
   *[named] {" "}with { letter-topic }
}
letter-joint = | |
