# The policy: why a due time is what it is, why a tier, and what is wrong with a policy file.
# $amount and $unit belong together; $type, $tier, $figure and $clock are ids. A caller that knows a tier's own label
# may hand that over as $tier: it is shown as it is.

policy-span = { $unit ->
    [seconds] { $amount } s
    [minutes] { $amount } min
   *[hours] { $amount } h
}
policy-tier = { $tier ->
    [strategic] strategic
    [growth] growth
    [dormant] dormant
    [core] core
    [potential] potential
    [base] base
    [strategic_core] strategic core
    [key_business] key business
    [cultivation] cultivation
    [churn_warning] churn warning
    [none] no tier yet
   *[other] { $tier }
}
policy-type = { $type ->
    [inquiry] Inquiry
    [order_status] Order status
    [service_request] Service request
    [complaint] Complaint
    [fault] Device fault
    [price] Price request
    [feedback] Feedback
   *[other] Other request
}
policy-clock = { $clock ->
    [elapsed] around the clock
   *[working] in working hours
}
policy-figure = { $figure ->
    [first_response] first response
    [under_way] work under way
    [resolution] solved
   *[closing] closed
}

## Why this due time

policy-step-promise = { policy-type } × { policy-tier }: { policy-figure } within { policy-span }, counted { policy-clock }
policy-step-starts = came in outside working hours; the clock started { DATETIME($at, dateStyle: "medium", timeStyle: "short") }
policy-step-break = { $times ->
    [one] break { $from }–{ $until } not counted
   *[other] { $times } breaks { $from }–{ $until } not counted
}
policy-step-night = { $times ->
    [one] night { $from }–{ $until } not counted
   *[other] { $times } nights { $from }–{ $until } not counted
}
policy-step-weekend = { $days ->
    [one] 1 day off not counted
   *[other] { $days } days off not counted
}
policy-step-holiday = { $days ->
    [one] holiday { DATETIME($from, dateStyle: "medium") } not counted
   *[other] holidays { DATETIME($from, dateStyle: "medium") } – { DATETIME($until, dateStyle: "medium") } not counted ({ $days } working days)
}
policy-step-makeup = { DATETIME($day, dateStyle: "medium") } is a make-up workday and counts
policy-step-paused = { policy-span } not counted: waiting for the customer, or before it was opened again

## Why this tier

policy-why-money = { NUMBER($money, maximumFractionDigits: 2) } { $currency } over the last 12 months: { policy-tier } by value
policy-why-last-purchase = last purchase { DATETIME($day, dateStyle: "medium") }
policy-why-never-bought = no purchase on record
policy-why-silent = { $months ->
    [one] silent for a month: { policy-tier }, whatever the value
   *[other] silent for { $months } months: { policy-tier }, whatever the value
}
policy-why-spared = potential index { $potential }: stays { policy-tier } in spite of the silence
policy-why-rank = { $percent }% of customers rank higher: { policy-tier }
policy-why-unranked = not ranked yet: { policy-tier } until the next ranking
policy-why-score = weighted score { NUMBER($score, maximumFractionDigits: 1) }: { policy-tier }
policy-why-missing-scores = { $count ->
    [one] one score is missing; the others count for it
   *[other] { $count } scores are missing; the others count for them
}
policy-why-no-scores = not scored yet: { policy-tier } until somebody scores them
policy-why-churn = churn risk { $risk } has reached { $bound }: a call comes first, whatever the score

## What is wrong with a policy file

policy-problem = { $path ->
    [file] Line { $line }: { $problem }
   *[other] Line { $line }, { $path }: { $problem }
}
policy-problem-syntax = This is not YAML. Check the line before as well: a missing “:”, an open quote or bracket, a tab instead of spaces.
policy-problem-character = The file holds a character that text does not have. Save it again as plain UTF-8 text.
policy-problem-duplicate-key = This name stands here twice. Keep one.
policy-problem-not-a-policy = This is not a policy. Start from the default file and change what you need.
policy-problem-alias = “*” refers to another part of the file, which a policy must not do. Write the value out.
policy-problem-missing = “{ $key }” is missing. Add it; the default file shows how.
policy-problem-unknown-key = { $close ->
    [none] “{ $key }” means nothing here. Remove it or check the spelling.
   *[other] “{ $key }” means nothing here. Did you mean “{ $close }”?
}
policy-problem-not-a-number = “{ $got }” is not a number. Write digits alone, such as 10000.
policy-problem-not-a-whole-number = “{ $got }” is not a whole number. Write it without a fraction.
policy-problem-too-small = “{ $got }” is too small. The limit is { $limit }.
policy-problem-too-large = “{ $got }” is too large. The limit is { $limit }.
policy-problem-not-text = “{ $got }” is not text here. Put it in quotation marks.
policy-problem-empty = This is empty. Write a text.
policy-problem-too-few = The list is too short. It needs at least { $limit }.
policy-problem-wrong-form = “{ $got }” has the wrong form. Names are lower-case such as key_business, addresses channel:place such as slack:#service, currencies three capitals such as CNY.
policy-problem-not-one-of = “{ $got }” is not possible here. Write one of { $limit }.
policy-problem-not-yes-or-no = “{ $got }” is neither true nor false. Write true or false.
policy-problem-not-a-date = “{ $got }” is not a date. Write it as 2026-02-14.
policy-problem-zone = “{ $got }” is not a time zone. Write it as Asia/Shanghai or Europe/Berlin.
policy-problem-not-a-list = A list belongs here. Write [one, two] or one line with “-” each.
policy-problem-not-a-section = Names with values belong here, one to a line and indented.
policy-problem-unreadable = “{ $got }” does not fit here. The default file shows what does.
policy-problem-span = “{ $got }” is not a span of time above zero. Write it with its unit: 10 s, 30 min, 4 h, 1 h 30 min, 90 days.
policy-problem-clock-time = “{ $got }” is not a time of day. Write it as "08:30".
policy-problem-shift = “{ $got }” is not a stretch of a day. Write it as "09:00-12:00", the end after the start; the last minute of a day is 24:00.
policy-problem-one-unit = Give exactly one of days, months and working_days.
policy-problem-weekday = “{ $limit }” is not a weekday. Write mon, tue, wed, thu, fri, sat, sun or a range such as mon-fri.
policy-problem-weekday-twice = “{ $limit }” names a weekday that has its hours already. Keep one of the two.
policy-problem-unknown-calendar = There is no calendar “{ $got }”. Known: { $known }.
policy-problem-unknown-scheme = There is no preset “{ $got }”. Known: { $known }.
policy-problem-unknown-tier = There is no tier “{ $got }”. Known: { $known }.
policy-problem-twice = “{ $got }” stands in this list twice. Keep one.
policy-problem-not-a-hundred = These add up to { $total }. Make it 100.
policy-problem-one-bound = Give “{ $tier }” exactly one bound: over or at_least.
policy-problem-last-is-open = “{ $tier }” is the last tier and takes everybody else. Remove its bound.
policy-problem-last-at-zero = “{ $tier }” is the last tier and takes everybody else. Let it start at 0.
policy-problem-not-descending = “{ $tier }” stands below “{ $above }” and needs a lower bound than that.
policy-problem-no-cadence = Nothing says how often customers of tier “{ $tier }” are contacted. Add a line for it.
policy-problem-not-rising = { $got } comes after { $before }. Put the lines in rising order.
policy-problem-promise-order = In “{ $name }” a later step is promised before an earlier one. Let first_response, under_way, resolution and closing grow.
policy-problem-no-promise = Nothing promises a first response to requests of type { $type } from customers of every tier. Add the type to a line without tiers.
policy-problem-no-hours = The calendar “{ $name }” has no working hours. Give at least one weekday some.
policy-problem-morning-after-work = By then the day of the calendar “{ $name }” is over, so nobody would ever be reminded. Let the morning come before the last shift of some weekday ends.
policy-problem-shifts-overlap = These hours overlap or are out of order. Write them from morning to evening.
policy-problem-country = No holidays are known for “{ $got }”. Write the two letters of the country, such as CN or DE, or leave it out.
policy-problem-subdivision = No holidays are known for the part “{ $got }” of this country. Write its code, such as BE for Berlin, or leave it out.
policy-problem-both-free-and-working = { $got } is both an extra holiday and an extra workday. Keep one.
policy-problem-no-message-rule = Nothing says whether “{ $got }” needs consent. Add a line for it.
policy-problem-no-such-holiday = The holiday list of this country has no “{ $got }”. Write its English name as the list does, such as Mid-Autumn Festival.
