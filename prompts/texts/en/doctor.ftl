# What `rapport doctor` and `rapport backup` say on the command line.

doctor-said = { $why }
doctor-key = RAPPORT_KEY is a proper key.
doctor-wrong-key = RAPPORT_KEY is not the key that the data was written with. Put the right one back; after a rotation both belong there: NEW,OLD.
doctor-database = The database answers ({ $kind }).
doctor-database-new = There is no database yet: `rapport run` makes { $file } when it starts.
doctor-database-away = The database does not answer ({ $error }). Check DATABASE_URL, and that the server is up and lets this machine in.
doctor-schema = Its schema is this program's ({ $schema }).
doctor-schema-newer = The database is at schema { $found }, this program only knows { $wanted }: update Rapport.
doctor-schema-older = The database is at schema { $found }, this program needs { $wanted }: back it up, then run `rapport migrate`.
doctor-schema-own = The database is at schema { $found }; the next `rapport run` brings it to { $wanted }. Back it up before: `rapport backup FILE`.
doctor-sqlite = SQLite is { $found }. One bot on the file is fine, as Rapport enforces; other programs that write to it may damage it before { $safe }. For several processes use PostgreSQL.
doctor-clock = The clock says { $now }.
doctor-clock-past = The clock says { $now }, which is before this program was installed. Set the clock; promises and reminders follow it.
doctor-clock-skew = This machine and the database disagree about the time by { $seconds } seconds. Let both follow a time server.
doctor-clock-back = The newest thing on record came at { $at }, later than now: the clock was ahead then or is behind now. Set the clock.
doctor-policy = The policy { $file } is valid.
doctor-policy-ours = The policy in force is valid.
doctor-policy-unreadable = The policy { $file } cannot be read. Check RAPPORT_POLICY and the file's rights.
doctor-policy-bad = The policy has mistakes ({ $file }):
    { $problems }
doctor-people = { $count ->
    [one] One colleague is on record, an admin.
   *[other] { $count } colleagues are on record, an admin among them.
}
doctor-no-admin = Nobody here is an admin yet. Add the first: rapport people add --name "…" --role admin
doctor-fallback = What finds nobody else goes to { $place }.
doctor-fallback-away = What finds nobody else should go to { $place }, but { $channel } does not run here. Set its tokens, or name another place under routes.fallback in the policy.
doctor-teams-away = These teams' places are in chats that do not run here, so their cards stand in the console: { $teams }.
doctor-disk = { $free } MB are free in { $folder }.
doctor-disk-full = Only { $free } MB are free in { $folder }. Make room: under 500 MB nothing is safe.
doctor-port = Port { $port } is free.
doctor-runs = Rapport is running on port { $port }.
doctor-runs-down = { $channel }, as the running Rapport reports it: { $how }.
doctor-port-taken = Another program has port { $port }. Choose another, such as PORT=8123.
doctor-port-no = { $host }:{ $port } cannot be listened on. Check HOST and PORT; ports under 1024 need rights.
doctor-model-off = No language model is set; drafts come from templates.
doctor-model-half = A language model needs both OPENAI_API_KEY and OPENAI_MODEL; set the missing one, or neither.
doctor-model = The language model { $model } answers.
doctor-model-away = The language model { $model } does not answer ({ $why }). Check OPENAI_API_KEY, OPENAI_BASE_URL and OPENAI_MODEL; until then drafts come from templates.
doctor-channel-off = { $channel } is not set up.
doctor-slack-half = Slack is only half set up and does not start: { $missing } is missing. It starts with xoxb- and stands under Install App.
doctor-slack-neither = Slack is only half set up and does not start. Besides SLACK_BOT_TOKEN it needs one of two: SLACK_APP_TOKEN (starts with xapp-) for Socket Mode, or SLACK_SIGNING_SECRET for HTTP.
doctor-telegram-token = TELEGRAM_BOT_TOKEN does not look like one: @BotFather gives digits, a colon, letters.
doctor-check-broke = A check could not be finished ({ $check }: { $error }). That is our mistake; please report it.
doctor-well = All is well.
doctor-sick = { $count ->
    [one] One thing must be mended.
   *[other] { $count } things must be mended.
}

backup-done = { $held ->
    [0] { $file } is a whole copy ({ $size } KB).
    [one] { $file } is a whole copy ({ $size } KB). One unsent message is held in it until a person releases it.
   *[other] { $file } is a whole copy ({ $size } KB). { $held } unsent messages are held in it until a person releases them.
} Without RAPPORT_KEY it cannot be read: keep the key, and keep it elsewhere.
backup-pg-dump = PostgreSQL is backed up with its own tool (the password belongs in PGPASSWORD or ~/.pgpass):
    { $command }
backup-no-database = There is no database { $file }.
backup-exists = { $file } is there already; nothing is written over.
backup-unwritable = { $file } cannot be written ({ $why }).
backup-damaged = { $file } could not be copied whole ({ $why }). Keep the older backups, and look at the disk.
