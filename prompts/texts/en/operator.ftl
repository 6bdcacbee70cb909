# What an operator reads on the command line.

operator-no-key = RAPPORT_KEY is missing: it encrypts what customers say. Make one with `rapport keygen` and keep it safe; without it the data cannot be read.
operator-bad-key = RAPPORT_KEY does not fit ({ $why }). It has to be the key that the data was written with: 32 bytes in URL-safe base64.
operator-setting-rapport-address = RAPPORT_ADDRESS cannot be used: it has to be scheme, host and, if need be, port, such as https://crm.example.com.
operator-setting-port = PORT cannot be used: it has to be a number from 1 to 65535.
operator-setting = { $name } cannot be used: { $why }
operator-running = Another Rapport already uses { $file }. Stop it first, or use PostgreSQL for several processes.
operator-schema = The database is at schema { $found }, this program needs { $wanted }. Run `rapport migrate`; if the database is the newer one, update Rapport.
operator-migrated = The database is ready (schema { $schema }).
operator-role = “{ $role }” is not a role. Use one of: { $roles }.
operator-person = { $count ->
    [0] Nobody is called “{ $name }”.
   *[other] { $count } people match “{ $name }”; use the full name.
}
operator-person-added = { $name } is on record as { $role }.
operator-person-changed = { $name } was already known; what you gave is up to date ({ $role }).
operator-person-removed = { $name } has no access any more.{ $customers ->
    [0] {""}
    [one] {" "}One customer is still theirs: their manager hears about it until you give it to somebody (`/crm reassign`).
   *[other] {" "}{ $customers } customers are still theirs: their manager hears about them until you give them to somebody (`/crm reassign`).
}{ $tickets ->
    [0] {""}
    [one] {" "}One ticket is open (`/crm ticket assign`).
   *[other] {" "}{ $tickets } tickets are open (`/crm ticket assign`).
}
operator-person-away = { $name } is away up to and including { $until }. { $deputy ->
    [none] Nobody stands in; name somebody with --deputy.
   *[other] { $deputy } hears and sees what { $name } would.
}
operator-person-back = { $name } is here again.
operator-sign-out-whom = Say whom with --name, or everybody with --all.
operator-signed-out = { $name ->
    [all] Everybody is signed out of the console, in every browser.
   *[other] { $name } is signed out of the console, in every browser.
} A new link opens it again.
operator-own-deputy = { $name } cannot stand in for themselves.
operator-zone = “{ $zone }” is not a time zone. Write it as Europe/Berlin or Asia/Shanghai.
operator-language = We do not speak “{ $language }”. Use one of: { $languages }.
operator-failed = The running bot could not do this ({ $error }); its log says more.
operator-no-answer = The running bot ended before it answered. Check whether it was done, then try again.
operator-day-over = { $day } is over already.
operator-no-list = There is no list of “{ $what }”. Use one of: { $lists }.
operator-no-letter = There is no dead letter { $id }. `rapport dead-letters list` shows them.
operator-replayed = { $id } is being tried again.
operator-no-file = { $file } cannot be read.
operator-policy-good = { $file } is a valid policy.
operator-policy-accepted = In force as version { $version }.
operator-demo = Rapport is ready: http://{ $host }:{ $port }   (Ctrl-C stops it)
operator-port = The port is in use. Choose another, such as PORT=8123.
operator-day = “{ $day }” is not a date. Write it as 2026-03-31.
