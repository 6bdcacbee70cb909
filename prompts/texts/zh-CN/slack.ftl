# Slack：表单和应用清单里的文字。

slack-cancel = 取消
slack-yes = 是
slack-form-too-long = 这段文字超过了 Slack 表单的长度（3000 字），我另发一条消息，说明怎样用命令填写。
slack-form-late = 表单没能及时准备好。如果稍后没有收到消息，请再点一次或再输入一次。
slack-about = 维系客户关系：有时限承诺的工单、跟进提醒、待批的草稿
slack-command = 查客户、办工单
slack-usage = 待办 | 跟进 星河科技 来电要报价 | help

slack-shortcut-ticket-from-message = 转成工单
    .about = 用这条消息新建工单，内容自动填好
slack-shortcut-feedback-from-message = 记为客户反馈
    .about = 把这条消息记成客户对我们的评价
slack-shortcut-contact-from-message = 记一次跟进
    .about = 把这条消息记成电话或拜访的跟进内容
slack-shortcut-my-day = 我的一天
    .about = 私信告诉你今天有哪些事等着你
slack-shortcut-new-ticket = 新建工单
    .about = 客户在别处找到你时，替他新建工单
slack-shortcut-log-contact = 记一次跟进
    .about = 记下电话或拜访，下次联系时间随之安排
slack-shortcut-all-commands = 全部命令
    .about = 你能用的每条命令，点开表单就能填

slack-scope-commands = 命令 /crm
slack-scope-chat-write = 发卡片、回复，以及就地更新
slack-scope-files-write = 以图片形式发送日报里的图，以及把客户发来的文件放进工单讨论串
slack-scope-files-read = 同事在工单讨论串里分享的文件要转给客户时，读取该文件
slack-scope-reactions-read = 识别同事用表情认领工单、标记已解决
slack-scope-reactions-write = 用表情在卡片上显示工单状态
slack-scope-im-write = 用私信发给同事自己的提醒和草稿
slack-scope-im-history = 看到同事私信机器人的内容
slack-scope-channels-history = 公开频道讨论串里的内部备注，以及确认消息有没有送达
slack-scope-groups-history = 私有频道里的同样用途

doctor-slack = Slack 接受机器人的令牌：工作区 { $team } 里的 { $name }。
doctor-slack-refused = Slack 不接受 { $token }（{ $why }）：可能已被撤销，或所属应用已删除。请到 https://api.slack.com/apps 重新复制：机器人的令牌在 Install App，应用的令牌在 Basic Information → App-Level Tokens。
doctor-slack-kind = { $token } 填的是另一种令牌。机器人的以 xoxb- 开头，在 Install App；应用的以 xapp- 开头，在 Basic Information → App-Level Tokens。
doctor-slack-away = 连不上 Slack（{ $why }）。请确认本机能访问 https://slack.com（需要代理的话先配好），然后再运行一次。
doctor-slack-slow = Slack 要求稍等，有些项目没有检查完。请过一分钟再运行一次。
doctor-slack-scopes = 用到的 { $count } 项权限 Slack 都已授予。
doctor-slack-scope = { $scope }：{ $what }
doctor-slack-scopes-missing = Slack 还没有授予这些权限：
    { $scopes }
    请用 `rapport slack-manifest` 打印清单，在 App Manifest 里粘贴覆盖并保存，然后到 Install App 点 Reinstall to Workspace。
doctor-slack-clock = 本机时钟比 Slack { $ahead ->
        [yes] 快
       *[no] 慢
    }了约 { $minutes } 分钟。请让本机跟时间服务器同步：相差超过五分钟，HTTP 方式的请求会被拒收。
doctor-slack-line = Slack 的事件通道可以打开（Socket Mode）。
doctor-slack-door = Slack 的请求经 HTTPS 送到 { $path }，逐条用 SLACK_SIGNING_SECRET 验签。能不能送到要看 Slack 那边：Event Subscriptions 里的 Request URL 应显示 Verified。
doctor-slack-secret = SLACK_SIGNING_SECRET 看起来不对（应为 32 位，由 0-9 和 a-f 组成）。它在 Basic Information → App Credentials；填错的话，Slack 发来的内容会全部被拒收。
doctor-slack-app-scope = SLACK_APP_TOKEN 缺少 connections:write 权限。请在 Basic Information → App-Level Tokens 里新建一个带这项权限的令牌。
doctor-slack-place = 机器人能读取 Slack 的 { $place }（{ $names }）。
doctor-slack-place-person = Slack 的 { $place } 是某位同事的私信（{ $names }）。
doctor-slack-place-name = “{ $place }”是名称，不是 ID（{ $names }）。请在策略里写频道 ID：在 Slack 里打开频道，点频道名 → 关于，最下面以 C 开头的就是。
doctor-slack-place-uninvited = 机器人不在频道 { $place } 里（{ $names }）。请在该频道输入：/invite @Rapport
doctor-slack-place-unknown = 没有频道 { $place }（{ $names }），或者它是私有频道而机器人不在里面。请核对 ID（点频道名 → 关于），并在该频道输入：/invite @Rapport
doctor-slack-place-refused = Slack 不让机器人读取 { $place }（{ $names }）：{ $why }。请先补齐权限；如果还不行，请换一个频道。
