# Contacts of colleagues in WeCom

command-wecom-contacts = read whom colleagues have among their contacts in WeCom, or say how far that is
    .title = Contacts in WeCom
    .alias = contacts
contacts-no-wecom = Contacts can be read once WeCom runs here. `rapport doctor` says what is missing.
contacts-reading = The WeCom contacts of { $count ->
    [one] one colleague
   *[other] { $count } colleagues
} are being read; a report follows here. Afterwards that happens every day by itself.
contacts-title = Contacts in WeCom: read
contacts-title-reading = Contacts in WeCom: being read
contacts-of = { $done } of { $count } colleagues
contacts-found = Found
contacts-added = New customers
contacts-matched = Known before
contacts-known = Nothing new
contacts-waiting = Wait for a yes
contacts-gone = No longer there
contacts-waiting-how = Where a contact's company is on record already, the colleague who has them or that customer's owner is asked; until somebody answers, they belong to nobody.
contacts-refused = WeCom does not give the list of { $names }{ $count ->
    [one] {""}
   *[other] { " " }({ $count } in all)
}. In the admin console, under Customer Contact → Permissions, let them use it, and let the app see them.
contacts-gave-up = { $why ->
    [48002] WeCom does not let this app read contacts (48002). In the admin console, under Customer Contact → API, add it to the apps that may call the interface.
    [60011] WeCom does not let this app read contacts (60011). In the admin console, widen what the app may see.
   *[other] The lists could not be read to the end ({ $why }). `rapport doctor` looks closer.
} Then /crm wecom contacts begins anew.
contacts-claim-title = A contact in WeCom: whose customer?
contacts-claim = { $mine ->
    [yes] You have { $name } in WeCom.
   *[no] { $who } has { $name } in WeCom.
} “{ $customer }” is on record already. Do they belong to it?
contacts-claim-yes = Yes, the same
contacts-claim-no = No, another customer
contacts-claim-decided = That is decided: { $name } belongs to { $customer }.
command-contact-of = say that somebody from WeCom belongs to a customer
command-contact-not-of = say that somebody from WeCom is a customer of their own
contacts-attached = { $name } is a contact of { $customer } now.
contacts-set-apart = { $name } is a customer of their own now, looked after by { $owner }.
contacts-removed = { $who } took { $name } of { $customer } off their contacts in WeCom.
contacts-not-transferred = { $name } of { $customer } did not come over to you in WeCom: { $why ->
    [customer-refused] they declined.
    [customer-limit-exceed] you have as many customers there as WeCom allows.
   *[other] WeCom gives no reason we know.
} Whoever had them so far still does.
contacts-tag-group = Rapport tier
contacts-description = Tier: { $tier }. Looked after by { $owner }.
contacts-tags-said = Tags in WeCom: { $tags }
contacts-claim-by = Answered by { $who }, { $at }.

doctor-contacts = Customer Contact can be read; { $count ->
    [one] one colleague may
   *[other] { $count } colleagues may
} have customers in WeCom.
doctor-contacts-without = { $names }{ $count ->
    [one] {""}
   *[other] { " " }({ $count } in all)
} may not have customers in WeCom, so theirs are not read. In the admin console: Customer Contact → Permissions.
doctor-contacts-nobody = No colleague whom this app may see may use Customer Contact. In the admin console: Customer Contact → Permissions, and the app's visible range.
doctor-contacts-not-callable = This app may not read contacts (error { $code }). If you want /crm wecom contacts, add it in the admin console under Customer Contact → API to the apps that may call the interface.
