# Agreements: contracts, installed products and birthdays, as colleagues write them down.

arg-contract = Contract number
arg-ends = Last day
    .hint = 2026-12-31
arg-subject = What it covers
arg-amount = Amount
    .hint = 12000 or EUR 900
arg-product = Product
arg-serial = Serial number
arg-maintenance = Next maintenance
    .hint = 2026-12-31
arg-months = Every how many months
arg-visited = Day of the visit
    .hint = Left open: today
arg-birthday = Birthday
    .hint = 24 May, 05-24 or 1986-05-24

command-contract-add = note a contract: customer, number, last day, subject, amount
    .title = Contract
command-product-add = note an installed product: customer, product, serial number, next maintenance, months between
    .title = Installed product
command-product-done = log a maintenance visit; the next one is counted from it
    .title = Maintenance done
command-contact-birthday = note a contact's birthday: customer, contact, day
    .title = Birthday

agreement-more = { $name }: what else should I note?
agreement-no-day = I can't read “{ $line }” as a day ({ $why }). Write it as 2026-12-31.
agreement-no-amount = I can't read “{ $line }” as an amount. Write it as 12000 or EUR 900.
contract-added = Contract { $contract } of { $name } is noted, until { $day }. I'll bring up the renewal in good time.
contract-changed = Contract { $contract } of { $name } now runs until { $day }.
product-added = { $product } ({ $serial }) at { $name } is noted. Next maintenance: { $day }.
product-changed = { $product } ({ $serial }) at { $name } is changed. Next maintenance: { $day }.
product-done = Maintenance of { $product } ({ $serial }) at { $name } is logged. Next one: { $day }.
product-no-maintenance = none planned
product-which = { $count ->
    [0] { $name } has no such product here. On record: { $names }.
   *[other] Which product of { $name }? { $names }
}
birthday-kept = { $contact }'s birthday is noted: { $day }.
birthday-forgotten = { $contact }'s birthday is no longer on record.
birthday-whose = { $count ->
    [0] { $name } has no such contact. On record: { $names }.
   *[other] Whose birthday? At { $name } I know { $names }.
}
who-birthday = birthday { $day }
who-contract = Contract { $contract } · until { $day } · { $subject }
who-product = { $product } { $serial } · maintenance { $day }
