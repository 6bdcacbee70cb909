# `rapport doctor` 和 `rapport backup` 在命令行里说的话。

doctor-said = { $why }
doctor-key = RAPPORT_KEY 格式正确。
doctor-wrong-key = RAPPORT_KEY 不是写入数据时用的那把密钥。请换回原来的；轮换之后两把都要留着：新的,旧的。
doctor-database = 数据库连接正常（{ $kind }）。
doctor-database-new = 还没有数据库：`rapport run` 启动时会创建 { $file }。
doctor-database-away = 数据库没有响应（{ $error }）。请检查 DATABASE_URL，并确认数据库已启动、允许本机连接。
doctor-schema = 数据库结构与本程序一致（{ $schema }）。
doctor-schema-newer = 数据库结构是 { $found }，本程序只认识到 { $wanted }：请升级 Rapport。
doctor-schema-older = 数据库结构是 { $found }，本程序需要 { $wanted }：请先备份，再运行 `rapport migrate`。
doctor-schema-own = 数据库结构是 { $found }，下次 `rapport run` 会升级到 { $wanted }。请先备份：`rapport backup 文件`。
doctor-sqlite = SQLite 版本是 { $found }。Rapport 只允许一个进程使用数据文件，这样没有问题；但低于 { $safe } 时，其他程序同时写入可能损坏文件。要运行多个进程请用 PostgreSQL。
doctor-clock = 本机时间 { $now }。
doctor-clock-past = 本机时间是 { $now }，比程序安装的时间还早。请校准时钟，承诺和提醒都以它为准。
doctor-clock-skew = 本机与数据库的时间相差 { $seconds } 秒。请让两边都跟时间服务器同步。
doctor-clock-back = 最新一条记录的时间是 { $at }，比现在还晚：要么当时快了，要么现在慢了。请校准时钟。
doctor-policy = 策略文件 { $file } 有效。
doctor-policy-ours = 当前生效的策略有效。
doctor-policy-unreadable = 读不了策略文件 { $file }。请检查 RAPPORT_POLICY 和文件权限。
doctor-policy-bad = 策略有错误（{ $file }）：
    { $problems }
doctor-people = 已登记 { $count } 位同事，其中有管理员。
doctor-no-admin = 还没有管理员。请先添加：rapport people add --name "…" --role admin
doctor-fallback = 没有去处的消息会发到 { $place }。
doctor-fallback-away = 没有去处的消息本应发到 { $place }，但这里没有运行 { $channel }。请配置它的令牌，或在策略的 routes.fallback 里换一个地方。
doctor-teams-away = 以下团队的频道不在本机运行的渠道里，卡片会显示在控制台：{ $teams }。
doctor-disk = { $folder } 还有 { $free } MB 可用。
doctor-disk-full = { $folder } 只剩 { $free } MB。请清理空间：低于 500 MB 时数据不安全。
doctor-port = 端口 { $port } 空闲。
doctor-runs = Rapport 正在端口 { $port } 上运行。
doctor-runs-down = 正在运行的 Rapport 报告，{ $channel } 的状态是：{ $how }。
doctor-port-taken = 端口 { $port } 被别的程序占用。请换一个，例如 PORT=8123。
doctor-port-no = 无法监听 { $host }:{ $port }。请检查 HOST 和 PORT；1024 以下的端口需要权限。
doctor-model-off = 没有配置语言模型，草稿用模板写。
doctor-model-half = 语言模型要同时配置 OPENAI_API_KEY 和 OPENAI_MODEL：补上缺的那个，或者都不填。
doctor-model = 语言模型 { $model } 能正常回答。
doctor-model-away = 语言模型 { $model } 没有回答（{ $why }）。请检查 OPENAI_API_KEY、OPENAI_BASE_URL 和 OPENAI_MODEL；在此之前草稿用模板写。
doctor-channel-off = 没有配置 { $channel }。
doctor-slack-half = Slack 只配置了一部分，渠道没有启动。还缺：{ $missing }，以 xoxb- 开头，在 Install App 页面上。
doctor-slack-neither = Slack 只配置了一部分，渠道没有启动。除了 SLACK_BOT_TOKEN，还需要其中一项：SLACK_APP_TOKEN（以 xapp- 开头，走 Socket Mode）或 SLACK_SIGNING_SECRET（走 HTTP）。
doctor-telegram-token = TELEGRAM_BOT_TOKEN 看起来不对：@BotFather 给的是“数字:字母”的形式。
doctor-check-broke = 有一项检查没能完成（{ $check }：{ $error }）。这是我们的问题，请告诉我们。
doctor-well = 一切正常。
doctor-sick = 有 { $count } 处需要处理。

backup-done = { $held ->
    [0] { $file } 备份完整（{ $size } KB）。
   *[other] { $file } 备份完整（{ $size } KB），其中 { $held } 条未发消息已扣住，要有人放行才会发出。
}没有 RAPPORT_KEY 就读不了它：请把密钥另外妥善保存。
backup-pg-dump = PostgreSQL 请用它自带的工具备份（密码放在 PGPASSWORD 或 ~/.pgpass 里）：
    { $command }
backup-no-database = 没有数据库 { $file }。
backup-exists = { $file } 已存在，不会覆盖。
backup-unwritable = 写不了 { $file }（{ $why }）。
backup-damaged = 没能完整复制 { $file }（{ $why }）。请保留以前的备份，并检查磁盘。
