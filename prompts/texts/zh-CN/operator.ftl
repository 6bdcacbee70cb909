# 运维在命令行里读到的话。

operator-no-key = 缺少 RAPPORT_KEY：它用来加密客户说的话。请用 `rapport keygen` 生成并妥善保管，没有它数据就打不开。
operator-bad-key = RAPPORT_KEY 不正确（{ $why }）。必须是写入数据时用的那把密钥：32 字节，URL 安全的 base64。
operator-setting-rapport-address = RAPPORT_ADDRESS 不能用：它由协议、域名和（需要时）端口组成，例如 https://crm.example.com。
operator-setting-port = PORT 不能用：应为 1 到 65535 的数字。
operator-setting = { $name } 不能用：{ $why }
operator-running = 另一个 Rapport 正在使用 { $file }。请先停掉它；要运行多个进程请用 PostgreSQL。
operator-schema = 数据库结构版本是 { $found }，本程序需要 { $wanted }。请运行 `rapport migrate`；如果是数据库的版本更高，请升级 Rapport。
operator-migrated = 数据库已就绪（结构版本 { $schema }）。
operator-role = 没有“{ $role }”这个角色，可选：{ $roles }。
operator-person = { $count ->
    [0] 没有叫“{ $name }”的人。
   *[other] 有 { $count } 个人符合“{ $name }”，请写全名。
}
operator-person-added = { $name } 已登记，角色 { $role }。
operator-person-changed = { $name } 已在册，你给的内容已更新（{ $role }）。
operator-person-removed = { $name } 已不能再使用系统。{ $customers ->
    [0] {""}
   *[other] 名下还有 { $customers } 个客户，移交之前（`/crm reassign`）由其主管跟进。
}{ $tickets ->
    [0] {""}
   *[other] 还有 { $tickets } 张工单没处理完（`/crm ticket assign`）。
}
operator-person-away = { $name } 休假到 { $until }（含当天）。{ $deputy ->
    [none] 没有人代班，可用 --deputy 指定。
   *[other] 期间由 { $deputy } 代班。
}
operator-person-back = { $name } 已回来上班。
operator-sign-out-whom = 请用 --name 指定一个人，或用 --all 表示所有人。
operator-signed-out = { $name ->
    [all] 所有人在所有浏览器上的工作台都已退出登录，
   *[other] { $name } 在所有浏览器上的工作台都已退出登录，
}需要新的链接才能再次进入。
operator-own-deputy = { $name } 不能给自己代班。
operator-zone = 没有“{ $zone }”这个时区，请写成 Asia/Shanghai 或 Europe/Berlin 这样。
operator-language = 不支持“{ $language }”这种语言，可选：{ $languages }。
operator-failed = 正在运行的程序没能完成（{ $error }），详见它的日志。
operator-no-answer = 正在运行的程序没有答复就退出了。请先确认是否已完成，再重试。
operator-day-over = { $day } 已经过去了。
operator-no-list = 没有“{ $what }”这个列表，可选：{ $lists }。
operator-no-letter = 没有死信 { $id }，用 `rapport dead-letters list` 查看。
operator-replayed = { $id } 正在重试。
operator-no-file = 无法读取 { $file }。
operator-policy-good = { $file } 是有效的策略文件。
operator-policy-accepted = 已生效，版本 { $version }。
operator-demo = 常联已就绪：http://{ $host }:{ $port }   （按 Ctrl-C 停止）
operator-port = 端口已被占用，请换一个，例如 PORT=8123。
operator-day = “{ $day }”不是日期，请写成 2026-03-31。
